/** Where a transaction may write, and where it keeps its own things. */

import {
  chmodSync,
  lstatSync,
  readdirSync,
  realpathSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { makeDirectory, statOfFolder, statOrNull, syncDirectory } from "@/lib/files/disk";
import { Refused } from "@/lib/files/refused";
import type { WriteRefusalCode } from "@/lib/files/types";
import { errnoOf, isMissing } from "@/lib/system/errno";

/** Lock, journal and backups live here, below OpenClaw's state directory. */
export const PRIVATE_NAME = ".openclaw-setup";

export interface WritableRoot {
  /** As the person knows it. */
  readonly given: string;
  /** With every link resolved. */
  readonly real: string;
}

export interface Place {
  /** OpenClaw's state directory, links resolved; it need not exist yet. */
  readonly root: string;
  /** The state directory first, then the others that may be written to. */
  readonly roots: readonly WritableRoot[];
  readonly privateDirectory: string;
  readonly transactions: string;
  readonly locks: string;
}

/** Resolves links in the part of a path that exists. */
function realPathOfExisting(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const parent = dirname(path);
    if (!isMissing(error) || parent === path) throw error;
    return join(realPathOfExisting(parent), basename(path));
  }
}

/** Throws `Refused` (`path-escapes`) for a root that is not absolute, and system errors. */
export function placeAt(root: string, allowedRoots: readonly string[] = []): Place {
  const roots = [root, ...allowedRoots].map((given) => {
    if (!isAbsolute(given) || given.includes("\0"))
      throw new Refused("path-escapes", given, "the folder is not an absolute path");
    return { given: resolve(given), real: realPathOfExisting(resolve(given)) };
  });
  const real = roots[0]?.real ?? root;
  const privateDirectory = join(real, PRIVATE_NAME);
  return {
    root: real,
    roots,
    privateDirectory,
    transactions: join(privateDirectory, "transactions"),
    locks: join(privateDirectory, "lock"),
  };
}

/** True when `path` is below `folder`, or is `folder` itself. Both must be free of `..`. */
export function isWithin(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

/** `null` where the platform has no numeric users (Windows). */
function currentUser(): number | null {
  return process.geteuid?.() ?? null;
}

/** Throws `other-owner` unless the file belongs to whoever runs this program. */
export function demandOwnFile(stat: Stats, path: string): void {
  const user = currentUser();
  if (user !== null && stat.uid !== user)
    throw new Refused("other-owner", path, `owned by user ${stat.uid}, running as user ${user}`);
}

/**
 * As for files, but folders of the system administrator are fine where we may write to them:
 * mounted volumes look like that. The administrator writing into a user's folder is not fine,
 * because OpenClaw could not read the result.
 */
export function demandOwnDirectory(stat: Stats, path: string): void {
  if (stat.uid !== 0) demandOwnFile(stat, path);
}

/** True when it was made here, which its parent has yet to make durable. */
function ensureDirectory(path: string): boolean {
  try {
    makeDirectory(path);
    return true;
  } catch (error) {
    // Another instance may be starting at the same moment.
    if (errnoOf(error) !== "EEXIST") throw error;
    return false;
  }
}

/** Creates `path` and its missing parents, owner-only; those that exist are left as they are. */
async function ensureTree(path: string): Promise<void> {
  if (statOrNull(path) !== null) return;
  const parent = dirname(path);
  if (parent !== path) await ensureTree(parent);
  if (ensureDirectory(path)) await syncDirectory(parent);
}

/**
 * Makes sure that the private directory is a real folder, ours, and closed to others; a looser one
 * is tightened. Returns the folders that got one of them and are not synced yet. Throws `Refused` or
 * system errors.
 */
export async function ensurePrivateDirectory(place: Place): Promise<string[]> {
  await ensureTree(place.root);
  const root = lstatSync(place.root);
  if (!root.isDirectory()) throw new Refused("not-a-regular-file", place.root, "not a folder");
  demandOwnDirectory(root, place.root);
  const unsynced: string[] = [];
  for (const path of [place.privateDirectory, place.transactions, place.locks]) {
    if (ensureDirectory(path)) unsynced.push(dirname(path));
    const stat = lstatSync(path);
    demandPrivate(stat, path);
    if ((stat.mode & 0o077) !== 0 && process.platform !== "win32") chmodSync(path, 0o700);
  }
  keepOutOfRepositories(place);
  return unsynced;
}

/** People keep their state directory in a repository; the copies here may hold credentials. */
function keepOutOfRepositories(place: Place): void {
  const path = join(place.privateDirectory, ".gitignore");
  if (statOrNull(path) !== null) return;
  try {
    writeFileSync(path, "*\n", { flag: "wx", mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    // It is a courtesy: a full disk is told by what is written next.
    if (errnoOf(error) === null) throw error;
  }
}

/** A folder of ours is no link, leads to no other place, and is the user's own. */
function demandPrivate(stat: Stats, path: string): void {
  const refuse = (code: WriteRefusalCode, why: string) => {
    throw new Refused(code, path, why);
  };
  if (stat.isSymbolicLink()) refuse("symlink-outside", "is a symbolic link");
  if (!stat.isDirectory()) refuse("not-a-regular-file", "not a folder");
  demandOwnFile(stat, path);
  const opened = statOfFolder(path);
  if (opened !== null && (opened.ino !== stat.ino || opened.dev !== stat.dev))
    refuse("symlink-outside", "was replaced while it was looked at");
  const real = realpathSync.native(path);
  if (real !== path) refuse("symlink-outside", `leads to ${real}`);
}

/**
 * Whether there is a private directory. Throws `Refused` where it, or a folder of ours in it, is not
 * to be trusted.
 */
export function hasPrivateDirectory(place: Place): boolean {
  const folders = [place.privateDirectory, place.transactions, place.locks];
  for (const path of folders) {
    const stat = statOrNull(path);
    if (stat !== null) demandPrivate(stat, path);
    else if (path === place.privateDirectory) return false;
  }
  return true;
}

/** What lies in the private directory and is not ours, e.g. of an older release; paths. */
export function strangeEntries(place: Place): string[] {
  const ours = [place.transactions, place.locks].map((path) => basename(path));
  return readdirSync(place.privateDirectory)
    .filter((name) => !name.startsWith(".") && !ours.includes(name))
    .map((name) => join(place.privateDirectory, name));
}
