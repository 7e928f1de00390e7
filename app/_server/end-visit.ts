/** What becomes of a visit when the program ends: its work is finished or taken back, and nothing is kept. */

import { endDevice, releaseLogin } from "@/app/_server/sign-in";
import type { VisitEnd } from "@/lib/door/sessions";
import { settledWithin } from "@/lib/visit/job";
import type { Wizard } from "@/lib/visit/visit";

/** A service that does not answer in this time is not waited for. */
const EXCHANGE_MS = 3_000;

export async function endVisit(wizard: Wizard): Promise<VisitEnd> {
  const writing = wizard.writing?.job.result === null ? wizard.writing.job : null;
  const undoing = wizard.undoing?.result === null ? wizard.undoing : null;
  // Files alone are written to the end, which takes no time; a hand-over is taken back.
  const { check, judgement, login, rehearsal, signIn } = wizard;
  const jobs = [check, signIn.codexCheck, login?.check, judgement?.job, rehearsal?.job, writing];
  for (const job of jobs) job?.cancel();
  await Promise.allSettled([...jobs, undoing].map((job) => job?.settled));
  // Only now: a write that ends well starts them.
  for (const job of [wizard.verification, wizard.reply]) job?.cancel();
  await Promise.all([wizard.verification?.settled, wizard.reply?.settled]);
  wizard.key = null;
  wizard.keyQuestion = null;
  endDevice(wizard);
  signIn.exchange?.job.cancel();
  if (signIn.exchange) await settledWithin(signIn.exchange.job, EXCHANGE_MS);
  // Not taken over by OpenClaw, it is to live on nowhere.
  await releaseLogin(wizard);
  await signIn.revoking?.settled;
  if (!writing) return undoing ? "finished" : "idle";
  const { write } = wizard;
  if (write?.kind === "applied") return "finished";
  if (writing.result?.kind === "failed") return "left";
  return write?.kind === "hand-over-failed" && write.failure.left ? "left" : "takenBack";
}
