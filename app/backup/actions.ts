"use server";

/** A key as backup of a subscription: only ever taken up because the person said so. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { keyWorks, offerKey } from "@/app/_server/key";
import { readSnapshot } from "@/app/_server/machine";
import { findKey } from "@/lib/setup/machine/found-key";
import type { Wizard } from "@/lib/visit/visit";

const nothing = z.object({});

export const submitBackupKey = action(
  z.object({ key: z.string().max(100_000) }),
  "/backup",
  async (wizard, { key }) => {
    // An empty field keeps the key that was given before, if it was not refused.
    if (key.trim() === "" && wizard.key) return settled(wizard, mayContinue(wizard));
    return offer(wizard, key);
  },
);

/** The person was asked about what they pasted, and wants it sent. */
export const confirmBackupKey = action(nothing, "/backup", async (wizard) => {
  const asked = wizard.keyQuestion;
  return asked ? offer(wizard, asked.text, true) : "/backup";
});

export const takeFoundKey = action(nothing, "/backup", async (wizard) => {
  const found = findKey(await readSnapshot(wizard));
  return found ? offer(wizard, found.value) : "/backup";
});

/** The key could not be proven, and the person takes it all the same. */
export const acceptBackup = action(nothing, "/backup", async (wizard) =>
  settled(wizard, mayContinue(wizard)),
);

export const cancelBackupCheck = action(nothing, "/backup", async (wizard) => {
  wizard.check?.cancel();
  await wizard.check?.settled;
  return "/backup";
});

export const dropBackup = action(nothing, "/review", async (wizard) => {
  wizard.backup = false;
  wizard.write = null;
  return "/review";
});

async function offer(wizard: Wizard, text: string, isConfirmed = false): Promise<string> {
  const job = await offerKey(wizard, text, isConfirmed);
  wizard.checkAwaited = job !== null && job.result === null;
  // The answer may come after this request; a key that was replaced meanwhile counts no more.
  void job?.settled.then(() => {
    if (wizard.check === job && keyWorks(job)) settled(wizard, true);
  });
  return settled(wizard, keyWorks(job));
}

function settled(wizard: Wizard, taken: boolean): "/review" | "/backup" {
  if (!taken) return "/backup";
  wizard.backup = true;
  wizard.write = null;
  return "/review";
}

function mayContinue(wizard: Wizard): boolean {
  const result = wizard.check?.result;
  if (!wizard.key || result === null) return false;
  return result === undefined || result.kind === "failed" || result.value.mayContinue;
}
