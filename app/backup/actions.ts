"use server";

/** What the forms of the backup's page do. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import {
  acceptBackup as accept,
  confirmBackup,
  dropBackup as drop,
  offerBackup,
  offerFoundKey,
} from "@/lib/visit/backup";
import { cancelKeyCheck, keyWorks, mayUseKey } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";
import type { Wizard } from "@/lib/visit/visit";

const nothing = z.object({});

const afterOffer = (wizard: Wizard) =>
  keyWorks(givenKey(wizard)?.check ?? null) ? "/review" : "/backup";

export const submitBackupKey = action(
  z.object({ key: z.string().max(100_000) }),
  "/backup",
  async (wizard, { key }) => {
    // An empty field keeps the key that was given before, if it was not refused.
    if (key.trim() === "" && givenKey(wizard)) return taken(wizard);
    await offerBackup(wizard, key);
    return afterOffer(wizard);
  },
);

export const confirmBackupKey = action(nothing, "/backup", async (wizard) => {
  await confirmBackup(wizard);
  return afterOffer(wizard);
});

export const takeFoundKey = action(nothing, "/backup", async (wizard) => {
  await offerFoundKey(wizard);
  return afterOffer(wizard);
});

export const acceptBackup = action(nothing, "/backup", async (wizard) => taken(wizard));

export const cancelBackupCheck = action(nothing, "/backup", async (wizard) => {
  await cancelKeyCheck(wizard);
  return "/backup";
});

export const dropBackup = action(nothing, "/review", async (wizard) => {
  drop(wizard);
  return "/review";
});

function taken(wizard: Wizard): "/review" | "/backup" {
  accept(wizard);
  return mayUseKey(wizard) ? "/review" : "/backup";
}
