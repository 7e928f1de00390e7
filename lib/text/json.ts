/** Reading JSON that somebody else wrote: what it holds is for a schema to say. */

/** Undefined where the text is no JSON; a byte order mark before it is none of it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch {
    return undefined;
  }
}
