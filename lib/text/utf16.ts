/** Tells a file that was saved as UTF-16, as Windows' PowerShell does, from one that is damaged. */

const LOOKED_AT = 200;

/** By its byte order mark, else by the zeros that stand beside letters of English. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const begin = bytes.subarray(0, LOOKED_AT);
  const zeros = begin.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  return begin.length >= 4 && zeros * 3 >= begin.length;
}
