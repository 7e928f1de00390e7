/** Writes a plan, including a login for OpenClaw's store, completely or not at all, and undoes it. */

import { dirname } from "node:path";
import { applyTransaction, foreseenRefusal } from "@/lib/files/apply";
import { forgetTransactions } from "@/lib/files/forget";
import { beginStep, cutOffSteps, endStep, type Step, takeBackStep } from "@/lib/files/step";
import { listTransactions, undoTransactions } from "@/lib/files/transactions";
import {
  type AppliedTransaction,
  NOTHING_RECOVERED,
  type RecoveryReport,
  type WriteRefusal,
} from "@/lib/files/types";
import type { Environment } from "@/lib/openclaw/places/home";
import { err, ok, type Result } from "@/lib/result";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { type TellStage, UNWATCHED } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { prepare } from "@/lib/setup/verify/verify";
import { isLetGo, usersOf } from "@/lib/setup/write/database-users";
import { giveLogin } from "@/lib/setup/write/give-login";
import { endCommand, holdsCredential, skipped, usedSince } from "@/lib/setup/write/state-backup";
import { type HandOverCode, refused, type WriteFailure } from "@/lib/setup/write/write-failure";

/** Without a network, a release's first `doctor --fix` took over a minute. */
const IMPORT_MS = 4 * 60_000;

export interface Written {
  readonly transaction: AppliedTransaction;
  readonly root: string;
  readonly allowedRoots: readonly string[];
  readonly step: Step | null;
  readonly secrets: readonly string[];
}

/** Hands a login to OpenClaw first, and verifies it. */
export async function writePlan(
  plan: Plan,
  env: Environment,
  signal: AbortSignal,
  importMs = IMPORT_MS,
  begin: TellStage = UNWATCHED,
): Promise<Result<Written, WriteFailure>> {
  const { snapshot, handOver, secrets } = plan;
  const root = snapshot.stateDir;
  const allowedRoots = [dirname(snapshot.configPath)];
  // An interrupted step must not be restored over the new files.
  const before = await recoverHandOver(root, NOTHING_RECOVERED);
  if (!before.ok) return refused(before.error);
  const handsOver = storeFiles(plan).length > 0;
  const label = handsOver ? `write ${plan.digest.slice(0, 12)}` : "write";
  if (!handsOver) {
    const applied = await applyFiles(plan, allowedRoots, label);
    return applied.ok
      ? ok({ transaction: applied.value, root, allowedRoots, step: null, secrets })
      : refused(applied.error);
  }
  const failed = (code: HandOverCode, detail = "", left: WriteRefusal | null = null) =>
    err<WriteFailure>({ kind: "hand-over", code, detail, left });
  // Stores of single agents need no command.
  const ready = handOver ? await prepare(env, snapshot.profile) : null;
  if (ready && "kind" in ready) {
    return failed(ready.kind === "node-misfit" ? "node-misfit" : "not-installed");
  }
  if (handOver?.how.kind === "import" && usersOf(root).length > 0)
    return failed("openclaw-running");
  begin("copies");
  const begun = await beginStep(root, label, skipped);
  if (!begun.ok) return refused(begun.error);
  const step = begun.value;
  const watch = { signal, importMs, begin };
  const given = await giveLogin(plan, ready?.runner ?? null, step, watch);
  if (given.ok) begin("files");
  const applied = given.ok ? await applyFiles(plan, allowedRoots, label) : null;
  if (given.ok && applied?.ok) {
    const transaction = applied.value;
    const ended = await endStep(step, skipped, transaction.id);
    if (ended.ok) return ok({ transaction, root, allowedRoots, step, secrets });
    if (transaction.files.length > 0) await undoTransactions(root, [transaction.id], allowedRoots);
    await takeBack(step, secrets);
    return refused(ended.error);
  }
  begin("put-back");
  const restored = await takeBack(step, secrets);
  const left = restored.ok ? null : restored.error;
  if (!given.ok) {
    return given.error.kind === "files" ? err(given.error) : err({ ...given.error, left });
  }
  return applied && !applied.ok ? refused(applied.error) : failed("cancelled", "", left);
}

