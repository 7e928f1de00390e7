/** What the installed OpenClaw says of the plan in view: asked once for each plan, in the background. */

import type { Plan } from "@/lib/setup/types";
import { questionOf, runPreflight } from "@/lib/setup/verify/preflight";
import { startJob } from "@/lib/system/job";
import type { Visit } from "@/lib/visit/visit";

/** The question about this very plan, under way or answered; one about an earlier plan is given up. */
export function preflightOf(visit: Visit, plan: Plan): NonNullable<Visit["preflight"]>["job"] {
  const of = questionOf(plan);
  if (visit.preflight?.of === of) return visit.preflight.job;
  visit.preflight?.job.cancel();
  const job = startJob((signal) => runPreflight(plan, visit.host.env, signal));
  visit.preflight = { of, job };
  return job;
}
