/** Brings a transaction that has begun to one of its two ends: everything new, or everything old. */

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

/** Makes every target that is still old new, in order. Throws at the first that cannot be. */
export async function switchAll(transaction: Transaction): Promise<void> {
  // The mark becomes durable together with what it promises: a recovery that finds it looks at each
  // prepared file before it believes it, and no target is touched before all of this is on the disk.
  await allDone([enterPhase(transaction, "commit"), ...syncPrepared(transaction)]);
  for (const file of transaction.journal.files) {
    if (progressOf(file) !== "new") await onBehalfOf(file.path, () => switchToNew(file));
  }
  await syncDirectories(folders(transaction));
}

function syncPrepared(transaction: Transaction): Promise<void>[] {
  const { files, createdDirectories } = transaction.journal;
  const made = files.filter((file) => file.after !== null);
  // A recovery may find that the created ones are gone again.
  const holders = createdDirectories.map((path) => dirname(path)).filter(isThere);
  return [
    ...made.map((file) => onBehalfOf(file.path, () => syncFile(file.temporary))),
    syncDirectories([...folders(transaction), ...holders]),
  ];
}

/** After every target is new: tidies up and marks the transaction as done. */
export async function finish(transaction: Transaction): Promise<void> {
  const { files, removeDirectories } = transaction.journal;
  // Until here a removed file's temporary name tells a recovery that its removal has happened.
  const untidy = removeDirectories.length > 0 || files.some((file) => file.after === null);
  if (untidy) await enterPhase(transaction, "cleanup");
  for (const file of files) removeIfPresent(file.temporary);
  for (const path of [...removeDirectories].sort().reverse()) removeIfEmpty(path);
  // All that this mark tells a recovery, the files themselves tell it too: nobody waits for the disk.
  markPhase(transaction, "done");
}

/** Puts every target back, newest first, and forgets the transaction. Returns what was left alone. */
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

/** Finishes or takes back a transaction that was cut off. Throws `Refused` and system errors. */
export async function settle(transaction: Transaction): Promise<Settled> {
  if (transaction.phase === "commit") {
    const progress = transaction.journal.files.map(progressOf);
    if (progress.every((step) => step === "new" || step === "ready")) {
      try {
        await switchAll(transaction);
      } catch (error) {
        // Another program was quicker than the look just taken; then it is to be taken back.
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
