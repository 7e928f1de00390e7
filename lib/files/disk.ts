/** The few primitive operations on one file or folder, each as careful as the platform allows. */

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

// Neither exists on Windows.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_BLOCK = constants.O_NONBLOCK ?? 0;
const DIRECTORY = constants.O_DIRECTORY ?? 0;

/** The largest file that a step of another program may change and have put back. 512 MiB. */
export const LARGEST_OF_STEP = 512 * 1024 * 1024;

/** The one call that waits for the disk, so the one that is not made in the way of everything else. */
const flush = promisify(fsync);

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const NOT_THROWN = { throwIfNoEntry: false } as const;

/** What `lstat` says of `path` itself; `null` where nothing is, which costs far less than an error. */
export function statOrNull(path: string): Stats | null {
  return lstatSync(path, NOT_THROWN) ?? null;
}

/** Whether anything has that name, a link to nothing included. */
export function isThere(path: string): boolean {
  return statOrNull(path) !== null;
}

/** Whether it belongs to whoever runs this program and grants nobody else a right of `closed`. */
export function isOwn(stat: Stats, closed: number): boolean {
  const user = process.geteuid?.();
  // Windows has neither numeric users nor these rights.
  return user === undefined || (stat.uid === user && (stat.mode & closed) === 0);
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

/**
 * Looks at `path` itself, never through a link; `largest` in bytes. Throws system errors other than
 * "missing".
 */
export function look(path: string, largest = LARGEST_FILE): Present {
  const found = readFound(path, { largest, links: "refuse" });
  if (found.kind !== "file") return found;
  return { kind: "file", file: { ...found, sha256: sha256(found.bytes) } };
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
  const fd = openSync(path, flags, 0o600);
  try {
    writeFileSync(fd, file.bytes);
    let mode = file.mode;
    const stat = fstatSync(fd);
    if (file.gid !== null && file.gid !== stat.gid) {
      try {
        fchownSync(fd, stat.uid, file.gid);
      } catch {
        // Rights meant for one group must not be handed to another.
        mode &= ~0o070;
      }
    }
    fchmodSync(fd, mode);
    if (when === "sync now") await flush(fd);
  } finally {
    closeSync(fd);
  }
}

/** Creates `path`, which must not exist, owner-only, for a program to append to. The caller closes it. */
export function openNewLog(path: string): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_APPEND } = constants;
  return openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | NO_FOLLOW, 0o600);
}

/** What the descriptor of a folder says, opened through no link; `null` where there is none of folders. */
export function statOfFolder(path: string): Stats | null {
  if (process.platform === "win32") return null;
  const fd = openSync(path, constants.O_RDONLY | DIRECTORY | NO_FOLLOW | NO_BLOCK);
  try {
    return fstatSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes the bytes of a file durable; one that is not there (any more) needs nothing. */
export async function syncFile(path: string): Promise<void> {
  let fd: number;
  try {
    // Windows flushes only what is open for writing.
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

/** Creates one folder, owner-only whatever the umask says. The folder must not exist. */
export function makeDirectory(path: string): void {
  mkdirSync(path, { mode: 0o700 });
  chmodSync(path, 0o700);
}

/** Makes the entries of a folder durable, where the platform can. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a folder for this; NTFS journals its own entries.
  if (process.platform === "win32") return;
  const fd = openSync(path, constants.O_RDONLY | DIRECTORY | NO_FOLLOW);
  try {
    await flush(fd);
  } catch (error) {
    // Some network and user-space file systems have no such operation.
    if (errnoOf(error) !== "EINVAL" && errnoOf(error) !== "ENOTSUP") throw error;
  } finally {
    closeSync(fd);
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
