/** The security headers of every answer, including errors. */

/**
 * `nonce` marks the scripts of this answer (CSP Level 3, section 6.7).
 * In development React needs `eval` and Next.js adds inline styles.
 */
export function securityHeaders(nonce: string, dev = false): Readonly<Record<string, string>> {
  return {
    // Scripts and styles of the build override this.
    "cache-control": "no-store",
    "content-security-policy": [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
      dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    // Under `no-referrer`, browsers send plain forms without an Origin (Fetch, 3.2).
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}
