"use server";

/** What the forms of the key's page do. */

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

export const submitKey = action(
  z.object({ key: z.string().max(100_000) }),
  "/key",
  async (wizard, { key }) => {
    wizard.auth = "api-key";
    // An empty field keeps the key that was given before.
    if (key.trim() === "" && givenKey(wizard)) return "/model";
    return keyWorks(await offerKey(wizard, key)) ? "/model" : "/key";
  },
);

export const confirmKey = action(nothing, "/key", async (wizard) =>
  keyWorks(await confirm(wizard)) ? "/model" : "/key",
);

export const cancelCheck = action(nothing, "/key", async (wizard) => {
  await cancelKeyCheck(wizard);
  return "/key";
});

export const forgetKey = action(nothing, "/key", async (wizard) => {
  forget(wizard);
  return "/key";
});
