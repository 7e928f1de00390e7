/** Reads one cookie from the Cookie headers of a request (RFC 6265, section 5.4). */

export function readCookie(headers: readonly string[], name: string): string | undefined {
  for (const pair of headers.join("; ").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