async function takeBack(
  step: Step,
  secrets: readonly string[],
): Promise<Result<null, WriteRefusal>> {
  const undone = await takeBackStep(step, skipped);
  if (!undone.ok) return undone;
  const holds = holdsCredential(secrets);
  const forgotten = await forgetTransactions(step.root, { since: step.id, holds });
  return forgotten.ok ? ok(null) : forgotten;
}

/** Predicts why the files could not be written; null if nothing is known. */
export async function obstacleTo(plan: Plan): Promise<WriteRefusal | null> {
  const { files, snapshot } = plan;
  const root = snapshot.stateDir;
  const allowedRoots = [dirname(snapshot.configPath)];
  const handed = snapshot.version === null ? [] : storeFiles(plan);
  const refusal =
    (await foreseenRefusal(files, { root, allowedRoots })) ??
    (await foreseenRefusal(handed, { root, allowedRoots: [] }));
  // The next snapshot will show the change.
  return refusal?.code === "changed-since-preview" ? null : refusal;
}

export interface Undone {
  readonly files: readonly string[];
  readonly kept: number | null;
  /** Why backups with a credential could not be deleted; null if none is left. */
  readonly left: WriteRefusal | null;
}

/** Restores every byte, including OpenClaw's store, and deletes backups that hold a credential. */
export async function undoWrite(written: Written): Promise<Result<Undone, WriteRefusal>> {
  const { root, allowedRoots, step, transaction, secrets } = written;
  if (step && !(await isLetGo(root))) {
    return err({ code: "openclaw-running", path: root, detail: "" });
  }
  const ids = [
    ...(transaction.files.length > 0 ? [transaction.id] : []),
    ...(step ? [step.id] : []),
  ];
  const [first] = [...ids].sort();
  if (first === undefined) return ok({ files: [], kept: null, left: null });
  const undone = await undoTransactions(root, ids, allowedRoots);
  if (!undone.ok) return undone;
  const holds = holdsCredential(secrets);
  const forgotten = await forgetTransactions(root, { since: first, holds });
  return ok({
    files: undone.value.files.map(({ path }) => path),
    kept: forgotten.ok ? forgotten.value : null,
    left: forgotten.ok ? null : forgotten.error,
  });
}

/** Deletes every backup in a state directory, after which nothing can be undone. */
export function forgetBackups(root: string): Promise<Result<number, WriteRefusal>> {
  return forgetTransactions(root);
}

/** Rolls back an interrupted hand-over, unless all its files were written. */
export async function recoverHandOver(
  root: string,
  report: RecoveryReport,
): Promise<Result<RecoveryReport, WriteRefusal>> {
  const [rolledBack, leftAlone] = [[...report.rolledBack], [...report.leftAlone]];
  const files = [...report.files];
  const cutOff = cutOffSteps(root);
  if (!cutOff.ok) return cutOff;
  for (const step of cutOff.value) {
    const known = await listTransactions(root);
    const written = known.ok
      ? known.value.find(
          ({ id, label, undoneBy }) => id !== step.id && label === step.label && !undoneBy,
        )
      : undefined;
    if (written) {
      const ended = await endStep(step, skipped, written.id);
      if (!ended.ok) return ended;
      continue;
    }
    await endCommand(step);
    if (!(await isLetGo(root))) continue;
    if (usedSince(step)) {
      leftAlone.push(step.directory);
      const ended = await endStep(step, skipped, null);
      if (!ended.ok) return ended;
      continue;
    }
    const restored = await takeBackStep(step, skipped);
    if (!restored.ok) return restored;
    // A hand-over that never completed cannot be undone, so its copies of the login go too.
    const forgotten = await forgetTransactions(root, {
      since: step.id,
      holds: holdsCredential([]),
    });
    if (!forgotten.ok) return forgotten;
    rolledBack.push(step.id);
    files.push(...restored.value.files.map(({ path }) => path));
  }
  return ok({ ...report, rolledBack, leftAlone, files });
}

function applyFiles(plan: Plan, allowedRoots: readonly string[], label: string) {
  return applyTransaction(plan.files, { root: plan.snapshot.stateDir, allowedRoots, label });
}
