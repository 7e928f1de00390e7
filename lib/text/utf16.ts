/** Recognizes files saved as UTF-16, for example by Windows PowerShell. */

const LOOKED_AT = 200;

/** Looks for a byte order mark, or zeros beside ASCII letters. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const begin = bytes.subarray(0, LOOKED_AT);
  const zeros = begin.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  return begin.length >= 4 && zeros * 3 >= begin.length;
}
