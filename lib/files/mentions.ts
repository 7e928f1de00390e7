/** Whether a file holds a text somewhere, however large it is. */

import { visitParts } from "@/lib/system/read.mjs";

/** Beyond this nothing is looked for: a minute of reading on a slow disk. Bytes. */
const MOST = 4 * 1024 ** 3;

/** `text` is ASCII. False where the file is not there, no regular one, or cannot be read. */
export async function fileMentions(file: string, text: string): Promise<boolean> {
  let rest = "";
  return visitParts(file, MOST, (part) => {
    const seen = rest + part.toString("latin1");
    // It may lie over the end of a part.
    rest = seen.slice(-(text.length - 1));
    return seen.includes(text);
  });
}
