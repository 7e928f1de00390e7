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
  readonly allowedRoots?: readonly string[];
  /** Shown in the list of transactions, so it contains no secrets. */
  readonly label: string;
}

/**
 * Writes all `changes` or none; `changed-since-preview` if a file no longer matches its `before`.
 * Keeps the old bytes for `undoTransaction`, the group and a stricter mode.
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

/** Predicts the refusal of `applyTransaction` from reads alone; it cannot foresee a full disk or another writer. */
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
