/** What the installed OpenClaw's own doctor makes of a config that it refuses: asked once for each config, in the background. */

import { createHash } from "node:crypto";
import type { Plan, Snapshot } from "@/lib/setup/types";
import { askDoctor, type DoctorAnswer } from "@/lib/setup/verify/doctor/ask-doctor";
import type { Preflight } from "@/lib/setup/verify/preflight";
import { type Job, startJob } from "@/lib/system/job";
import type { Visit } from "@/lib/visit/visit";

/**
 * Under way or over; null where nobody need be asked: the release accepts the plan, or it refuses what a repair in
 * view would mend that was declined. It starts once the config was judged.
 */
export function doctorOf(
  visit: Visit,
  plan: Plan,
  preflight: Job<Preflight>,
): Job<DoctorAnswer> | null {
  const of = configIn(plan.snapshot);
  if (visit.doctor?.of === of) return visit.doctor.job;
  const judged = preflight.result?.kind === "done" ? preflight.result.value : null;
  const issues = judged?.kind === "objects" ? judged.others : [];
  const isOpen = plan.repairs.some(
    ({ accepted, blocked, important }) => important && !accepted && blocked === null,
  );
  if (issues.length === 0 || isOpen || plan.config.before === null) return null;
  visit.doctor?.job.cancel();
  const job = startJob((signal) => askDoctor(plan, issues, visit.host.env, signal));
  visit.doctor = { of, job };
  return job;
}

/** The machine with what doctor found for this very config. */
export function asDoctored(snapshot: Snapshot, { doctor }: Pick<Visit, "doctor">): Snapshot {
  const answer = doctor?.job.result?.kind === "done" ? doctor.job.result.value : null;
  if (answer?.kind !== "looked" || doctor?.of !== configIn(snapshot)) return snapshot;
  return { ...snapshot, doctorRepairs: answer.repairs };
}

/** The config with all it includes, and the release that is to read it. */
function configIn({ version, configBytes, included }: Snapshot): string {
  const hash = createHash("sha256").update(`${version}\0`);
  for (const bytes of [configBytes, ...included.files.values()]) {
    hash.update(`${bytes?.length}\0`).update(bytes ?? "");
  }
  return hash.digest("hex");
}
