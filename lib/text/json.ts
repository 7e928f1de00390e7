/** Parses untrusted JSON for a schema to check. */

/** Undefined for invalid JSON. Ignores a byte order mark. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch {
    return undefined;
  }
}
