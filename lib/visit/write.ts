/** Writes a visit's plan, verifies it with OpenClaw, and undoes it. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileMentions } from "@/lib/files/mentions";
import { endForWrite } from "@/lib/setup/launch/launch";
import { endMade, resumeBefore } from "@/lib/setup/launch/take-back";
import type { LaunchContext } from "@/lib/setup/launch/types";
import { unseenAddress } from "@/lib/setup/launch/unseen-address";
import type { StageName, TellStage } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { forbids, type Preflight } from "@/lib/setup/verify/preflight";
import { type ReplyExtent, requestReply } from "@/lib/setup/verify/reply";
import { verifySetup } from "@/lib/setup/verify/verify";
import { forgetBackups as forgetKept, undoWrite, writePlan } from "@/lib/setup/write/write";
import { type Job, settledWithin, startJob } from "@/lib/system/job";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { isTooOldFor } from "@/lib/visit/before-write/too-old";
import { chosenBy } from "@/lib/visit/chosen";
import { endWho } from "@/lib/visit/later/who";
import { currentLogin, forgetLogin } from "@/lib/visit/login";
import { machine, secretsHere } from "@/lib/visit/machine";
import type { Applied, Outcome, WriteProblem } from "@/lib/visit/outcome";
import { choicesStamp, planOf } from "@/lib/visit/plan-for-visit";
import type { Visit } from "@/lib/visit/visit";

/** Writes only if the current plan still has this digest. */
export async function startWrite(
  visit: Visit,
  digest: string,
  /** Runs after a successful write to start the gateway. */
  andThen: ((visit: Visit) => void) | null = null,
  /** From the page that showed the plan; see `choicesStamp`. */
  stamp: string | null = null,
): Promise<void> {
  const found = await machine(visit);
  const plan = planOf(visit, found.snapshot, await currentLogin(visit));
  // Checked late, so that the second of two requests sees the first.
  if (visit.outcome.kind === "writing" || visit.outcome.kind === "undoing") return;
  const isChoice = stamp !== null && stamp !== choicesStamp(visit);
  if (!plan?.ok && !isChoice) return;
  if (!plan?.ok || plan.value.digest !== digest) {
    // Doctor may have ended after the page was shown.
    const without = planOf({ ...visit, doctor: null }, found.snapshot, await currentLogin(visit));
    const isDoctor = without?.ok === true && without.value.digest === digest;
    const by = isChoice ? "choice" : isDoctor ? "doctor" : "file";
    visit.outcome = { kind: "idle", problem: { kind: "changed", by } };
    return;
  }
  // The review page explains this and has no button.
  if (isTooOldFor(plan.value, found)) return;
  const preflight = preflightOf(visit, plan.value);
  // The user has read enough, and OpenClaw is asked again afterwards.
  visit.rehearsal?.job.cancel();
  visit.doctor?.job.cancel();
  const asking = [visit.rehearsal?.job.settled, visit.doctor?.job.settled, endWho(visit)];
  const rehearsed = Promise.all(asking);
  const job: Job<void, StageName> = startJob(async (signal, begin) => {
    await rehearsed;
    const course = { signal, begin, mayEnd: andThen !== null };
    visit.outcome = await written(visit, plan.value, preflight, course).catch(() =>
      failed({ kind: "broken" }),
    );
    andThen?.(visit);
  });
  visit.outcome = { kind: "writing", gives: givenBy(plan.value), job };
  await settledWithin(job);
}

/** Restores what was written; a write of files alone completes. */
export async function cancelWrite({ outcome }: Visit): Promise<void> {
  if (outcome.kind !== "writing") return;
  outcome.job.cancel();
  await settledWithin(outcome.job);
}

/** Ends everything that asks OpenClaw first, since that may have the store open. */
export async function startUndo(visit: Visit): Promise<void> {
  const applied = visit.outcome;
  if (applied.kind !== "applied") return;
  const job: Job<void, StageName> = startJob(async (_signal, begin) => {
    await endWho(visit);
    visit.outcome = await undone(applied, visit, begin).catch(() => applied);
  });
  visit.outcome = { kind: "undoing", applied, job };
  await settledWithin(job);
}

/** Deletes the last copies of replaced files; nothing can be undone afterwards. */
export async function forgetBackups(visit: Visit): Promise<void> {
  const { outcome } = visit;
  if (outcome.kind !== "undone") return;
  const forgotten = await forgetKept(outcome.root);
  const undone = forgotten.ok
    ? { ...outcome.undone, kept: forgotten.value, left: null }
    : { ...outcome.undone, left: forgotten.error };
  visit.outcome = { ...outcome, undone };
}

export function verifyAgain(visit: Visit): void {
  const { outcome, host } = visit;
  if (outcome.kind !== "applied") return;
  outcome.verification.cancel();
  const verification = startJob(async (signal) =>
    verifySetup(host.env, host.profile, await secretsHere(visit), signal, outcome.chosen),
  );
  visit.outcome = { ...outcome, verification };
}

