/** At start, finishes or rolls back what a crash or power cut interrupted. */

import { join } from "node:path";
import { statOrNull, syncDirectories } from "@/lib/files/disk";
import { locate } from "@/lib/files/locate";
import {
  ensurePrivateDirectory,
  hasPrivateDirectory,
  type Place,
  placeAt,
  strangeEntries,
} from "@/lib/files/place";
import { Refused, refusalFrom } from "@/lib/files/refused";
import {
  deleteTransaction,
  foreignEntries,
  type Remains,
  readTransactionDirectory,
  type Transaction,
  transactionIds,
} from "@/lib/files/transaction/journal";
import { acquireLock } from "@/lib/files/transaction/lock";
import { settle } from "@/lib/files/transaction/settle";
import { NOTHING_RECOVERED, type RecoveryReport, type WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import type { ProcessIdentity } from "@/lib/system/process-identity";

const MOST_NAMED = 20;

function readAll(place: Place): Array<Transaction | Remains> {
  if (!hasPrivateDirectory(place)) return [];
  return transactionIds(place)
    .reverse()
    .map((id) => readTransactionDirectory(place, id))
    .filter((entry) => entry !== null);
}

export function unfinished(place: Place): Array<Transaction | Remains> {
  return readAll(place).filter(
    (entry) => entry.journal === null || (entry.phase !== "done" && entry.phase !== "open"),
  );
}

export interface OpenStep {
  readonly id: string;
  readonly label: string;
  readonly directory: string;
  readonly holder: ProcessIdentity;
  readonly since: number;
}

/** Steps of other programs without a recorded end, newest first. */
export function openSteps(place: Place): OpenStep[] {
  return readAll(place).flatMap(({ directory, ...entry }) => {
    if (entry.journal === null || entry.journal.step === null || entry.phase !== "open") return [];
    const { id, label, step } = entry.journal;
    return [{ id, label, directory, holder: step.holder, since: step.since }];
  });
}

/** Unfinished records made elsewhere are reported and left alone, since they may name files of another machine. */
function foreign(place: Place): string[] {
  if (!hasPrivateDirectory(place)) return [];
  const claims = foreignEntries(place)
    .slice(0, 10 * MOST_NAMED)
    .filter((path) => !isFinished(path));
  return [...strangeEntries(place), ...claims].slice(0, MOST_NAMED);
}

function isFinished(path: string): boolean {
  try {
    return statOrNull(join(path, "done.json")) !== null;
  } catch {
    return false;
  }
}

/** Throws `Refused` (`recovery-needed`) unless `locate` would still return every path. */
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

/** Does the work of `recover` under the caller's lock. Throws `Refused` and system errors. */
export async function recoverLocked(place: Place): Promise<RecoveryReport> {
  const finished: string[] = [];
  const rolledBack: string[] = [];
  const leftAlone: string[] = [];
  const files: string[] = [];
  for (const entry of unfinished(place)) {
    if (entry.journal === null) {
      await deleteTransaction(entry);
      continue;
    }
    demandWithin(entry, place);
    const touched = entry.phase === "prepare" ? [] : entry.journal.files.map(({ path }) => path);
    const settled = await settle(entry);
    (settled.state === "finished" ? finished : rolledBack).push(entry.journal.id);
    leftAlone.push(...settled.leftAlone);
    files.push(...touched.filter((path) => !settled.leftAlone.includes(path)));
  }
  return { finished, rolledBack, leftAlone, files, foreign: [] };
}

/**
 * Completes or rolls back interrupted transactions; only reports what others changed.
 * Refuses with `locked`, `recovery-needed` (an unusable journal) or a disk error.
 */
export async function recover(
  root: string,
  allowedRoots: readonly string[] = [],
): Promise<Result<RecoveryReport, WriteRefusal>> {
  try {
    const place = placeAt(root, allowedRoots);
    const named = foreign(place);
    if (unfinished(place).length === 0) return ok({ ...NOTHING_RECOVERED, foreign: named });
    await syncDirectories(await ensurePrivateDirectory(place));
    const lock = acquireLock(place);
    try {
      return ok({ ...(await recoverLocked(place)), foreign: named });
    } finally {
      lock.release();
    }
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}
