/** Whose a file should be, where it is not that of whoever runs this: usually root's, after one command with `sudo`. */

import { lstatSync, readdirSync, type Stats } from "node:fs";
import path from "node:path";
import { readText } from "@/lib/system/read.mjs";
import { shellCommand } from "@/lib/system/shell-words";

export type OwnerAdvice =
  /** Root's, in a folder of the person who runs this. */
  | { readonly kind: "give-back"; readonly user: string; readonly command: string }
  /** The same, and root runs this: the person has to run it afterwards. */
  | { readonly kind: "give-back-and-run-as"; readonly user: string; readonly command: string }
  /** Everything is in order but for who runs this. */
  | { readonly kind: "run-as"; readonly user: string };

/** A path from the outermost folder to the file, each with its owner. */
export interface OwnedPath {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly isDirectory: boolean;
}

const ROOT = 0;

/**
 * What sets the owners right; null where nothing is wrong with them. The folder nearest to the file that is not
 * root's says whose the place is: a home directory stands in one of root's. Pure.
 */
export function ownerAdvice(
  chain: readonly OwnedPath[],
  me: number,
  nameOf: (uid: number) => string,
): OwnerAdvice | null {
  const file = chain.at(-1);
  const at = chain.findLastIndex(({ uid, isDirectory }) => isDirectory && uid !== ROOT);
  const place = chain[at];
  if (!file) return null;
  if (!place) return file.uid === me ? null : { kind: "run-as", user: nameOf(file.uid) };
  const user = nameOf(place.uid);
  const foreign = chain.slice(at + 1).find(({ uid }) => uid !== place.uid);
  if (!foreign) return me === place.uid ? null : { kind: "run-as", user };
  // What belongs to a third person is nothing to take from them.
  if (foreign.uid !== ROOT) {
    return file.uid === me ? null : { kind: "run-as", user: nameOf(file.uid) };
  }
  const whole = foreign.isDirectory ? foreign.path : path.dirname(foreign.path);
  const words = ["chown", "-hR", `${user}:${place.gid}`, whole];
  if (me === place.uid)
    return { kind: "give-back", user, command: shellCommand(["sudo", ...words]) };
  return me === ROOT
    ? { kind: "give-back-and-run-as", user, command: shellCommand(words) }
    : { kind: "run-as", user };
}

/** The same for a path of this machine; null also where the system has no such owners. Never throws. */
export function ownerAdviceFor(file: string): OwnerAdvice | null {
  const me = process.geteuid?.();
  if (me === undefined) return null;
  const { root } = path.parse(file);
  const parts = path.relative(root, file).split(path.sep);
  const chain = parts.flatMap((_, index) => owned(path.join(root, ...parts.slice(0, index + 1))));
  return ownerAdvice([...chain, ...rootOwnedIn(chain.at(-1))], me, nameOf);
}

/** A folder is refused by itself; what `sudo` left behind lies in it. */
function rootOwnedIn(folder: OwnedPath | undefined): OwnedPath[] {
  if (!folder?.isDirectory || folder.uid === ROOT) return [];
  const found = namesIn(folder.path).flatMap((name) => owned(path.join(folder.path, name)));
  return found.filter(({ uid }) => uid === ROOT).slice(0, 1);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function owned(file: string): OwnedPath[] {
  const stat = statOf(file);
  return stat
    ? [{ path: file, uid: stat.uid, gid: stat.gid, isDirectory: stat.isDirectory() }]
    : [];
}

function statOf(file: string): Stats | null {
  try {
    return lstatSync(file);
  } catch {
    return null;
  }
}

/** The name in /etc/passwd, else the number. */
function nameOf(uid: number): string {
  const users = (readText("/etc/passwd") ?? "").split("\n").map((line) => line.split(":"));
  return users.find((fields) => fields[2] === String(uid))?.[0] || String(uid);
}
