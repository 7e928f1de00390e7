/** A file that stands where one of OpenClaw's should be and cannot be read. */

import type { WriteRefusalCode } from "@/lib/files/types";

/**
 * Thrown while a page is made. Next.js keeps a `digest` that is there already and sends nothing else
 * of an error to the browser, so the page that stands in for the broken one can say which file it is.
 */
export class UnreadableFile extends Error {
  readonly digest: string;

  constructor(code: WriteRefusalCode, path: string) {
    super(`${code}: ${path}`);
    this.digest = JSON.stringify({ code, path });
  }
}
