/** Uses an API key as backup of a subscription, only at the user's request. */

import { findKey } from "@/lib/setup/machine/found-key";
import { confirmKey, keyWorks, mayUseKey, offerKey } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";
import { readSnapshot } from "@/lib/visit/machine";
import { choicesChanged } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

export async function offerBackup(visit: Visit, text: string): Promise<void> {
  await takenWhenItWorks(visit, () => offerKey(visit, text));
}

export async function confirmBackup(visit: Visit): Promise<void> {
  await takenWhenItWorks(visit, () => confirmKey(visit));
}

export async function offerFoundKey(visit: Visit): Promise<void> {
  const found = findKey(await readSnapshot(visit));
  if (found) await offerBackup(visit, found.value);
}

export function acceptBackup(visit: Visit): void {
  if (mayUseKey(visit)) take(visit, true);
}

export function dropBackup(visit: Visit): void {
  take(visit, false);
}

async function takenWhenItWorks(
  visit: Visit,
  offer: () => ReturnType<typeof offerKey>,
): Promise<void> {
  const job = await offer();
  if (keyWorks(job)) return take(visit, true);
  // A key that was replaced meanwhile no longer counts.
  void job?.settled.then(() => {
    if (givenKey(visit)?.check === job && keyWorks(job)) take(visit, true);
  });
}

function take(visit: Visit, asBackup: boolean): void {
  const key = givenKey(visit);
  if (key) visit.key = { ...key, asBackup };
  choicesChanged(visit);
}
