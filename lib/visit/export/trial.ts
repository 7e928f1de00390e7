/** Tries an export with the installed OpenClaw of the same release: preflight, then rehearsal. */

import type { LoginTokens } from "@/lib/setup/choices";
import { type GivenCredential, planOfExport } from "@/lib/setup/export/plan-of-export";
import type { Export } from "@/lib/setup/export/types";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { StageName, TellStage } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { runPreflight } from "@/lib/setup/verify/preflight";
import { rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import { type Job, startJob } from "@/lib/system/job";
import type { ExportTrial } from "@/lib/visit/export/trial-result";
import { givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

/** Null unless requested for this export. */
export function trialOf(visit: Visit, made: Export): Job<ExportTrial, StageName> | null {
  return visit.exportTrial?.of === nameOf(made) ? visit.exportTrial.job : null;
}

/** Cancels an earlier export's trial. Needs a credential and a plan. */
export function startTrial(
  visit: Visit,
  snapshot: Snapshot,
  made: Export,
  login: LoginTokens | null,
): void {
  const given = givenTo(visit, login);
  const plan = given && planOfExport(snapshot, made, given);
  if (!given || !plan?.ok) return;
  visit.exportTrial?.job.cancel();
  const job: Job<ExportTrial, StageName> = startJob((signal, begin) =>
    tryPlan(plan.value, given, visit.host.env, { signal, begin }),
  );
  visit.exportTrial = { of: nameOf(made), job };
}

async function tryPlan(
  plan: Plan,
  given: GivenCredential,
  env: Visit["host"]["env"],
  { signal, begin }: { readonly signal: AbortSignal; readonly begin: TellStage },
): Promise<ExportTrial> {
  const preflight = await runPreflight(plan, env, signal, begin);
  if (preflight.kind === "objects" || signal.aborted) return { preflight, rehearsal: null };
  const secret = given.kind === "key" ? given.secret : given.login.accessToken;
  const chosen = { kind: given.kind, secret };
  return { preflight, rehearsal: await rehearse(plan, chosen, env, signal, begin) };
}

function givenTo(visit: Visit, login: LoginTokens | null): GivenCredential | null {
  if (visit.auth === "chatgpt") return login && { kind: "login", login };
  const key = givenKey(visit);
  return key && { kind: "key", secret: key.value };
}

function nameOf({ engine, release, config }: Export): string {
  return JSON.stringify([engine, release, config]);
}
