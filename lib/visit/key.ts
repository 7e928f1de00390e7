/** Accepts, checks and forgets a visit's API key. */

import { cleanApiKey, questionIn } from "@/lib/openai/api-key";
import { nameOfAddress } from "@/lib/openai/base-url";
import { checkKeyByRoute, type RoutedKeyCheck } from "@/lib/openai/key-route";
import { keyRouteOf } from "@/lib/setup/machine/key-route";
import { type Job, settledWithin, startJob } from "@/lib/system/job";
import { givenKey, NO_KEY } from "@/lib/visit/key-state";
import { readSnapshot } from "@/lib/visit/machine";
import type { Visit } from "@/lib/visit/visit";

/**
 * Null if nothing was sent: the visit holds why, or OPENAI_BASE_URL is unusable.
 * `isConfirmed`: the user agreed to send a suspicious key.
 */
export async function offerKey(
  visit: Visit,
  text: string,
  isConfirmed = false,
): Promise<Job<RoutedKeyCheck> | null> {
  givenKey(visit)?.check.cancel();
  visit.key = NO_KEY;
  const route = await keyRoute(visit);
  if (!route.ok) return null;
  const cleaned = cleanApiKey(text);
  if (!cleaned.ok) {
    visit.key = { kind: "refused", refusal: cleaned.error };
    return null;
  }
  const { key: value, notices } = cleaned.value;
  // Another server has its own kind of key.
  const isOpenAi = nameOfAddress(route.value.baseUrl).startsWith("OpenAI");
  const question = isOpenAi ? questionIn(notices) : null;
  if (question && !isConfirmed) {
    visit.key = { kind: "asked", text: value, question };
    return null;
  }
  const { env } = visit.host;
  const check = startJob((signal) => checkKeyByRoute(value, route.value, { signal, env }));
  visit.key = { kind: "given", value, notices, check, asBackup: false };
  await settledWithin(check);
  return check;
}

/** Sends a key that looked like another service's secret; null if none waits. */
export async function confirmKey(visit: Visit): Promise<Job<RoutedKeyCheck> | null> {
  return visit.key.kind === "asked" ? offerKey(visit, visit.key.text, true) : null;
}

export async function cancelKeyCheck(visit: Visit): Promise<void> {
  const check = givenKey(visit)?.check;
  check?.cancel();
  await check?.settled;
}

export function forgetKey(visit: Visit): void {
  givenKey(visit)?.check.cancel();
  visit.key = NO_KEY;
}

export function keyWorks(job: Job<RoutedKeyCheck> | null): boolean {
  return job?.result?.kind === "done" && job.result.value.kind === "works";
}

/** A key that could not be checked may be used. */
export function mayUseKey(visit: Visit): boolean {
  const result = givenKey(visit)?.check.result ?? null;
  return result !== null && (result.kind === "failed" || result.value.mayContinue);
}

/** The key's address and account, or why OPENAI_BASE_URL is unusable. */
export async function keyRoute(visit: Pick<Visit, "host" | "target">) {
  return keyRouteOf(await readSnapshot(visit), visit.host.env);
}
