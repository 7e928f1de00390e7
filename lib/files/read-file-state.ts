/** Reads one file for the planner without trusting what is at its path. */

import { sha256 } from "@/lib/files/disk";
import { codeForErrno, refusalFrom } from "@/lib/files/refused";
import type { FileState, WriteRefusal, WriteRefusalCode } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { errnoOf } from "@/lib/system/errno";
import { LARGEST_FILE, readFound } from "@/lib/system/read.mjs";

/**
 * A missing file is a state. Never blocks and never throws; refuses: `not-a-regular-file`,
 * `too-large` (8 MiB), `not-readable`, `symlink-loop`, `name-too-long`, `io`.
 */
export async function readFileState(path: string): Promise<Result<FileState, WriteRefusal>> {
  return readFileNow(path);
}

/** Synchronous, for a reader that finds the next path in the previous file. */
export function readFileNow(path: string): Result<FileState, WriteRefusal> {
  const refuse = (code: WriteRefusalCode, detail: string) => err({ code, path, detail });
  if (path.includes("\0")) return refuse("path-escapes", "the path contains a null character");
  try {
    const found = readFound(path);
    if (found.kind === "absent") return ok({ path, bytes: null, mode: null, sha256: null });
    if (found.kind === "other") return refuse("not-a-regular-file", "not a regular file");
    if (found.kind === "too-large") return refuse("too-large", `more than ${LARGEST_FILE} bytes`);
    const { bytes, stat } = found;
    return ok({ path, bytes, mode: stat.mode & 0o7777, sha256: sha256(bytes) });
  } catch (error) {
    const refusal = refusalFrom(error, path);
    const unreadable = codeForErrno(errnoOf(error)) === "not-writable";
    return err(unreadable ? { ...refusal, code: "not-readable" } : refusal);
  }
}
