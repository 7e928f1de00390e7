/** Suggests how to fix files owned by another user, usually root after one `sudo`. */

import { lstatSync, readdirSync, type Stats } from "node:fs";
import path from "node:path";
import { readText } from "@/lib/system/read.mjs";
import { shellCommand } from "@/lib/system/shell-words";

export type OwnerAdvice =
  /** Root owns the file in a folder of the current user. */
  | { readonly kind: "give-back"; readonly user: string; readonly command: string }
  /** Root owns the file and runs this program, so the user has to rerun it. */
  | { readonly kind: "give-back-and-run-as"; readonly user: string; readonly command: string }
  | { readonly kind: "run-as"; readonly user: string };

export interface OwnedPath {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly isDirectory: boolean;
}

const ROOT = 0;

/** Null if right. The nearest folder not owned by root decides, since homes lie in root's folders. Pure. */
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

/** Reads the owners from this machine; null without numeric users. Never throws. */
export function ownerAdviceFor(file: string): OwnerAdvice | null {
  const me = process.geteuid?.();
  if (me === undefined) return null;
  const { root } = path.parse(file);
  const parts = path.relative(root, file).split(path.sep);
  const chain = parts.flatMap((_, index) => owned(path.join(root, ...parts.slice(0, index + 1))));
  return ownerAdvice([...chain, ...rootOwnedIn(chain.at(-1))], me, nameOf);
}

/** `sudo` may have left root's files inside a folder that is itself fine. */
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

function nameOf(uid: number): string {
  const users = (readText("/etc/passwd") ?? "").split("\n").map((line) => line.split(":"));
  return users.find((fields) => fields[2] === String(uid))?.[0] || String(uid);
}
