/** The rehearsal of the plan in view: run once for each plan, in the background, while the person reads. */

import { once } from "node:events";
import type { LoginTokens, Plan } from "@/lib/setup/types";
import { type Judgement, judgedBy } from "@/lib/setup/verify/preflight";
import { type ChosenCredential, rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import { type Job, startJob } from "@/lib/system/job";
import { givenKey } from "@/lib/visit/key-state";
import type { Wizard } from "@/lib/visit/visit";

/**
 * Of this very plan, under way or over; one of an earlier plan is given up. It starts once the config was judged,
 * since both at a time take longer than one after the other. Its value is null where OpenClaw refuses the config.
 */
export function rehearsalOf(
  wizard: Wizard,
  plan: Plan,
  login: LoginTokens | null,
  judgement: Job<Judgement>,
): Job<Rehearsal | null> {
  const of = judgedBy(plan);
  if (wizard.rehearsal?.of === of) return wizard.rehearsal.job;
  wizard.rehearsal?.job.cancel();
  const chosen = chosenBy(wizard, login);
  const job = startJob(async (signal) => {
    await Promise.race([judgement.settled, once(signal, "abort")]);
    // What it refuses, no command of it runs on.
    const judged = judgement.result?.kind === "done" ? judgement.result.value : null;
    const refused = judged?.kind === "objects";
    if (refused || chosen === null || signal.aborted) return null;
    return rehearse(plan, chosen, wizard.host.env, signal);
  });
  wizard.rehearsal = { of, job };
  return job;
}

function chosenBy(wizard: Wizard, login: LoginTokens | null): ChosenCredential | null {
  const key = givenKey(wizard);
  if (wizard.auth === "chatgpt") return login && { kind: "login", secret: login.accessToken };
  return key && { kind: "key", secret: key.value };
}
