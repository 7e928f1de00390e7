/** Takes a pasted key into the visit and has it checked; the same for every page that asks for one. */

import { readSnapshot } from "@/app/_server/machine";
import { cleanApiKey, questionIn } from "@/lib/openai/api-key";
import { nameOfAddress } from "@/lib/openai/base-url";
import { checkKeyByRoute, type RoutedKeyCheck } from "@/lib/openai/key-route";
import { keyRouteOf } from "@/lib/setup/machine/key-route";
import { type Job, settledWithin, startJob } from "@/lib/visit/job";
import type { Wizard } from "@/lib/visit/visit";

/**
 * Null when nothing was sent: the text cannot be a key, or looks like a secret of another service, and the visit
 * holds why; or OPENAI_BASE_URL is no address that can be used, which every page of the key says.
 * `isConfirmed`: the person was asked about it and wants it sent.
 */
export async function offerKey(
  wizard: Wizard,
  text: string,
  isConfirmed = false,
): Promise<Job<RoutedKeyCheck> | null> {
  wizard.check?.cancel();
  wizard.check = null;
  wizard.keyQuestion = null;
  const route = await keyRoute(wizard);
  if (!route.ok) {
    wizard.key = null;
    return null;
  }
  const cleaned = cleanApiKey(text);
  if (!cleaned.ok) {
    wizard.key = null;
    wizard.keyRefusal = cleaned.error;
    return null;
  }
  wizard.keyRefusal = null;
  // What goes to another server is that server's own key, whatever it looks like.
  const isOpenAi = nameOfAddress(route.value.baseUrl).startsWith("OpenAI");
  const question = isOpenAi ? questionIn(cleaned.value.notices) : null;
  if (question && !isConfirmed) {
    wizard.key = null;
    wizard.keyQuestion = { text: cleaned.value.key, question };
    return null;
  }
  wizard.key = { value: cleaned.value.key, notices: cleaned.value.notices };
  const job = startJob((signal) =>
    checkKeyByRoute(cleaned.value.key, route.value, { signal, env: process.env }),
  );
  wizard.check = job;
  await settledWithin(job);
  return job;
}

export function keyWorks(job: Job<RoutedKeyCheck> | null): boolean {
  return job?.result?.kind === "done" && job.result.value.kind === "works";
}

/** Where a key of this visit is sent, and as whom; or why OPENAI_BASE_URL cannot be used. */
export async function keyRoute(wizard: Pick<Wizard, "target">) {
  return keyRouteOf(await readSnapshot(wizard), process.env);
}
