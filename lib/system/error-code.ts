/** Reads the code that Node.js gives an error. */

/** For example `"ENOENT"` or `"ERR_HTTP_REQUEST_TIMEOUT"`; null for an error without a code. */
export function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}
