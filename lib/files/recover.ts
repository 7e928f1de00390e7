/** At start: finishes or takes back what a crash or power cut left half done. */

import { syncDirectories } from "@/lib/files/disk";
import { locate } from "@/lib/files/locate";
import {
  ensurePrivateDirectory,
  hasPrivateDirectory,
  type Place,
  placeAt,
} from "@/lib/files/place";
import {
  deleteTransaction,
  type Remains,
  readTransactionDirectory,
  type Transaction,
  transactionIds,
} from "@/lib/files/transaction/journal";
import { acquireLock } from "@/lib/files/transaction/lock";
import { settle } from "@/lib/files/transaction/settle";
import type { RecoveryReport, WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { Refused, refusalFrom } from "@/lib/system/errno";

/** Transactions that are neither done nor gone, newest first. */
export function unfinished(place: Place): Array<Transaction | Remains> {
  if (!hasPrivateDirectory(place)) return [];
  return transactionIds(place)
    .reverse()
    .map((id) => readTransactionDirectory(place, id))
    .filter((entry) => entry !== null)
    .filter((entry) => entry.journal === null || entry.phase !== "done");
}

/**
 * A state directory may have come from somebody else, with a journal made to reach beyond it. Throws
 * `Refused` (`recovery-needed`) unless all that it names is what `locate` would have found for a write.
 */
function demandWithin({ directory, journal }: Transaction, place: Place): void {
  const { files, createdDirectories, removeDirectories } = journal;
  const named = files.map(({ temporary }) => temporary);
  for (const path of [...named, ...createdDirectories, ...removeDirectories]) {
    let why = "a link has taken the place of a folder";
    try {
      if (locate(path, place).target === path) continue;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      why = error.message;
    }
    throw new Refused("recovery-needed", directory, `${path}: ${why}`);
  }
}

/** The work of `recover` for a caller that holds the lock. Throws `Refused` and system errors. */
export async function recoverLocked(place: Place): Promise<RecoveryReport> {
  const finished: string[] = [];
  const rolledBack: string[] = [];
  const leftAlone: string[] = [];
  for (const entry of unfinished(place)) {
    if (entry.journal === null) {
      await deleteTransaction(entry);
      continue;
    }
    demandWithin(entry, place);
    const settled = await settle(entry);
    (settled.state === "finished" ? finished : rolledBack).push(entry.journal.id);
    leftAlone.push(...settled.leftAlone);
  }
  return { finished, rolledBack, leftAlone };
}

/**
 * Leaves every file of a cut-off transaction in its old or its new state, never a mix, and removes
 * our temporary files; files that another program changed meanwhile are left alone and named. Can be
 * called at every start and writes nothing when there is nothing to do.
 * `root` is OpenClaw's state directory, `allowedRoots` other folders that may be written to. Refuses
 * with `locked` while another process is writing, `recovery-needed` for a journal that cannot be read
 * or names other places, or what the disk says.
 */
export async function recover(
  root: string,
  allowedRoots: readonly string[] = [],
): Promise<Result<RecoveryReport, WriteRefusal>> {
  try {
    const place = placeAt(root, allowedRoots);
    if (unfinished(place).length === 0) return ok({ finished: [], rolledBack: [], leftAlone: [] });
    await syncDirectories(await ensurePrivateDirectory(place));
    const lock = acquireLock(place);
    try {
      return ok(await recoverLocked(place));
    } finally {
      lock.release();
    }
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}
