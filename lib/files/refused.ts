/** Maps system error numbers to refusals a user can act on. */

import type { WriteRefusal, WriteRefusalCode } from "@/lib/files/types";
import { errnoOf } from "@/lib/system/errno";

/** Carries a refusal through code that otherwise throws system errors. */
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
  ENOENT: "changed-since-preview",
  EEXIST: "changed-since-preview",
  // A rename within one folder crosses file systems only if a file is itself a mount point.
  EXDEV: "mount-point",
};

/** Returns `io` for every number without its own code. */
export function codeForErrno(
  errno: string | null,
  platform: NodeJS.Platform = process.platform,
): WriteRefusalCode {
  // On Linux EBUSY means a mount point; elsewhere a program holds the file open.
  if (errno === "EBUSY") return platform === "linux" ? "mount-point" : "not-writable";
  return (errno === null ? undefined : codes[errno]) ?? "io";
}

/** Throws programming errors on; only our own and system errors become refusals. */
export function refusalFrom(error: unknown, path: string): WriteRefusal {
  if (error instanceof Refused) return error.refusal;
  const errno = errnoOf(error);
  if (errno === null || !(error instanceof Error)) throw error;
  return { code: codeForErrno(errno), path, detail: error.message };
}

/** Throws a failure of `work` as a refusal that names `path`. */
export async function onBehalfOf<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalFrom(error, path);
    throw new Refused(refusal.code, refusal.path, refusal.detail);
  }
}
