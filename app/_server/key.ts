/** Takes a pasted key into the visit and has it checked; the same for every page that asks for one. */

import { checkOptions } from "@/app/_server/machine";
import { cleanApiKey } from "@/lib/openai/api-key";
import { checkApiKey, type KeyCheck } from "@/lib/openai/check-key";
import { type Job, settledWithin, startJob } from "@/lib/visit/job";
import type { Wizard } from "@/lib/visit/visit";

/** Null when the text cannot be a key; the visit then holds why. */
export async function offerKey(wizard: Wizard, text: string): Promise<Job<KeyCheck> | null> {
  wizard.check?.cancel();
  wizard.check = null;
  const cleaned = cleanApiKey(text);
  if (!cleaned.ok) {
    wizard.key = null;
    wizard.keyRefusal = cleaned.error;
    return null;
  }
  wizard.keyRefusal = null;
  wizard.key = { value: cleaned.value.key, notices: cleaned.value.notices };
  const job = startJob((signal) => checkApiKey(cleaned.value.key, checkOptions(signal)));
  wizard.check = job;
  await settledWithin(job);
  return job;
}

export function keyWorks(job: Job<KeyCheck> | null): boolean {
  return job?.result?.kind === "done" && job.result.value.kind === "works";
}
