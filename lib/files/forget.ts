/** Deletes what finished transactions have kept for undo, which may be the last copy of a credential. */

import { join } from "node:path";
import { LARGEST_OF_STEP, look, syncDirectories } from "@/lib/files/disk";
import {
  ensurePrivateDirectory,
  hasPrivateDirectory,
  type Place,
  placeAt,
} from "@/lib/files/place";
import { refusalFrom } from "@/lib/files/refused";
import {
  deleteTransaction,
  readTransactionDirectory,
  type Transaction,
  transactionIds,
} from "@/lib/files/transaction/journal";
import { acquireLock } from "@/lib/files/transaction/lock";
import type { WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";

export interface Forgetting {
  /** Only this transaction and later ones; all where nothing is said. */
  readonly since?: string;
  /** Whether a copy is one to be forgotten, by the path of its file; all where nothing is said. */
  readonly holds?: (path: string, bytes: Uint8Array) => boolean;
}

/**
 * Forgets each finished transaction of this installation that holds one such copy, with what took it
 * back or was taken back by it; they cannot be undone any more. Resolves to how many transactions with copies are left. Refuses with `locked` while another
 * process writes, or what the disk says.
 */
export async function forgetTransactions(
  root: string,
  { since = "", holds }: Forgetting = {},
): Promise<Result<number, WriteRefusal>> {
  try {
    const place = placeAt(root);
    if (!hasPrivateDirectory(place) || finished(place).length === 0) return ok(0);
    await syncDirectories(await ensurePrivateDirectory(place));
    const lock = acquireLock(place);
    try {
      const all = finished(place).filter(({ journal }) => journal.id >= since);
      const first = holds ? all.filter((each) => holdsOne(each, holds)) : all;
      for (const transaction of withRelated(first, all)) await deleteTransaction(transaction);
      return ok(finished(place).filter(hasCopies).length);
    } finally {
      lock.release();
    }
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}

function finished(place: Place): Transaction[] {
  return transactionIds(place)
    .map((id) => readTransactionDirectory(place, id))
    .filter((entry): entry is Transaction => entry !== null && entry.journal !== null)
    .filter(({ phase }) => phase === "done");
}

/** One half of a change and its undo would tell a wrong story. */
function withRelated(first: readonly Transaction[], all: readonly Transaction[]): Transaction[] {
  const ids = new Set(first.map(({ journal }) => journal.id));
  for (let size = -1; size !== ids.size; ) {
    size = ids.size;
    for (const { journal } of all) {
      const group = [journal.id, ...journal.undoes];
      if (group.some((id) => ids.has(id))) for (const id of group) ids.add(id);
    }
  }
  return all.filter(({ journal }) => ids.has(journal.id));
}

function hasCopies({ journal }: Transaction): boolean {
  return journal.files.some(({ backup }) => backup !== null);
}

function holdsOne({ directory, journal }: Transaction, holds: NonNullable<Forgetting["holds"]>) {
  return journal.files.some(({ path, backup }) => {
    if (backup === null) return false;
    const kept = look(join(directory, backup), LARGEST_OF_STEP);
    // What cannot be looked into is not kept.
    return kept.kind === "file" ? holds(path, kept.file.bytes) : kept.kind !== "absent";
  });
}
