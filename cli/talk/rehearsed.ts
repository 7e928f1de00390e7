/** Asks OpenClaw about the plan, rehearses it, and lets its doctor repair what it refuses. */

import { rehearsalLines } from "@/cli/say/rehearsal-text";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import { answerOf, type Talk } from "@/cli/talk/common";
import { onEnd } from "@/cli/terminal";
import type { Job } from "@/lib/system/job";
import { doctorOf } from "@/lib/visit/before-write/doctor";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { rehearsalOf } from "@/lib/visit/before-write/rehearsal";
import { currentLogin } from "@/lib/visit/login";

/** `other-plan`: doctor's repairs make it a different plan. */
export async function rehearsed(
  { visit, plan, found }: PreparedPlan,
  { asker, terminal }: Talk,
): Promise<"seen" | "other-plan"> {
  const { words, signal } = terminal;
  const { version } = plan.snapshot;
  if (version === null) return "seen";
  const wait = async (what: string, job: Job<unknown>) => {
    const cancel = () => job.cancel();
    onEnd(terminal, cancel);
    // A cancelled job may still be cleaning up.
    if (job.result === null) await asker.wait({ what, settled: job.settled, skip: cancel });
  };
  asker.say([""]);
  const judging = preflightOf(visit, plan);
  await wait(words.preflight("asking", { version }), judging);
  const doctor = signal.aborted ? null : doctorOf(visit, plan, judging);
  if (doctor !== null && doctor.result === null) {
    await wait(words.doctor("asking", { version }), doctor);
    const answer = answerOf(doctor);
    if (answer?.kind === "looked" && answer.repairs.length > 0) return "other-plan";
  }
  const job = signal.aborted ? null : rehearsalOf(visit, plan, await currentLogin(visit), judging);
  if (job) await wait(words.rehearsal("asking", { version }), job);
  const preflight = answerOf(judging);
  const saw = job && answerOf(job);
  const isSkipped = job !== null && (job.cancelled || job.result?.kind !== "done");
  asker.say(rehearsalLines({ plan, preflight, saw, isSkipped, version, found }, words));
  return "seen";
}
