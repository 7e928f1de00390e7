/** Runs one transaction from the lock to the record kept for undo. */

import { join } from "node:path";
import type { Place } from "@/lib/files/place";
import { unfinished } from "@/lib/files/recover";
import { Refused, refusalFrom } from "@/lib/files/refused";
import { alone } from "@/lib/files/transaction/alone";
import { type Intent, inspect, mountPoints } from "@/lib/files/transaction/inspect";
import {
  deleteTransaction,
  type Journal,
  nextId,
  readTransactionDirectory,
  type Transaction,
  transactionIds,
} from "@/lib/files/transaction/journal";
import type { Lock } from "@/lib/files/transaction/lock";
import { finish, rollBack, switchAll } from "@/lib/files/transaction/settle";
import {
  type Draft,
  draftJournal,
  openTransaction,
  type Purpose,
  stage,
} from "@/lib/files/transaction/stage";
import type { AppliedTransaction, WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { errnoOf } from "@/lib/system/errno";

export const KEPT_TRANSACTIONS = 10;

/** Commits `intents` under the lock or restores every file; after `recovery-needed`, only the next `recover` can. */
export async function runTransaction(
  intents: readonly Intent[],
  place: Place,
  purpose: Purpose,
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  try {
    const mounted = mountPoints();
    // A foreseeable refusal leaves no trace, not even our own folder.
    await foresee(intents, place, mounted);
    return await alone(place, async ({ lock, unsynced, sealed }) => {
      const files = await inspect(intents, place, mounted);
      const journal = draftJournal(nextId(place), files, place, purpose);
      if (files.length > 0) await write({ journal, files, place, unsynced, sealed }, lock);
      return ok(appliedFrom(journal, place));
    });
  } catch (error) {
    return err(refusalFrom(error, place.root));
  }
}

/** Throws foreseeable refusals from reads alone; not valid before a pending recovery. */
export async function foresee(
  intents: readonly Intent[],
  place: Place,
  mounted: ReadonlySet<string> = mountPoints(),
): Promise<void> {
  if (unfinished(place).length === 0) await inspect(intents, place, mounted);
}

async function write(draft: Draft, lock: Lock): Promise<void> {
  const { journal, files, place } = draft;
  let transaction: Transaction;
  try {
    transaction = await openTransaction(draft);
  } catch (error) {
    await tryToDelete(join(place.transactions, journal.id));
    throw error;
  }
  try {
    await stage(transaction, files);
    if (!lock.isHeld()) throw new Refused("locked", place.locks, "another process took over");
    await switchAll(transaction);
  } catch (error) {
    await takeBack(transaction, error);
    throw error;
  }
  try {
    await finish(transaction);
    await forgetOld(place);
  } catch (error) {
    // Every target is durable already; the next start tidies up.
    if (errnoOf(error) === null && !(error instanceof Refused)) throw error;
  }
}

async function tryToDelete(directory: string): Promise<void> {
  try {
    await deleteTransaction({ directory, journal: null });
  } catch {
    // Only unrecorded backups are left, and the next recovery deletes them.
  }
}

async function takeBack(transaction: Transaction, reason: unknown): Promise<void> {
  try {
    await rollBack(transaction);
  } catch (error) {
    const failed = refusalFrom(error, transaction.journal.root);
    const why = refusalFrom(reason, transaction.journal.root);
    throw new Refused("recovery-needed", failed.path, `${why.detail}; then ${failed.detail}`);
  }
}

async function forgetOld(place: Place): Promise<void> {
  const ids = transactionIds(place);
  if (ids.length <= KEPT_TRANSACTIONS) return;
  const done = ids
    .map((id) => readTransactionDirectory(place, id))
    .filter((entry) => entry !== null)
    .filter((entry) => entry.journal !== null && entry.phase === "done");
  for (const entry of done.slice(0, -KEPT_TRANSACTIONS)) await deleteTransaction(entry);
}

export function appliedFrom(journal: Journal, place: Place): AppliedTransaction {
  const directory = join(place.transactions, journal.id);
  return {
    id: journal.id,
    at: journal.at,
    files: journal.files.map((file) => ({
      path: file.path,
      backup: file.backup === null ? null : join(directory, file.backup),
      created: file.before === null,
    })),
  };
}
