/** A key as backup of a subscription: only ever taken up because the person said so. */

import { findKey } from "@/lib/setup/machine/found-key";
import { confirmKey, keyWorks, mayUseKey, offerKey } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";
import { readSnapshot } from "@/lib/visit/machine";
import { choicesChanged } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

/** Takes a pasted key as backup. It counts once it is found to work, at once or later. */
export async function offerBackup(visit: Visit, text: string): Promise<void> {
  await takenWhenItWorks(visit, () => offerKey(visit, text));
}

/** The person was asked about what they pasted, and wants it sent. */
export async function confirmBackup(visit: Visit): Promise<void> {
  await takenWhenItWorks(visit, () => confirmKey(visit));
}

export async function offerFoundKey(visit: Visit): Promise<void> {
  const found = findKey(await readSnapshot(visit));
  if (found) await offerBackup(visit, found.value);
}

/** The key could not be proven, and the person takes it all the same. */
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
  // The answer may come after this request; a key that was replaced meanwhile counts no more.
  void job?.settled.then(() => {
    if (givenKey(visit)?.check === job && keyWorks(job)) take(visit, true);
  });
}

function take(visit: Visit, asBackup: boolean): void {
  const key = givenKey(visit);
  if (key) visit.key = { ...key, asBackup };
  choicesChanged(visit);
}
