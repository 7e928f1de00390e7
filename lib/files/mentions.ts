/** Whether a file holds a text somewhere, however large it is. */

import { createReadStream } from "node:fs";

/** `text` is ASCII. False where the file is not there or cannot be read. */
export async function fileMentions(file: string, text: string): Promise<boolean> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(file, {
      encoding: "latin1",
      highWaterMark: 1 << 20,
    })) {
      const seen: string = rest + chunk;
      if (seen.includes(text)) return true;
      // It may lie over the end of a piece.
      rest = seen.slice(-(text.length - 1));
    }
  } catch {
    return false;
  }
  return false;
}
