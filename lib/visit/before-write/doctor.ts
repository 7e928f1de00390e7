/** Asks OpenClaw's doctor about a refused config, once per config and in the background. */

import { createHash } from "node:crypto";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { StageName } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { askDoctor, type DoctorAnswer } from "@/lib/setup/verify/doctor/ask-doctor";
import type { Preflight } from "@/lib/setup/verify/preflight";
import { type Job, startJob } from "@/lib/system/job";
import type { Visit } from "@/lib/visit/visit";

/** Null if the release accepts the plan, or a declined repair explains the refusal. Follows the preflight. */
export function doctorOf(
  visit: Visit,
  plan: Plan,
  preflight: Job<Preflight>,
): Job<DoctorAnswer, StageName> | null {
  const of = configIn(plan.snapshot);
  if (visit.doctor?.of === of) return visit.doctor.job;
  const judged = preflight.result?.kind === "done" ? preflight.result.value : null;
  const issues = judged?.kind === "objects" ? judged.others : [];
  const isOpen = plan.repairs.some(
    ({ accepted, blocked, important }) => important && !accepted && blocked === null,
  );
  if (issues.length === 0 || isOpen || plan.config.before === null) return null;
  visit.doctor?.job.cancel();
  const job: Job<DoctorAnswer, StageName> = startJob((signal, begin) =>
    askDoctor(plan, issues, visit.host.env, signal, begin),
  );
  visit.doctor = { of, job };
  return job;
}

export function asDoctored(snapshot: Snapshot, { doctor }: Pick<Visit, "doctor">): Snapshot {
  const answer = doctor?.job.result?.kind === "done" ? doctor.job.result.value : null;
  if (answer?.kind !== "looked" || doctor?.of !== configIn(snapshot)) return snapshot;
  return { ...snapshot, doctorRepairs: answer.repairs };
}

/** Identifies the config with its includes, and the release. */
function configIn({ version, configBytes, included }: Snapshot): string {
  const hash = createHash("sha256").update(`${version}\0`);
  for (const bytes of [configBytes, ...included.files.values()]) {
    hash.update(`${bytes?.length}\0`).update(bytes ?? "");
  }
  return hash.digest("hex");
}
