/** Where a transaction may write, and where it keeps its own records. */

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

export const PRIVATE_NAME = ".openclaw-setup";

export interface WritableRoot {
  readonly given: string;
  readonly real: string;
}

export interface Place {
  /** OpenClaw's state directory with links resolved; it may not exist yet. */
  readonly root: string;
  readonly roots: readonly WritableRoot[];
  readonly privateDirectory: string;
  readonly transactions: string;
  readonly locks: string;
  /** The log and note of a gateway that this program started. */
  readonly gateway: string;
}

function realPathOfExisting(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const parent = dirname(path);
    if (!isMissing(error) || parent === path) throw error;
    return join(realPathOfExisting(parent), basename(path));
  }
}

/** Throws `Refused` (`path-escapes`) for a relative root, and system errors. */
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
    gateway: join(privateDirectory, "gateway"),
  };
}

/** True for `folder` itself too. Neither path may contain `..`. */
export function isWithin(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

/** `null` where the platform has no numeric users (Windows). */
function currentUser(): number | null {
  return process.geteuid?.() ?? null;
}

export function demandOwnFile(stat: Stats, path: string): void {
  const user = currentUser();
  if (user !== null && stat.uid !== user)
    throw new Refused("other-owner", path, `owned by user ${stat.uid}, running as user ${user}`);
}

/** Accepts root's folders (often mounts), but not root writing where OpenClaw could not read the result. */
export function demandOwnDirectory(stat: Stats, path: string): void {
  if (stat.uid !== 0) demandOwnFile(stat, path);
}

/** Returns true if it created the folder, whose parent must then be synced. */
function ensureDirectory(path: string): boolean {
  try {
    makeDirectory(path);
    return true;
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
    return false;
  }
}

async function ensureTree(path: string): Promise<void> {
  if (statOrNull(path) !== null) return;
  const parent = dirname(path);
  if (parent !== path) await ensureTree(parent);
  if (ensureDirectory(path)) await syncDirectory(parent);
}

/** Returns folders that still have to be synced. Throws `Refused` or system errors. */
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

/** Makes the gateway's folder if it is missing. Throws `Refused` or system errors. */
export function ensureGatewayFolder(place: Place): string {
  for (const path of [place.privateDirectory, place.gateway]) {
    ensureDirectory(path);
    demandPrivate(lstatSync(path), path);
  }
  keepOutOfRepositories(place);
  return place.gateway;
}

/** The state directory may be in a repository, and these copies may hold credentials. */
function keepOutOfRepositories(place: Place): void {
  const path = join(place.privateDirectory, ".gitignore");
  if (statOrNull(path) !== null) return;
  try {
    writeFileSync(path, "*\n", { flag: "wx", mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    // This file is optional; a full disk shows up at the next write.
    if (errnoOf(error) === null) throw error;
  }
}

/** Our folders must be real folders of this user, not links. */
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

/** Throws `Refused` if the private directory or a folder in it cannot be trusted. */
export function hasPrivateDirectory(place: Place): boolean {
  const folders = [place.privateDirectory, place.transactions, place.locks, place.gateway];
  for (const path of folders) {
    const stat = statOrNull(path);
    if (stat !== null) demandPrivate(stat, path);
    else if (path === place.privateDirectory) return false;
  }
  return true;
}

export function strangeEntries(place: Place): string[] {
  const ours = [place.transactions, place.locks, place.gateway].map((path) => basename(path));
  return readdirSync(place.privateDirectory)
    .filter((name) => !name.startsWith(".") && !ours.includes(name))
    .map((name) => join(place.privateDirectory, name));
}
