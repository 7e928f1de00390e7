/** Lists and copies what another program's step may change, and compares it afterwards. */

import { lstatSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { allDone, LARGEST_OF_STEP, look, syncFile, writeNewFile } from "@/lib/files/disk";
import type { Place } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";
import {
  type Journal,
  type JournalFile,
  type Transaction,
  temporaryPath,
} from "@/lib/files/transaction/journal";
import { databaseOf } from "@/lib/files/transaction/reverse";

/** Whether a step leaves this path alone, given as names below the state directory. */
export type Skip = (parts: readonly string[]) => boolean;

export interface Listing {
  /** Absolute paths of regular files with one hard link, and never behind a symbolic link. */
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

export function listBelow(root: string, skip: Skip): Listing {
  const files: string[] = [];
  const directories: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (skip(relative(root, path).split(sep))) continue;
      if (entry.isDirectory()) {
        directories.push(path);
        walk(path);
      } else if (entry.isFile() && lstatSync(path).nlink === 1) {
        files.push(path);
      }
    }
  };
  walk(root);
  return { files, directories };
}

/** Copies the files that are there. Throws `too-large`. */
export async function copyAll(
  paths: readonly string[],
  directory: string,
  id: string,
): Promise<JournalFile[]> {
  const files: JournalFile[] = [];
  let left = LARGEST_OF_STEP;
  for (const path of paths) {
    const present = look(path, left);
    if (present.kind === "too-large")
      throw new Refused("too-large", path, `more than ${LARGEST_OF_STEP} bytes in all`);
    // OpenClaw may be running and may just have deleted this file.
    if (present.kind !== "file") continue;
    const { bytes, sha256, stat } = present.file;
    left -= bytes.length;
    const index = files.length;
    const backup = `${index}.before`;
    await writeNewFile(join(directory, backup), { bytes, mode: 0o600, gid: null }, "sync later");
    const before = { sha256, mode: stat.mode & 0o7777, gid: stat.gid };
    const temporary = temporaryPath(path, id, index);
    files.push({ path, target: path, temporary, backup, before, after: null });
  }
  await allDone(files.map(({ backup }) => syncFile(join(directory, backup ?? ""))));
  return files;
}

/** The record if the step ended now; it includes every file of a touched database, but none of `except`. */
export function changesOf(
  { journal }: Transaction,
  place: Place,
  skip: Skip,
  except: ReadonlySet<string>,
): Journal {
  const now = listBelow(place.root, skip);
  const before = new Map(journal.files.map((file) => [file.target, file]));
  const paths = [...new Set([...before.keys(), ...now.files])].filter((path) => !except.has(path));
  const present = new Map(now.files.map((path) => [path, stateOf(path)]));
  const changed = new Set(
    paths.filter((path) => differs(before.get(path), present.get(path))).map(databaseOf),
  );
  const files = paths
    .filter((path) => changed.has(databaseOf(path)))
    .map((path, index) => ({
      path,
      target: path,
      temporary: temporaryPath(path, journal.id, index),
      backup: before.get(path)?.backup ?? null,
      before: before.get(path)?.before ?? null,
      after: present.get(path) ?? null,
    }));
  const known = new Set(journal.step?.directories);
  return {
    ...journal,
    files,
    createdDirectories: now.directories.filter((path) => !known.has(path)),
  };
}

function stateOf(path: string): JournalFile["after"] {
  const present = look(path, LARGEST_OF_STEP);
  if (present.kind === "too-large")
    throw new Refused("too-large", path, `more than ${LARGEST_OF_STEP} bytes`);
  if (present.kind !== "file") return null;
  return { sha256: present.file.sha256, mode: present.file.stat.mode & 0o7777 };
}

function differs(before: JournalFile | undefined, now: JournalFile["after"] | undefined): boolean {
  return before?.before?.sha256 !== now?.sha256 || before?.before?.mode !== now?.mode;
}

/** Throws `Refused` (`recovery-needed`) for a record from the future or one that misses an older file. */
export function demandTrue(transaction: Transaction, changes: Journal): void {
  const { step } = transaction.journal;
  const doubt = (why: string) =>
    new Refused("recovery-needed", transaction.directory, `the record cannot be true: ${why}`);
  if (step === null) throw doubt("it is of no step");
  if (step.since > Date.now() + LEEWAY_MS) throw doubt("it is of a time to come");
  for (const { target, before, after } of changes.files) {
    // Every change, even a rename, updates ctime, and nobody can set it back.
    if (before === null && after !== null && lstatSync(target).ctimeMs < step.since)
      throw doubt(`it does not name ${target}, which is older`);
  }
}

const LEEWAY_MS = 10 * 60_000;
