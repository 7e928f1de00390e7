/** A file that stands where one of OpenClaw's should be and cannot be read. */

import type { WriteRefusal, WriteRefusalCode } from "@/lib/files/types";
import { ownerAdviceFor } from "@/lib/system/ownership";
import { visible } from "@/lib/text/visible";

/**
 * Thrown while a page is made. Next.js keeps a `digest` that is there already and sends nothing else
 * of an error to the browser, so the page that stands in for the broken one can say which file it is, and
 * how to get it back where it is root's.
 */
export class UnreadableFile extends Error {
  readonly digest: string;
  readonly refusal: WriteRefusal;

  constructor(code: WriteRefusalCode, path: string) {
    super(`${code}: ${path}`);
    this.refusal = { code, path, detail: "" };
    const advice = code === "not-readable" ? ownerAdviceFor(path) : null;
    this.digest = JSON.stringify({ code, path: visible(path), ...(advice ? { advice } : {}) });
  }
}
