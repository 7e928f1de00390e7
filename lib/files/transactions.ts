/** Lists and undoes the transactions that are kept. */

import { hasPrivateDirectory, type Place, placeAt } from "@/lib/files/place";
import { refusalFrom } from "@/lib/files/refused";
import {
  type Journal,
  readTransactionDirectory,
  transactionIds,
} from "@/lib/files/transaction/journal";
import { reverse } from "@/lib/files/transaction/reverse";
import { appliedFrom, KEPT_TRANSACTIONS, runTransaction } from "@/lib/files/transaction/run";
import type { AppliedTransaction, StoredTransaction, WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";

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
    undoes: journal.undoes[0] ?? null,
    undoneBy: all.find((other) => other.undoes.includes(journal.id))?.id ?? null,
  };
}

/** Newest first, at most 10. `root` is the state directory. */
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

function unknown(root: string, id: string): WriteRefusal {
  return { code: "unknown-transaction", path: root, detail: `no transaction ${id.slice(0, 40)}` };
}

/**
 * Restores every file in a transaction that can be undone in turn. Refuses as `applyTransaction`,
 * or with `changed-since-preview`, `unknown-transaction` or `backup-damaged`.
 */
export function undoTransaction(
  root: string,
  id: string,
  allowedRoots: readonly string[] = [],
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  return undoTransactions(root, [id], allowedRoots);
}

/** Undoes all of them or none, newest first; no two may share a file. */
export async function undoTransactions(
  root: string,
  ids: readonly string[],
  allowedRoots: readonly string[] = [],
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  try {
    const place = placeAt(root, allowedRoots);
    const kept = new Map(finishedJournals(place).map((journal) => [journal.id, journal]));
    const missing = ids.find((id) => !kept.has(id));
    if (missing !== undefined) return err(unknown(root, missing));
    const journals = ids.map((id) => kept.get(id)).filter((journal) => journal !== undefined);
    const intents = journals.flatMap((journal) => reverse(journal, place));
    return await runTransaction(intents, place, {
      label: `undo ${ids.join(" ")}`,
      undoes: ids,
      removeDirectories: journals.flatMap(({ createdDirectories }) => createdDirectories),
    });
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}
