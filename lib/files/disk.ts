/** The few primitive operations on one file or folder, each as careful as the platform allows. */

import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  rmdirSync,
  type Stats,
  unlinkSync,
} from "node:fs";
import { chmod, type FileHandle, mkdir, open } from "node:fs/promises";
import { errnoOf, isMissing } from "@/lib/files/errno";

/** No configuration is anywhere near this; beyond it a file is not read into memory. 8 MiB. */
export const LARGEST_FILE = 8 * 1024 * 1024;

// Neither exists on Windows; a fifo or device swapped in after the look must not block the open.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_BLOCK = constants.O_NONBLOCK ?? 0;

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A regular file as it is right now. */
export interface PresentFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly stat: Stats;
}

/** What is at a path right now: nothing, a regular file, or something we do not read. */
export type Present =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly file: PresentFile }
  | { readonly kind: "too-large"; readonly stat: Stats }
  | { readonly kind: "other" };

/** Reads at most `LARGEST_FILE` + 1 bytes; a size taken beforehand may already be wrong. */
export function readBounded(fd: number): Buffer | null {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(64 * 1024);
    const count = readSync(fd, part, 0, part.length, null);
    if (count === 0) return Buffer.concat(parts, total);
    total += count;
    if (total > LARGEST_FILE) return null;
    parts.push(part.subarray(0, count));
  }
}

/** Looks at `path` itself, never through a link. Throws system errors other than "missing". */
export function look(path: string): Present {
  let fd: number;
  try {
    if (!lstatSync(path).isFile()) return { kind: "other" };
    fd = openSync(path, constants.O_RDONLY | NO_FOLLOW | NO_BLOCK);
  } catch (error) {
    if (isMissing(error)) return { kind: "absent" };
    if (errnoOf(error) === "ELOOP" || errnoOf(error) === "ENXIO") return { kind: "other" };
    throw error;
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return { kind: "other" };
    const bytes = readBounded(fd);
    if (bytes === null) return { kind: "too-large", stat };
    return { kind: "file", file: { bytes, sha256: sha256(bytes), stat } };
  } finally {
    closeSync(fd);
  }
}

export interface NewFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** The group to keep, where the system lets us; `null` for the folder's default. */
  readonly gid: number | null;
}

/**
 * Creates `path`, which must not exist, with exactly these bytes, and waits until they are on disk
 * unless the caller does. The file is never looser than owner-only before its final mode is set.
 */
export async function writeNewFile(
  path: string,
  file: NewFile,
  when: "sync now" | "sync later" = "sync now",
): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
  const handle = await open(path, flags, 0o600);
  try {
    await handle.writeFile(file.bytes);
    let mode = file.mode;
    const stat = await handle.stat();
    if (file.gid !== null && file.gid !== stat.gid) {
      try {
        await handle.chown(stat.uid, file.gid);
      } catch {
        // Rights meant for one group must not be handed to another.
        mode &= ~0o070;
      }
    }
    await handle.chmod(mode);
    if (when === "sync now") await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the bytes of a file durable; one that is not there (any more) needs nothing. */
export async function syncFile(path: string): Promise<void> {
  let handle: FileHandle;
  try {
    // Windows flushes only what is open for writing.
    handle = await open(path, process.platform === "win32" ? "r+" : "r");
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates one folder, owner-only whatever the umask says. The folder must not exist. */
export async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  await chmod(path, 0o700);
}

/** Makes the entries of a folder durable, where the platform can. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a folder for this; NTFS journals its own entries.
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Some network and user-space file systems have no such operation.
    if (errnoOf(error) !== "EINVAL" && errnoOf(error) !== "ENOTSUP") throw error;
  } finally {
    await handle.close();
  }
}

export async function syncDirectories(paths: Iterable<string>): Promise<void> {
  await allDone([...new Set(paths)].map(syncDirectory));
}

/** Waits for all, and only then throws the first error: nothing may still be under way behind it. */
export async function allDone(work: ReadonlyArray<Promise<void>>): Promise<void> {
  for (const outcome of await Promise.allSettled(work))
    if (outcome.status === "rejected") throw outcome.reason;
}

/** Whatever can never have been there counts as not present. */
export function removeIfPresent(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== "ENOENT" && errno !== "ENOTDIR" && errno !== "ENAMETOOLONG") throw error;
  }
}

/** Removes a folder if it is empty and can be removed; an empty folder left over does no harm. */
export function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}
