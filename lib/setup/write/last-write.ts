/** Finds the newest write that can be undone, for a process that did not make it. */

import { listTransactions } from "@/lib/files/transactions";
import type { StoredTransaction, WriteRefusal } from "@/lib/files/types";
import { ok, type Result } from "@/lib/result";
import type { Written } from "@/lib/setup/write/write";

/** The labels of `writePlan`: with the plan's digest for a hand-over. */
const LABEL = /^write(?: [0-9a-f]{12})?$/u;

export interface LastWrite {
  readonly written: Written;
  readonly at: string;
  readonly files: ReadonlyArray<{ readonly path: string; readonly created: boolean }>;
}

/** Null if there is nothing to undo. `secrets` are further secrets that backups may hold. */
export async function findLastWrite(
  root: string,
  allowedRoots: readonly string[],
  secrets: readonly string[],
): Promise<Result<LastWrite | null, WriteRefusal>> {
  const listed = await listTransactions(root);
  if (!listed.ok) return listed;
  const writes = listed.value.filter(
    ({ label, undoneBy, undoes }) => LABEL.test(label) && undoneBy === null && undoes === null,
  );
  const [newest] = writes;
  if (newest === undefined) return ok(null);
  const isHandOver = newest.label !== "write";
  const group = isHandOver ? writes.filter(({ label }) => label === newest.label) : [newest];
  // A step starts before the write of its files.
  const step = isHandOver ? group.at(-1) : undefined;
  const files = group.find((one) => one !== step);
  const transaction = files ?? { id: newest.id, at: newest.at, files: [] };
  return ok({
    written: {
      transaction,
      root,
      allowedRoots,
      step: step ? { root, id: step.id } : null,
      secrets,
    },
    at: newest.at,
    files: group.flatMap(filesOf),
  });
}

function filesOf({ files }: StoredTransaction) {
  return files.map(({ path, created }) => ({ path, created }));
}
