/** The headers of every answer, errors included: what the page may do, load, and be put into. */

/**
 * `nonce` marks the scripts of this one answer (CSP Level 3, section 6.7). In development React calls
 * `eval` for its traces, and Next.js shows errors in styles of its own.
 */
export function securityHeaders(nonce: string, dev = false): Readonly<Record<string, string>> {
  return {
    // What may be kept says so itself: the scripts and styles of this build.
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
    // Not `no-referrer`: under that, browsers send a plain form without its Origin (Fetch, 3.2).
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}
