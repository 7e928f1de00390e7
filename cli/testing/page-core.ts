/** What the page does with a key and choices, without the page: the same visit, in this process. */

import { createInstance } from "@/lib/door/instance";
import type { Environment } from "@/lib/openclaw/places/home";
import { type Answers, takeAnswers } from "@/lib/visit/choices/answers";
import { offeredModels } from "@/lib/visit/choices/models";
import { offerKey } from "@/lib/visit/key";
import { machine } from "@/lib/visit/machine";
import { planOf } from "@/lib/visit/plan-for-visit";
import { newVisit } from "@/lib/visit/visit";
import { startWrite } from "@/lib/visit/write";

/** Throws where the page would not have written. */
export async function writeAsPage(env: Environment, answers: Answers, key: string): Promise<void> {
  const { signIn } = createInstance({ locale: null, profile: null });
  const visit = newVisit({ env, profile: null, signIn });
  takeAnswers(visit, answers);
  const check = await offerKey(visit, key);
  await check?.settled;
  const found = await machine(visit);
  visit.model ??= offeredModels(visit, found).proposed?.ref ?? null;
  const plan = planOf(visit, found.snapshot, null);
  if (!plan?.ok) throw new Error(`no plan: ${JSON.stringify(plan?.error)}`);
  await startWrite(visit, plan.value.digest);
  if (visit.outcome.kind === "writing") await visit.outcome.job.settled;
  const { outcome } = visit;
  if (outcome.kind !== "applied") throw new Error(`not written: ${JSON.stringify(outcome)}`);
  outcome.verification.cancel();
  await outcome.verification.settled;
}

/** Made anew by each visit for a gateway that has none. */
export function withoutToken(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replace(/"[0-9a-f]{48}"/u, '"TOKEN"')]),
  );
}
