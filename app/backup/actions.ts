"use server";

/** The form actions of the backup page. */

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
import type { Visit } from "@/lib/visit/visit";

const nothing = z.object({});

/** Goes on once the key works; a page that still waits does so itself. */
function afterOffer(visit: Visit) {
  const check = givenKey(visit)?.check ?? null;
  if (keyWorks(check)) return "/review";
  return check?.result === null ? "/backup?checking" : "/backup";
}

export const submitBackupKey = action(
  z.object({ key: z.string().max(100_000) }),
  "/backup",
  async (visit, { key }) => {
    // An empty field keeps an accepted key.
    if (key.trim() === "" && givenKey(visit)) return taken(visit);
    await offerBackup(visit, key);
    return afterOffer(visit);
  },
);

export const confirmBackupKey = action(nothing, "/backup", async (visit) => {
  await confirmBackup(visit);
  return afterOffer(visit);
});

export const takeFoundKey = action(nothing, "/backup", async (visit) => {
  await offerFoundKey(visit);
  return afterOffer(visit);
});

export const acceptBackup = action(nothing, "/backup", async (visit) => taken(visit));

export const cancelBackupCheck = action(nothing, "/backup", async (visit) => {
  await cancelKeyCheck(visit);
  return "/backup";
});

export const dropBackup = action(nothing, "/review", async (visit) => {
  drop(visit);
  return "/review";
});

function taken(visit: Visit): "/review" | "/backup" {
  accept(visit);
  return mayUseKey(visit) ? "/review" : "/backup";
}
