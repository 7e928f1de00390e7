/** Ends a visit: finishes or rolls back its work and forgets its data. */

import type { VisitEnd } from "@/lib/door/sessions";
import { settledWithin } from "@/lib/system/job";
import { givenKey, NO_KEY } from "@/lib/visit/key-state";
import type { Applied } from "@/lib/visit/outcome";
import { endDevice, releaseLogin } from "@/lib/visit/sign-in/device";
import type { Visit } from "@/lib/visit/visit";

const EXCHANGE_MS = 3_000;

/** Cancels whatever runs, waits for a write to complete or be taken back, and forgets the secrets. */
export async function endVisit(visit: Visit): Promise<VisitEnd> {
  const before = visit.outcome;
  const writing = before.kind === "writing" ? before.job : null;
  const undoing = before.kind === "undoing" ? before.job : null;
  // Writing files takes no time and completes; a hand-over is rolled back.
  const check = givenKey(visit)?.check;
  const { doctor, preflight, login, opening, rehearsal, signIn } = visit;
  const asking = [check, signIn.codexCheck, login?.check, opening, visit.installing?.job];
  const asked = [visit.pairing, visit.who?.verification, visit.who?.reply, visit.who?.limits];
  const trials = [preflight?.job, rehearsal?.job, doctor?.job, visit.exportTrial?.job];
  const jobs = [...asking, ...asked, ...trials, writing];
  for (const job of jobs) job?.cancel();
  await Promise.allSettled([...jobs, undoing].map((job) => job?.settled));
  // A completed write starts these, so they are cancelled last.
  const after = visit.outcome;
  if (after.kind === "applied") await endAsking(after);
  visit.key = NO_KEY;
  visit.telegram = null;
  endDevice(visit);
  signIn.exchange?.job.cancel();
  if (signIn.exchange) await settledWithin(signIn.exchange.job, EXCHANGE_MS);
  // Revokes a login that OpenClaw did not take over.
  await releaseLogin(visit);
  await signIn.revoking?.settled;
  if (!writing) return undoing ? "finished" : "idle";
  if (after.kind !== "idle") return "finished";
  const { problem } = after;
  if (problem?.kind === "broken") return "left";
  return problem?.kind === "hand-over-failed" && problem.failure.left ? "left" : "takenBack";
}

async function endAsking({ verification, reply, launch }: Applied): Promise<void> {
  // A running gateway stays; one still being started ends.
  for (const job of [launch?.job, verification, reply]) job?.cancel();
  await Promise.all([launch?.job.settled, verification.settled, reply?.settled]);
}
