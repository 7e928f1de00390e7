/** From the operating system's error numbers to the refusals a person can act on. */

import type { WriteRefusal, WriteRefusalCode } from "@/lib/files/types";
import { errnoOf } from "@/lib/system/errno";

/** A refusal on its way up through code that otherwise throws the system's own errors. */
export class Refused extends Error {
  readonly refusal: WriteRefusal;

  constructor(code: WriteRefusalCode, path: string, detail: string) {
    super(detail);
    this.name = "Refused";
    this.refusal = { code, path, detail };
  }
}

const codes: Readonly<Record<string, WriteRefusalCode>> = {
  EACCES: "not-writable",
  EPERM: "not-writable",
  ETXTBSY: "not-writable",
  EROFS: "read-only-file-system",
  ENOSPC: "disk-full",
  EDQUOT: "quota",
  ENAMETOOLONG: "name-too-long",
  EFBIG: "too-large",
  ELOOP: "symlink-loop",
  ENOTDIR: "not-a-regular-file",
  EISDIR: "not-a-regular-file",
  // A file or folder came or went after it was looked at.
  ENOENT: "changed-since-preview",
  EEXIST: "changed-since-preview",
  // A rename inside one folder crosses file systems only where a file is itself a mount point.
  EXDEV: "mount-point",
};

/** The code for a system error; `io` for every number without a word of its own. */
export function codeForErrno(
  errno: string | null,
  platform: NodeJS.Platform = process.platform,
): WriteRefusalCode {
  // Elsewhere "busy" means a program holds the file open; on Linux it is a mount point.
  if (errno === "EBUSY") return platform === "linux" ? "mount-point" : "not-writable";
  return (errno === null ? undefined : codes[errno]) ?? "io";
}

/**
 * Turns whatever was thrown while working on `path` into a refusal. Errors that are neither ours nor
 * the system's are programming errors and are thrown on.
 */
export function refusalFrom(error: unknown, path: string): WriteRefusal {
  if (error instanceof Refused) return error.refusal;
  const errno = errnoOf(error);
  if (errno === null || !(error instanceof Error)) throw error;
  return { code: codeForErrno(errno), path, detail: error.message };
}

/** Runs `work` on behalf of `path`: what it throws names that path, as the person knows it. */
export async function onBehalfOf<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalFrom(error, path);
    throw new Refused(refusal.code, refusal.path, refusal.detail);
  }
}
