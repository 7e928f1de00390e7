/** Prepares everything beside the targets, so that the commit needs no disk space. */

import { dirname, join } from "node:path";
import { allDone, makeDirectory, syncDirectories, writeNewFile } from "@/lib/files/disk";
import type { Place } from "@/lib/files/place";
import { onBehalfOf } from "@/lib/files/refused";
import type { PlannedFile } from "@/lib/files/transaction/inspect";
import {
  beginTransaction,
  type Journal,
  type Transaction,
  temporaryPath,
  writeRecord,
} from "@/lib/files/transaction/journal";

export interface Purpose {
  readonly label: string;
  readonly undoes: readonly string[];
  readonly removeDirectories: readonly string[];
}

export function draftJournal(
  id: string,
  files: readonly PlannedFile[],
  place: Place,
  purpose: Purpose,
): Journal {
  return {
    version: 2,
    id,
    at: new Date().toISOString(),
    label: purpose.label,
    root: place.root,
    undoes: [...purpose.undoes],
    step: null,
    createdDirectories: [...new Set(files.flatMap((file) => file.missing))].sort(),
    removeDirectories: [...purpose.removeDirectories],
    files: files.map((file, index) => ({
      path: file.path,
      target: file.target,
      temporary: temporaryPath(file.target, id, index),
      backup: file.before === null ? null : `${index}.before`,
      before: file.before && {
        sha256: file.before.sha256,
        mode: file.before.mode,
        gid: file.before.gid,
      },
      after: file.after && { sha256: file.after.sha256, mode: file.after.mode },
    })),
  };
}

export interface Draft {
  readonly journal: Journal;
  readonly files: readonly PlannedFile[];
  readonly place: Place;
  readonly unsynced: readonly string[];
  readonly sealed: Promise<void>;
}

/** Creates the folder, backups and record, all durable before it returns. */
export async function openTransaction({
  journal,
  files,
  place,
  unsynced,
  sealed,
}: Draft): Promise<Transaction> {
  const directory = join(place.transactions, journal.id);
  makeDirectory(directory);
  const backups = files.map(async ({ before }, index) => {
    const backup = journal.files[index]?.backup ?? null;
    if (before === null || backup === null) return;
    await writeNewFile(join(directory, backup), { bytes: before.bytes, mode: 0o600, gid: null });
  });
  const record = writeRecord(directory, journal);
  const folders = syncDirectories([directory, dirname(directory), ...unsynced]);
  await allDone([...backups, record, folders, sealed]);
  return beginTransaction(directory, journal);
}

/** Creates missing folders and temporary files, which `switchAll` makes durable. */
export async function stage(
  transaction: Transaction,
  files: readonly PlannedFile[],
): Promise<void> {
  for (const path of transaction.journal.createdDirectories) {
    await onBehalfOf(path, () => makeDirectory(path));
  }
  const temporaries = files.map(async ({ path, before, after }, index) => {
    const temporary = transaction.journal.files[index]?.temporary;
    if (after === null || temporary === undefined) return;
    const file = { bytes: after.bytes, mode: after.mode, gid: before?.gid ?? null };
    await onBehalfOf(path, () => writeNewFile(temporary, file, "sync later"));
  });
  await allDone(temporaries);
}
