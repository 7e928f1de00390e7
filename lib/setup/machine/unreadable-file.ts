/** The error for an unreadable OpenClaw file. */

import type { WriteRefusal, WriteRefusalCode } from "@/lib/files/types";
import { ownerAdviceFor } from "@/lib/system/ownership";
import { visible } from "@/lib/text/visible";

/** Next.js passes only an error's `digest` to the browser, so it names the file and the remedy. */
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