export function askForReply(visit: Visit, extent: ReplyExtent): void {
  const { outcome, host } = visit;
  if (outcome.kind !== "applied") return;
  outcome.reply?.cancel();
  const reply: NonNullable<Applied["reply"]> = startJob(async (signal, begin) => {
    const secrets = await secretsHere(visit);
    const how = { extent, begin };
    return requestReply(host.env, host.profile, secrets, signal, outcome.chosen, how);
  });
  visit.outcome = { ...outcome, reply };
}

export async function cancelAsking({ outcome }: Visit): Promise<void> {
  if (outcome.kind !== "applied") return;
  for (const job of [outcome.reply, outcome.verification]) {
    job?.cancel();
    if (job) await settledWithin(job);
  }
}

async function contextOf(visit: Visit, signal: AbortSignal): Promise<LaunchContext> {
  const { env, profile } = visit.host;
  return { env, profile, secrets: await secretsHere(visit), signal };
}

const failed = (problem: WriteProblem): Outcome => ({ kind: "idle", problem });

function givenBy({ handOver, agentFiles }: Plan) {
  return handOver?.credential ?? (agentFiles.length > 0 ? "key" : "files");
}

interface Course {
  readonly signal: AbortSignal;
  readonly begin: TellStage;
  /** A gateway that has the databases open may be ended for the write. */
  readonly mayEnd: boolean;
}

async function written(
  visit: Visit,
  plan: Plan,
  preflight: Job<Preflight>,
  { signal, begin, mayEnd }: Course,
): Promise<Outcome> {
  if (preflight.result === null) begin("validate");
  await answerOf(preflight, signal);
  const answer = preflight.result?.kind === "done" ? preflight.result.value : null;
  if (forbids(answer)) return failed({ kind: "objected" });
  if (signal.aborted) return failed({ kind: "cancelled" });
  const { env } = visit.host;
  const [before, began] = [await namesIn(plan.snapshot.stateDir), Date.now()];
  // OpenClaw's command imports a login only while no process has the databases open.
  const needsAlone = mayEnd && plan.handOver?.how.kind === "import";
  if (needsAlone) begin("gateway-end");
  const ended = needsAlone ? await endForWrite(await contextOf(visit, signal)) : null;
  const made = await writePlan(plan, env, signal, undefined, begin);
  if (!made.ok) {
    if (ended) await resumeBefore(ended, await contextOf(visit, new AbortController().signal));
    const { error } = made;
    if (error.kind === "hand-over") return failed({ kind: "hand-over-failed", failure: error });
    return error.refusal.code === "changed-since-preview"
      ? failed({ kind: "changed", by: "file" })
      : failed({ kind: "refused", refusal: error.refusal });
  }
  const took = Date.now() - began;
  const chosen = chosenBy(plan, visit, Date.now());
  // Two holders of one refresh token would invalidate each other's.
  if (plan.handOver?.credential === "login") await forgetLogin(visit);
  const verification = startJob((ended) =>
    verifySetup(env, plan.snapshot.profile, plan.secrets, ended, chosen),
  );
  return {
    kind: "applied",
    written: made.value,
    chosen,
    verification,
    reply: null,
    launch: null,
    ended,
    unseen: unseenAddress(plan, env),
    took,
    before,
    undoRefusal: null,
  };
}

async function namesIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.sort();
}

/** A failed preflight does not prevent the write. */
async function answerOf(preflight: Job<Preflight>, signal: AbortSignal): Promise<void> {
  const cancelled = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  if (!preflight.cancelled) await Promise.race([preflight.settled, cancelled]);
}

async function undone(applied: Applied, visit: Visit, begin: TellStage): Promise<Outcome> {
  for (const job of [applied.launch?.job, applied.verification, applied.reply]) {
    job?.cancel();
    await job?.settled;
  }
  const made = applied.launch?.launch.made ?? applied.ended;
  const context = await contextOf(visit, new AbortController().signal);
  if (made !== null) begin("gateway-end");
  const hasEnded = made === null || (await endMade(made, context));
  begin("put-back");
  const result = await undoWrite(applied.written);
  if (!result.ok) {
    const launch = hasEnded ? null : applied.launch;
    return { ...applied, launch, undoRefusal: result.error };
  }
  const { root } = applied.written;
  const kept = [...applied.before, ".openclaw-setup"];
  const remains = (await namesIn(root)).filter((name) => !kept.includes(name));
  if (made !== null && hasEnded) begin("gateway-again");
  const gateway = made && (hasEnded ? await resumeBefore(made, context) : "left");
  const holding = await holdingOf(root, remains, applied.written.secrets);
  return { kind: "undone", root, undone: result.value, gateway, remains, holding };
}

/** OpenClaw keeps copies of its last config (`openclaw.json.last-good`, 2026.9.6). */
async function holdingOf(
  root: string,
  names: readonly string[],
  secrets: readonly string[],
): Promise<readonly string[]> {
  const holding: string[] = [];
  for (const name of names) {
    for (const secret of secrets) {
      if (!(await fileMentions(join(root, name), secret))) continue;
      holding.push(name);
      break;
    }
  }
  return holding;
}
