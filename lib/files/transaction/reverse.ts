/** Computes the changes that undo a transaction. */

import { join } from "node:path";
import { isThere, LARGEST_OF_STEP, look } from "@/lib/files/disk";
import { locate } from "@/lib/files/locate";
import type { Place } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";
import type { Intent } from "@/lib/files/transaction/inspect";
import type { Journal, JournalFile } from "@/lib/files/transaction/journal";

const SIDE_FILES = ["-wal", "-shm", "-journal"];

export function databaseOf(path: string): string {
  return path.replace(/-(?:wal|shm|journal)$/u, "");
}

/** Throws `Refused` if a file now leads elsewhere or its backup is damaged. */
export function reverse(journal: Journal, place: Place): Intent[] {
  const files = [...journal.files].reverse();
  if (journal.step === null) return files.map((file) => reverseWrite(journal, file, place));
  const named = new Set(files.map(({ target }) => target));
  // Side files that appeared since then belong to the state being undone.
  const beside = files
    .flatMap(({ target }) => SIDE_FILES.map((ending) => `${databaseOf(target)}${ending}`))
    .filter((path) => !named.has(path) && isThere(path));
  return [
    ...files.map((file) => reverseStep(journal, file, place)),
    ...[...new Set(beside)].map((path) => removal(path)),
  ];
}

function reverseWrite(journal: Journal, file: JournalFile, place: Place): Intent {
  const { path, before, after } = file;
  demandSamePlace(file, place);
  return {
    path,
    expected: after,
    after: before === null ? null : backupBytes(journal, file, place),
    modeFor: (present) => {
      if (before === null || present === null) return before?.mode ?? 0o600;
      return present === after?.mode ? before.mode : before.mode & present;
    },
  };
}

/** Other programs keep using these files, so undo replaces whatever is there now. */
function reverseStep(journal: Journal, file: JournalFile, place: Place): Intent {
  const { path, target, before } = file;
  demandSamePlace(file, place);
  return {
    path,
    expected: digestOf(target),
    after: before === null ? null : backupBytes(journal, file, place),
    modeFor: () => before?.mode ?? 0o600,
    largest: LARGEST_OF_STEP,
  };
}

function removal(path: string): Intent {
  const modeFor = () => 0o600;
  return { path, expected: digestOf(path), after: null, modeFor, largest: LARGEST_OF_STEP };
}

function digestOf(path: string): { sha256: string } | null {
  const present = look(path, LARGEST_OF_STEP);
  return present.kind === "file" ? { sha256: present.file.sha256 } : null;
}

function demandSamePlace({ path, target }: JournalFile, place: Place): void {
  const here = locate(path, place);
  if (here.target !== target)
    throw new Refused("changed-since-preview", path, `now leads to ${here.target}`);
}

function backupBytes(journal: Journal, file: JournalFile, place: Place): Uint8Array {
  const path = join(place.transactions, journal.id, file.backup ?? "");
  const kept = look(path, LARGEST_OF_STEP);
  if (kept.kind !== "file" || kept.file.sha256 !== file.before?.sha256)
    throw new Refused("backup-damaged", file.path, `${path} is not what was saved`);
  return kept.file.bytes;
}
