/** Brings a started transaction to one of its two ends: all files new, or all old. */

import { dirname } from "node:path";
import {
  allDone,
  isThere,
  removeIfEmpty,
  removeIfPresent,
  syncDirectories,
  syncFile,
} from "@/lib/files/disk";
import { onBehalfOf, Refused } from "@/lib/files/refused";
import {
  deleteTransaction,
  enterPhase,
  markPhase,
  type Transaction,
} from "@/lib/files/transaction/journal";
import { progressOf, switchToNew, switchToOld } from "@/lib/files/transaction/switch";

function folders(transaction: Transaction): string[] {
  return transaction.journal.files.map((file) => dirname(file.target)).filter(isThere);
}

/** Replaces each old target in order and throws at the first failure. */
export async function switchAll(transaction: Transaction): Promise<void> {
  // No target is touched before the mark and the prepared files are durable.
  await allDone([enterPhase(transaction, "commit"), ...syncPrepared(transaction)]);
  for (const file of transaction.journal.files) {
    if (progressOf(file) !== "new") await onBehalfOf(file.path, () => switchToNew(file));
  }
  await syncDirectories(folders(transaction));
}

function syncPrepared(transaction: Transaction): Promise<void>[] {
  const { files, createdDirectories } = transaction.journal;
  const made = files.filter((file) => file.after !== null);
  // Recovery may find the created folders missing again.
  const holders = createdDirectories.map((path) => dirname(path)).filter(isThere);
  return [
    ...made.map((file) => onBehalfOf(file.path, () => syncFile(file.temporary))),
    syncDirectories([...folders(transaction), ...holders]),
  ];
}

/** Removes what a committed transaction leaves and marks it as done. */
export async function finish(transaction: Transaction): Promise<void> {
  const { files, removeDirectories } = transaction.journal;
  // Until now, a removed file's temporary name proves to recovery that it was removed.
  const untidy = removeDirectories.length > 0 || files.some((file) => file.after === null);
  if (untidy) await enterPhase(transaction, "cleanup");
  for (const file of files) removeIfPresent(file.temporary);
  for (const path of [...removeDirectories].sort().reverse()) removeIfEmpty(path);
  // Recovery can derive this mark from the files, so nothing waits for the disk.
  markPhase(transaction, "done");
}

/** Restores every target, newest first, and deletes the transaction. Returns the files left alone. */
export async function rollBack(transaction: Transaction): Promise<string[]> {
  const { files, createdDirectories } = transaction.journal;
  const leftAlone: string[] = [];
  if (transaction.phase !== "prepare") {
    await enterPhase(transaction, "rollback");
    for (const [index, file] of [...files.entries()].reverse()) {
      const old = await onBehalfOf(file.path, () => switchToOld(transaction, file, index));
      if (!old) leftAlone.push(file.path);
    }
  } else {
    for (const file of files) removeIfPresent(file.temporary);
  }
  for (const path of [...createdDirectories].sort().reverse()) removeIfEmpty(path);
  await syncDirectories(folders(transaction));
  await deleteTransaction(transaction);
  return leftAlone;
}

export interface Settled {
  readonly state: "finished" | "rolled-back";
  readonly leftAlone: readonly string[];
}

/** Finishes a transaction that was interrupted, or takes it back. */
export async function settle(transaction: Transaction): Promise<Settled> {
  if (transaction.phase === "commit") {
    const progress = transaction.journal.files.map(progressOf);
    if (progress.every((step) => step === "new" || step === "ready")) {
      try {
        await switchAll(transaction);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return { state: "rolled-back", leftAlone: await rollBack(transaction) };
      }
      await finish(transaction);
      return { state: "finished", leftAlone: [] };
    }
  }
  if (transaction.phase === "cleanup") {
    await finish(transaction);
    return { state: "finished", leftAlone: [] };
  }
  return { state: "rolled-back", leftAlone: await rollBack(transaction) };
}
