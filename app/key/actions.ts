"use server";

/** The form actions of the key page. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import {
  cancelKeyCheck,
  confirmKey as confirm,
  forgetKey as forget,
  keyWorks,
  offerKey,
} from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";

const nothing = z.object({});

/** Goes on once the key works; a page that still waits does so itself. */
function afterOffer(check: Awaited<ReturnType<typeof offerKey>>) {
  if (keyWorks(check)) return "/model";
  return check?.result === null ? "/key?checking" : "/key";
}

export const submitKey = action(
  z.object({ key: z.string().max(100_000) }),
  "/key",
  async (visit, { key }) => {
    visit.auth = "api-key";
    const given = givenKey(visit);
    // An empty field keeps the earlier key, and checks it again if it was not proven.
    const text = key.trim() === "" && given ? given.value : key;
    if (text === given?.value && keyWorks(given.check)) return "/model";
    const isConfirmed = text === given?.value;
    return afterOffer(await offerKey(visit, text, isConfirmed));
  },
);

export const confirmKey = action(nothing, "/key", async (visit) =>
  afterOffer(await confirm(visit)),
);

export const cancelCheck = action(nothing, "/key", async (visit) => {
  await cancelKeyCheck(visit);
  return "/key";
});

export const forgetKey = action(nothing, "/key", async (visit) => {
  forget(visit);
  return "/key";
});
