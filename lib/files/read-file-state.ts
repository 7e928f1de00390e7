/** Reads one file for the planner, without trusting what it will find there. */

import { closeSync, constants, fstatSync, openSync, statSync } from "node:fs";
import { LARGEST_FILE, readBounded, sha256 } from "@/lib/files/disk";
import type { FileState, WriteRefusal, WriteRefusalCode } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { codeForErrno, errnoOf, isMissing, refusalFrom } from "@/lib/system/errno";

/**
 * The present state of `path`, links followed; a missing file is a state, not an error.
 * Refuses with `not-a-regular-file`, `too-large` (over 8 MiB), `not-readable`, `symlink-loop`,
 * `name-too-long` or `io`. Never waits on a fifo or device, never throws for what is on the disk.
 */
export async function readFileState(path: string): Promise<Result<FileState, WriteRefusal>> {
  return readFileNow(path);
}

/** The same without waiting, for a reader that learns of the next file from the last one. */
export function readFileNow(path: string): Result<FileState, WriteRefusal> {
  const refuse = (code: WriteRefusalCode, detail: string) => err({ code, path, detail });
  if (path.includes("\0")) return refuse("path-escapes", "the path contains a null character");
  let fd: number | null = null;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return ok({ path, bytes: null, mode: null, sha256: null });
    if (!found.isFile()) return refuse("not-a-regular-file", "not a regular file");
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(fd);
    if (!stat.isFile()) return refuse("not-a-regular-file", "not a regular file");
    const bytes = readBounded(fd, stat.size);
    if (bytes === null) return refuse("too-large", `more than ${LARGEST_FILE} bytes`);
    return ok({ path, bytes, mode: stat.mode & 0o7777, sha256: sha256(bytes) });
  } catch (error) {
    if (isMissing(error)) return ok({ path, bytes: null, mode: null, sha256: null });
    const refusal = refusalFrom(error, path);
    const unreadable = codeForErrno(errnoOf(error)) === "not-writable";
    return err(unreadable ? { ...refusal, code: "not-readable" } : refusal);
  } finally {
    if (fd !== null) closeSync(fd);
  }
}
