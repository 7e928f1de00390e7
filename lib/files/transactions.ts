/** The transactions that are kept: list them, read one, take one back. */

import { join } from "node:path";
import { look } from "@/lib/files/disk";
import { locate } from "@/lib/files/locate";
import { hasPrivateDirectory, type Place, placeAt } from "@/lib/files/place";
import type { Intent } from "@/lib/files/transaction/inspect";
import {
  type Journal,
  type JournalFile,
  readTransactionDirectory,
  transactionIds,
} from "@/lib/files/transaction/journal";
import { appliedFrom, KEPT_TRANSACTIONS, runTransaction } from "@/lib/files/transaction/run";
import type { AppliedTransaction, StoredTransaction, WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { Refused, refusalFrom } from "@/lib/system/errno";

/** Journals of finished transactions of this state directory, oldest first. */
function finishedJournals(place: Place): Journal[] {
  if (!hasPrivateDirectory(place)) return [];
  const journals: Journal[] = [];
  for (const id of transactionIds(place)) {
    const entry = readTransactionDirectory(place, id);
    if (entry !== null && entry.journal !== null && entry.phase === "done")
      journals.push(entry.journal);
  }
  return journals.slice(-KEPT_TRANSACTIONS);
}

function stored(journal: Journal, all: readonly Journal[], place: Place): StoredTransaction {
  return {
    ...appliedFrom(journal, place),
    label: journal.label,
    undoes: journal.undoes,
    undoneBy: all.find((other) => other.undoes === journal.id)?.id ?? null,
  };
}

/** The transactions that can be undone, newest first; at most 10. `root` is the state directory. */
export async function listTransactions(
  root: string,
): Promise<Result<readonly StoredTransaction[], WriteRefusal>> {
  try {
    const place = placeAt(root);
    const all = finishedJournals(place);
    return ok(all.map((journal) => stored(journal, all, place)).reverse());
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}

/** One of them; refuses with `unknown-transaction` when it is not kept (any more). */
export async function readTransaction(
  root: string,
  id: string,
): Promise<Result<StoredTransaction, WriteRefusal>> {
  const list = await listTransactions(root);
  if (!list.ok) return list;
  const found = list.value.find((transaction) => transaction.id === id);
  return found === undefined ? err(unknown(root, id)) : ok(found);
}

function unknown(root: string, id: string): WriteRefusal {
  return { code: "unknown-transaction", path: root, detail: `no transaction ${id.slice(0, 40)}` };
}

/**
 * Puts every file of a transaction back as it was, bytes and mode, as a transaction of its own that
 * can be undone in turn (`allowedRoots` as for the write); files it had created go, and folders it had
 * created if they are empty.
 * Refuses with `changed-since-preview` when a file is no longer as the transaction left it,
 * `unknown-transaction`, `backup-damaged`, or for the reasons of `applyTransaction`.
 */
export async function undoTransaction(
  root: string,
  id: string,
  allowedRoots: readonly string[] = [],
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  try {
    const place = placeAt(root, allowedRoots);
    const journal = finishedJournals(place).find((kept) => kept.id === id);
    if (journal === undefined) return err(unknown(root, id));
    const intents = [...journal.files].reverse().map((file) => reversed(journal, file, place));
    return await runTransaction(intents, place, {
      label: `undo ${id}`,
      undoes: id,
      removeDirectories: journal.createdDirectories,
    });
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}

function reversed(journal: Journal, file: JournalFile, place: Place): Intent {
  const { path, before, after } = file;
  const here = locate(path, place);
  if (here.target !== file.target)
    throw new Refused("changed-since-preview", path, `now leads to ${here.target}`);
  return {
    path,
    expected: after,
    after: before === null ? null : backupBytes(journal, file, place),
    // A mode that somebody made stricter since then stays at least as strict.
    modeFor: (present) => {
      if (before === null || present === null) return before?.mode ?? 0o600;
      return present === after?.mode ? before.mode : before.mode & present;
    },
  };
}

function backupBytes(journal: Journal, file: JournalFile, place: Place): Uint8Array {
  const path = join(place.transactions, journal.id, file.backup ?? "");
  const kept = look(path);
  if (kept.kind !== "file" || kept.file.sha256 !== file.before?.sha256)
    throw new Refused("backup-damaged", file.path, `${path} is not what was saved`);
  return kept.file.bytes;
}
