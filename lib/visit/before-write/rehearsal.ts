/** Rehearses the current plan in the background while the user reads. */

import { once } from "node:events";
import type { LoginTokens } from "@/lib/setup/choices";
import type { StageName } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { type Preflight, questionOf } from "@/lib/setup/verify/preflight";
import { type ChosenCredential, rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import { type Job, startJob } from "@/lib/system/job";
import { givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

/** Follows the preflight, since both at once take longer; its value is null if OpenClaw refuses the config. */
export function rehearsalOf(
  visit: Visit,
  plan: Plan,
  login: LoginTokens | null,
  preflight: Job<Preflight>,
): Job<Rehearsal | null, StageName> {
  const of = questionOf(plan);
  if (visit.rehearsal?.of === of) return visit.rehearsal.job;
  visit.rehearsal?.job.cancel();
  const chosen = chosenBy(visit, login);
  const job: Job<Rehearsal | null, StageName> = startJob(async (signal, begin) => {
    await Promise.race([preflight.settled, once(signal, "abort")]);
    // With a refused config, no command works.
    const judged = preflight.result?.kind === "done" ? preflight.result.value : null;
    const refused = judged?.kind === "objects";
    if (refused || chosen === null || signal.aborted) return null;
    return rehearse(plan, chosen, visit.host.env, signal, begin);
  });
  visit.rehearsal = { of, job };
  return job;
}

function chosenBy(visit: Visit, login: LoginTokens | null): ChosenCredential | null {
  const key = givenKey(visit);
  if (visit.auth === "chatgpt") return login && { kind: "login", secret: login.accessToken };
  return key && { kind: "key", secret: key.value };
}
