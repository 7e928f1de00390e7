/** Everything about a change that can be checked before the first byte is written. */

import { accessSync, constants, lstatSync, type Stats } from "node:fs";
import { basename } from "node:path";
import { look, sha256, statOrNull } from "@/lib/files/disk";
import { type Location, locate } from "@/lib/files/locate";
import { demandOwnDirectory, demandOwnFile, isWithin, type Place } from "@/lib/files/place";
import { onBehalfOf, Refused } from "@/lib/files/refused";
import { temporaryPath } from "@/lib/files/transaction/journal";
import { LARGEST_FILE, readText } from "@/lib/system/read.mjs";

/** NAME_MAX on Linux and macOS; Windows counts characters, of which there are never more. */
const LONGEST_NAME = 255;

/** One file as it should be found and as it should be left. */
export interface Intent {
  readonly path: string;
  /** What was previewed; `null` when there was no such file. */
  readonly expected: { readonly sha256: string } | null;
  readonly after: Uint8Array | null;
  /** The mode to leave, given the mode found (`null` when the file is new). */
  readonly modeFor: (present: number | null) => number;
  /** In bytes, before and after; `LARGEST_FILE` where nothing is said. */
  readonly largest?: number;
}

export interface OldFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly mode: number;
  readonly gid: number;
}

export interface NewContent {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly mode: number;
}

/** A change that may be made as far as can be known. One of `before` and `after` is set. */
export interface PlannedFile {
  readonly path: string;
  readonly target: string;
  readonly before: OldFile | null;
  readonly after: NewContent | null;
  /** Folders to create first, outermost first. */
  readonly missing: readonly string[];
}

/**
 * Checks every change against the disk; reads only. Changes that would change nothing are checked
 * and then left out. Throws `Refused` for the first that must not be made, and system errors.
 */
export async function inspect(
  intents: readonly Intent[],
  place: Place,
  mounted: ReadonlySet<string>,
): Promise<PlannedFile[]> {
  const planned: PlannedFile[] = [];
  const seen: Array<{ location: Location; path: string }> = [];
  for (const intent of intents) {
    const file = await onBehalfOf(intent.path, () => {
      const location = locate(intent.path, place);
      demandDistinct(location, intent.path, seen);
      seen.push({ location, path: intent.path });
      demandShortNames(location, intent.path);
      if (mounted.has(location.target))
        throw new Refused("mount-point", intent.path, `${location.target} is a mount point`);
      return inspectOne(intent, location);
    });
    if (file !== null) planned.push(file);
  }
  return planned;
}

function inspectOne(intent: Intent, location: Location): PlannedFile | null {
  const { path, expected, after, largest = LARGEST_FILE } = intent;
  const { target } = location;
  if (after !== null && after.length > largest)
    throw new Refused("too-large", path, `more than ${largest} bytes`);
  const before = location.stat === null ? null : oldFile(path, target, location.stat, largest);
  demandWritableDirectory(path, location.directory);
  if ((before?.sha256 ?? null) !== (expected?.sha256 ?? null)) {
    const found = before === null ? "is gone" : expected === null ? "exists now" : "has changed";
    throw new Refused("changed-since-preview", path, `the file ${found}`);
  }
  if (after === null) {
    return before === null ? null : { path, target, before, after: null, missing: [] };
  }
  const mode = intent.modeFor(before?.mode ?? null);
  const digest = sha256(after);
  if (before?.sha256 === digest && before.mode === mode) return null;
  const content = { bytes: after, sha256: digest, mode };
  return { path, target, before, after: content, missing: location.missing };
}

/** What does not exist yet is not measured by the file system either, so it is done here. */
function demandShortNames(location: Location, path: string): void {
  for (const name of [...location.missing, location.target].map((each) => basename(each))) {
    if (Buffer.byteLength(name) > LONGEST_NAME)
      throw new Refused("name-too-long", path, `a name of more than ${LONGEST_NAME} bytes`);
  }
  const temporary = temporaryPath(location.target, "0".repeat(25), 100);
  for (const each of [location.target, temporary]) {
    // The system checks the length of the whole path before it looks for anything.
    statOrNull(each);
  }
}

function oldFile(path: string, target: string, found: Stats, largest: number): OldFile {
  if (!found.isFile()) throw new Refused("not-a-regular-file", path, "not a regular file");
  demandOwnFile(found, path);
  if (found.nlink > 1)
    throw new Refused("hard-linked", path, `the file has ${found.nlink} names (hard links)`);
  // A rename would replace it all the same, against the wish of whoever made it read-only.
  if ((found.mode & 0o200) === 0) throw new Refused("not-writable", path, "the file is read-only");
  accessSync(target, constants.W_OK);
  const present = look(target, largest);
  if (present.kind === "too-large")
    throw new Refused("too-large", path, `more than ${largest} bytes`);
  if (present.kind !== "file")
    throw new Refused("changed-since-preview", path, "the file was replaced while being read");
  const { bytes, stat } = present.file;
  return { bytes, sha256: present.file.sha256, mode: stat.mode & 0o7777, gid: stat.gid };
}

function demandWritableDirectory(path: string, directory: string): void {
  const stat = lstatSync(directory);
  if (!stat.isDirectory())
    throw new Refused("not-a-regular-file", path, `${directory} is not a folder`);
  demandOwnDirectory(stat, directory);
  accessSync(directory, constants.W_OK | constants.X_OK);
}

/** Two changes must not meet in one file, nor one file be in the way of another's folder. */
function demandDistinct(
  location: Location,
  path: string,
  seen: ReadonlyArray<{ location: Location; path: string }>,
): void {
  for (const other of seen) {
    const [a, b] = [location, other.location];
    const sameInode =
      a.stat !== null && b.stat !== null && a.stat.ino === b.stat.ino && a.stat.dev === b.stat.dev;
    if (a.target === b.target || (sameInode && a.stat?.nlink === 1))
      throw new Refused("same-file-twice", path, `the same file as ${other.path}`);
    if (isWithin(a.target, b.target) || isWithin(b.target, a.target))
      throw new Refused("not-a-regular-file", path, `in the way of ${other.path}`);
  }
}

/** Files can be mounted one by one (containers); such a file cannot be replaced by a rename. */
export function mountPoints(): ReadonlySet<string> {
  try {
    const lines = (readText("/proc/self/mountinfo") ?? "").split("\n");
    // proc_pid_mountinfo(5): field 5 is the mount point, blanks and the like as octal numbers.
    return new Set(lines.map((line) => unescaped(line.split(" ", 5)[4] ?? "")));
  } catch {
    return new Set();
  }
}

function unescaped(path: string): string {
  if (!path.includes("\\")) return path;
  return path.replace(/\\([0-7]{3})/g, (_, octal) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
