/** Primitive operations on one file or folder, as safe as the platform allows. */

import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { promisify } from "node:util";
import { errnoOf, isMissing } from "@/lib/system/errno";
import { LARGEST_FILE, readFound } from "@/lib/system/read.mjs";

// Windows defines neither flag.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_BLOCK = constants.O_NONBLOCK ?? 0;
const DIRECTORY = constants.O_DIRECTORY ?? 0;

/** The largest file, in bytes, that another program's step may change and we can still restore. */
export const LARGEST_OF_STEP = 512 * 1024 * 1024;

/** `fsync` waits for the disk, so it runs off the main thread. */
const flush = promisify(fsync);

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const NOT_THROWN = { throwIfNoEntry: false } as const;

/** Returns `null` instead of throwing, which is far cheaper for a missing file. */
export function statOrNull(path: string): Stats | null {
  return lstatSync(path, NOT_THROWN) ?? null;
}

export function isThere(path: string): boolean {
  return statOrNull(path) !== null;
}

/** Whether the current user owns it and nobody else has any of the rights in `closed`. */
export function isOwn(stat: Stats, closed: number): boolean {
  const user = process.geteuid?.();
  // Windows has neither numeric users nor these permission bits.
  return user === undefined || (stat.uid === user && (stat.mode & closed) === 0);
}

export interface PresentFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly stat: Stats;
}

export type Present =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly file: PresentFile }
  | { readonly kind: "too-large"; readonly stat: Stats }
  | { readonly kind: "other" };

/** Reads `path` without following links. Throws system errors except "missing". */
export function look(path: string, largest = LARGEST_FILE): Present {
  const found = readFound(path, { largest, links: "refuse" });
  if (found.kind !== "file") return found;
  return { kind: "file", file: { ...found, sha256: sha256(found.bytes) } };
}

export interface NewFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly gid: number | null;
}

/** Creates `path`, owner-only until its final mode is set, and syncs it unless the caller does so later. */
export async function writeNewFile(
  path: string,
  file: NewFile,
  when: "sync now" | "sync later" = "sync now",
): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
  const fd = openSync(path, flags, 0o600);
  try {
    writeFileSync(fd, file.bytes);
    let mode = file.mode;
    const stat = fstatSync(fd);
    if (file.gid !== null && file.gid !== stat.gid) {
      try {
        fchownSync(fd, stat.uid, file.gid);
      } catch {
        // Rights granted to one group must not pass to another.
        mode &= ~0o070;
      }
    }
    fchmodSync(fd, mode);
    if (when === "sync now") await flush(fd);
  } finally {
    closeSync(fd);
  }
}

/** Creates an owner-only file that another program appends to. The caller closes it. */
export function openNewLog(path: string): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_APPEND } = constants;
  return openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | NO_FOLLOW, 0o600);
}

/** Opens the folder without following links; `null` on Windows. */
export function statOfFolder(path: string): Stats | null {
  if (process.platform === "win32") return null;
  const fd = openSync(path, constants.O_RDONLY | DIRECTORY | NO_FOLLOW | NO_BLOCK);
  try {
    return fstatSync(fd);
  } finally {
    closeSync(fd);
  }
}

export async function syncFile(path: string): Promise<void> {
  let fd: number;
  try {
    // Windows flushes only files opened for writing.
    fd = openSync(path, process.platform === "win32" ? "r+" : NO_FOLLOW | NO_BLOCK);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    await flush(fd);
  } finally {
    closeSync(fd);
  }
}

export function makeDirectory(path: string): void {
  mkdirSync(path, { mode: 0o700 });
  chmodSync(path, 0o700);
}

export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals its own entries.
  if (process.platform === "win32") return;
  const fd = openSync(path, constants.O_RDONLY | DIRECTORY | NO_FOLLOW);
  try {
    await flush(fd);
  } catch (error) {
    if (errnoOf(error) !== "EINVAL" && errnoOf(error) !== "ENOTSUP") throw error;
  } finally {
    closeSync(fd);
  }
}

export async function syncDirectories(paths: Iterable<string>): Promise<void> {
  await allDone([...new Set(paths)].map(syncDirectory));
}

/** Waits for every promise before throwing the first error, so that nothing is left running. */
export async function allDone(work: ReadonlyArray<Promise<void>>): Promise<void> {
  for (const outcome of await Promise.allSettled(work))
    if (outcome.status === "rejected") throw outcome.reason;
}

export function removeIfPresent(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== "ENOENT" && errno !== "ENOTDIR" && errno !== "ENAMETOOLONG") throw error;
  }
}

export function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}
