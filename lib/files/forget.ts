/** Deletes the undo copies of finished transactions, which may be the last copies of a credential. */

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
  readonly since?: string;
  /** Selects the copies to delete by target path and content; by default all. */
  readonly holds?: (path: string, bytes: Uint8Array) => boolean;
}

/**
 * Deletes finished transactions that hold a matching copy, together with their undo.
 * Resolves to the number of transactions left with copies. Refuses with `locked` or a disk error.
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

/** A change and its undo are deleted together, because one alone would mislead. */
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
    return kept.kind === "file" ? holds(path, kept.file.bytes) : kept.kind !== "absent";
  });
}
