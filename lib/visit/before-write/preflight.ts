/** What the installed OpenClaw says of the plan in view: asked once for each plan, in the background. */

import type { Plan } from "@/lib/setup/types";
import { judgedBy, judgePlan } from "@/lib/setup/verify/preflight";
import { startJob } from "@/lib/system/job";
import type { Wizard } from "@/lib/visit/visit";

/** The question about this very plan, under way or answered; one about an earlier plan is given up. */
export function judgementOf(wizard: Wizard, plan: Plan): NonNullable<Wizard["judgement"]>["job"] {
  const of = judgedBy(plan);
  if (wizard.judgement?.of === of) return wizard.judgement.job;
  wizard.judgement?.job.cancel();
  const job = startJob((signal) => judgePlan(plan, wizard.host.env, signal));
  wizard.judgement = { of, job };
  return job;
}
