/** Checks everything about a change that can be checked before the first write. */

import { accessSync, constants, lstatSync, type Stats } from "node:fs";
import { basename } from "node:path";
import { look, sha256, statOrNull } from "@/lib/files/disk";
import { type Location, locate } from "@/lib/files/locate";
import { demandOwnDirectory, demandOwnFile, isWithin, type Place } from "@/lib/files/place";
import { onBehalfOf, Refused } from "@/lib/files/refused";
import { temporaryPath } from "@/lib/files/transaction/journal";
import { LARGEST_FILE, readText } from "@/lib/system/read.mjs";

/** NAME_MAX on Linux and macOS, in bytes; Windows counts characters, which are never more. */
const LONGEST_NAME = 255;

export interface Intent {
  readonly path: string;
  readonly expected: { readonly sha256: string } | null;
  readonly after: Uint8Array | null;
  readonly modeFor: (present: number | null) => number;
  /** In bytes, before and after; defaults to `LARGEST_FILE`. */
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

export interface PlannedFile {
  readonly path: string;
  readonly target: string;
  readonly before: OldFile | null;
  readonly after: NewContent | null;
  readonly missing: readonly string[];
}

/** Reads only; omits changes without effect. Throws `Refused` for the first forbidden one, and system errors. */
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

/** The file system checks names only once they exist, so we check them here. */
function demandShortNames(location: Location, path: string): void {
  for (const name of [...location.missing, location.target].map((each) => basename(each))) {
    if (Buffer.byteLength(name) > LONGEST_NAME)
      throw new Refused("name-too-long", path, `a name of more than ${LONGEST_NAME} bytes`);
  }
  const temporary = temporaryPath(location.target, "0".repeat(25), 100);
  for (const each of [location.target, temporary]) {
    statOrNull(each);
  }
}

function oldFile(path: string, target: string, found: Stats, largest: number): OldFile {
  if (!found.isFile()) throw new Refused("not-a-regular-file", path, "not a regular file");
  demandOwnFile(found, path);
  if (found.nlink > 1)
    throw new Refused("hard-linked", path, `the file has ${found.nlink} names (hard links)`);
  // A rename would ignore the read-only mode that somebody set on purpose.
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

/** No two changes may share a file, and no file may be another's folder. */
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

/** A file mounted on its own (in containers) cannot be replaced by a rename. */
export function mountPoints(): ReadonlySet<string> {
  try {
    const lines = (readText("/proc/self/mountinfo") ?? "").split("\n");
    // Field 5 is the mount point, with blanks escaped in octal (proc_pid_mountinfo(5)).
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
