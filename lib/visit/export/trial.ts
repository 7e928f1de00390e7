/** An export tried with the installed OpenClaw of the same release: asked about the config, then run on it once. */

import { type GivenCredential, planOfExport } from "@/lib/setup/export/plan-of-export";
import type { Export } from "@/lib/setup/export/types";
import type { LoginTokens, Plan, Snapshot } from "@/lib/setup/types";
import { judgePlan } from "@/lib/setup/verify/preflight";
import { rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import { type Job, startJob } from "@/lib/system/job";
import type { ExportTrial } from "@/lib/visit/export/trial-result";
import { givenKey } from "@/lib/visit/key-state";
import type { Wizard } from "@/lib/visit/visit";

/** Of this very export, under way or over; null: it was not asked for. */
export function trialOf(wizard: Wizard, made: Export): Job<ExportTrial> | null {
  return wizard.exportTrial?.of === nameOf(made) ? wizard.exportTrial.job : null;
}

/** One of another export is given up. Nothing happens without a credential, or where no plan can be made. */
export function startTrial(
  wizard: Wizard,
  snapshot: Snapshot,
  made: Export,
  login: LoginTokens | null,
): void {
  const given = givenTo(wizard, login);
  const plan = given && planOfExport(snapshot, made, given);
  if (!given || !plan?.ok) return;
  wizard.exportTrial?.job.cancel();
  const job = startJob((signal) => tryPlan(plan.value, given, wizard.host.env, signal));
  wizard.exportTrial = { of: nameOf(made), job };
}

async function tryPlan(
  plan: Plan,
  given: GivenCredential,
  env: Wizard["host"]["env"],
  signal: AbortSignal,
): Promise<ExportTrial> {
  const judgement = await judgePlan(plan, env, signal);
  if (judgement.kind === "objects" || signal.aborted) return { judgement, rehearsal: null };
  const secret = given.kind === "key" ? given.secret : given.login.accessToken;
  return { judgement, rehearsal: await rehearse(plan, { kind: given.kind, secret }, env, signal) };
}

function givenTo(wizard: Wizard, login: LoginTokens | null): GivenCredential | null {
  if (wizard.auth === "chatgpt") return login && { kind: "login", login };
  const key = givenKey(wizard);
  return key && { kind: "key", secret: key.value };
}

function nameOf({ engine, release, config }: Export): string {
  return JSON.stringify([engine, release, config]);
}
