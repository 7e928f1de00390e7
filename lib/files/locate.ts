/** Finds the real file behind a path, or explains why it must not be written. */

import { lstatSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from "node:path";
import { statOrNull } from "@/lib/files/disk";
import { isWithin, type Place } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";

/** Linux follows this many links (path_resolution(7)). */
const MOST_LINKS = 40;

export interface Location {
  readonly target: string;
  readonly stat: Stats | null;
  readonly directory: string;
  readonly missing: readonly string[];
}

function segments(path: string): string[] {
  return path.split(process.platform === "win32" ? /[\\/]+/ : "/").filter((part) => part !== "");
}

/**
 * Throws system errors and `Refused`: `path-escapes` (relative, `..`, outside the roots),
 * `symlink-outside`, `symlink-loop` or `not-a-regular-file` (a component is not a folder).
 */
export function locate(path: string, place: Place): Location {
  const escapes = (detail: string) => new Refused("path-escapes", path, detail);
  if (!isAbsolute(path)) throw escapes("not an absolute path");
  if (path.includes("\0")) throw escapes("the path contains a null character");
  if (segments(path).includes("..")) throw escapes("the path contains '..'");
  const plain = resolve(path);

  let start: { from: string; rest: string } | null = null;
  for (const { given, real } of place.roots) {
    for (const base of [given, real]) {
      if (isWithin(base, plain) && plain !== base)
        start ??= { from: real, rest: relative(base, plain) };
    }
  }
  if (start === null) throw escapes("outside the folders that may be written to");

  const found = canonical(walk(path, start.from, segments(start.rest)));
  if (!place.roots.some(({ real }) => isWithin(real, found.target)))
    throw new Refused("symlink-outside", path, `leads to ${found.target}`);
  // Ignores case, as macOS and Windows file systems do.
  if (isWithin(place.privateDirectory.toLowerCase(), found.target.toLowerCase()))
    throw escapes("inside the folder this program keeps for itself");
  return found;
}

/** Takes the spelling of existing folders from the file system, which may ignore case. */
function canonical(found: Location): Location {
  const directory = realpathSync.native(found.directory);
  const respell = (name: string) => join(directory, relative(found.directory, name));
  return {
    target: respell(found.target),
    stat: found.stat,
    directory,
    missing: found.missing.map(respell),
  };
}

function walk(path: string, from: string, rest: string[]): Location {
  let target = from;
  let stat = statOrNull(from);
  let links = 0;
  const missing: string[] = [];
  if (stat === null) {
    for (let above = dirname(from); statOrNull(above) === null; above = dirname(above))
      missing.unshift(above);
  }
  const queue = [...rest];
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    if (part === ".") continue;
    if (part === "..") {
      // Only a link's own text can contain `..` here, and a missing folder has no parent.
      if (stat === null) throw new Refused("path-escapes", path, "a link leads through nothing");
      target = dirname(target);
      stat = lstatSync(target);
      continue;
    }
    if (stat === null) missing.push(target);
    else if (!stat.isDirectory())
      throw new Refused("not-a-regular-file", path, `${target} is not a folder`);
    const next = join(target, part);
    const nextStat = stat === null ? null : statOrNull(next);
    if (nextStat?.isSymbolicLink()) {
      links += 1;
      if (links > MOST_LINKS) throw new Refused("symlink-loop", path, "too many symbolic links");
      const text = readlinkSync(next);
      queue.unshift(...segments(text));
      if (isAbsolute(text)) {
        target = parse(text).root;
        stat = lstatSync(target);
        // On Windows the drive or share is the root, not a component.
        if (sep === "\\") queue.splice(0, segments(target).length);
      }
      continue;
    }
    target = next;
    stat = nextStat;
  }
  const directory = missing[0] === undefined ? dirname(target) : dirname(missing[0]);
  return { target, stat, directory, missing };
}
