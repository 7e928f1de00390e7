/** Decodes UTF-8 and refuses invalid bytes, which an edited copy would lose. */

import { err, ok, type Result } from "@/lib/result";
import { isUtf16 } from "@/lib/text/utf16";

export interface NotUtf8 {
  /** The first invalid byte's offset in a text that shows it as U+FFFD. */
  readonly offset: number;
  readonly lossyText: string;
  readonly detail: "invalid UTF-8" | "UTF-16";
}

/** Keeps a byte order mark, so that encoding restores the bytes. */
export function decodeUtf8(bytes: Uint8Array): Result<string, NotUtf8> {
  if (isUtf16(bytes)) {
    const lossyText = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return err({ offset: 0, lossyText, detail: "UTF-16" });
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    const lossyText = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return err({ offset: firstBad(bytes, lossyText), lossyText, detail: "invalid UTF-8" });
  }
}

function firstBad(bytes: Uint8Array, lossyText: string): number {
  let byte = 0;
  let offset = 0;
  for (const char of lossyText) {
    const isReal = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (char === "\uFFFD" && !isReal) break;
    byte += Buffer.byteLength(char);
    offset += char.length;
  }
  return offset;
}
