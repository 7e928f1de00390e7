/** Runs the preflight of the current plan, once per plan and in the background. */

import type { Plan } from "@/lib/setup/types";
import { questionOf, runPreflight } from "@/lib/setup/verify/preflight";
import { startJob } from "@/lib/system/job";
import type { Visit } from "@/lib/visit/visit";

/** Cancels the preflight of an earlier plan. */
export function preflightOf(visit: Visit, plan: Plan): NonNullable<Visit["preflight"]>["job"] {
  const of = questionOf(plan);
  if (visit.preflight?.of === of) return visit.preflight.job;
  visit.preflight?.job.cancel();
  const job: NonNullable<Visit["preflight"]>["job"] = startJob((signal, begin) =>
    runPreflight(plan, visit.host.env, signal, begin),
  );
  visit.preflight = { of, job };
  return job;
}
