/** The code that Node.js gives an error. */

/** Such as `"ENOENT"` or `"ERR_HTTP_REQUEST_TIMEOUT"`; null for what has none. */
export function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}
