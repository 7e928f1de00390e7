/** Writes a set of files as one transaction. */

import { sha256 } from "@/lib/files/disk";
import { placeAt } from "@/lib/files/place";
import { refusalFrom } from "@/lib/files/refused";
import type { Intent } from "@/lib/files/transaction/inspect";
import { foresee, runTransaction } from "@/lib/files/transaction/run";
import type { AppliedTransaction, FileChange, WriteRefusal } from "@/lib/files/types";
import { err, type Result } from "@/lib/result";

export interface ApplyOptions {
  /** OpenClaw's state directory, absolute; created owner-only if it is missing. */
  readonly root: string;
  /** Other folders, absolute, that files of this transaction may lie in. */
  readonly allowedRoots?: readonly string[];
  /** A short name for the list of transactions; no secrets. */
  readonly label: string;
}

/**
 * Writes all of `changes` or none. Every file must still be as `before` says, or nothing is written
 * (`changed-since-preview`). When it returns ok, the new bytes are on the disk, the old ones are kept
 * for `undoTransaction`, and no temporary file is left. A file keeps its group and a mode stricter
 * than asked for; `mode` is otherwise exact. Changes that change nothing are left out of the result;
 * if all do, there is nothing to undo and the id is not listed.
 */
export async function applyTransaction(
  changes: readonly FileChange[],
  options: ApplyOptions,
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  try {
    const place = placeAt(options.root, options.allowedRoots);
    const purpose = { label: options.label, undoes: [], removeDirectories: [] };
    return await runTransaction(changes.map(intentOf), place, purpose);
  } catch (error) {
    return err(refusalFrom(error, options.root));
  }
}

/**
 * What `applyTransaction` would answer now, as far as it can be seen without writing anything: a full
 * disk or another writer cannot. null: nothing is against it.
 */
export async function foreseenRefusal(
  changes: readonly FileChange[],
  { root, allowedRoots }: Omit<ApplyOptions, "label">,
): Promise<WriteRefusal | null> {
  try {
    await foresee(changes.map(intentOf), placeAt(root, allowedRoots));
    return null;
  } catch (error) {
    return refusalFrom(error, root);
  }
}

function intentOf(change: FileChange): Intent {
  const { path, before, after } = change;
  const asked = change.mode & 0o777;
  return {
    path,
    expected: before && { sha256: sha256(before) },
    after,
    modeFor: (present) => (present === null ? asked : asked & present),
  };
}
