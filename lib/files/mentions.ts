/** Checks whether a file contains a text, however large the file is. */

import { visitParts } from "@/lib/system/read.mjs";

/** In bytes; reading more takes over a minute on a slow disk. */
const MOST = 4 * 1024 ** 3;

/** `text` must be ASCII. Returns false for a file that is missing, unreadable or not regular. */
export async function fileMentions(file: string, text: string): Promise<boolean> {
  let rest = "";
  return visitParts(file, MOST, (part) => {
    const seen = rest + part.toString("latin1");
    rest = seen.slice(-(text.length - 1));
    return seen.includes(text);
  });
}
