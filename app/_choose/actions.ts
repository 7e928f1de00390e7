"use server";

/** What the form of the first page does. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import { NEWEST_RELEASE, targetReleaseSchema } from "@/lib/setup/machine/target-release";
import { stopOurGateway } from "@/lib/visit/gateway";
import { machine } from "@/lib/visit/machine";

export const chooseAuth = action(
  z.object({
    auth: z.enum(["api-key", "chatgpt"]),
    target: targetReleaseSchema.optional(),
  }),
  "/",
  async (wizard, { auth, target }) => {
    wizard.auth = auth;
    // The one that stands there by itself is no choice: the config, or that there is none, goes on telling.
    const usual = (await machine({ ...wizard, target: null })).writer ?? NEWEST_RELEASE;
    wizard.target = target === undefined ? wizard.target : target === usual ? null : target;
    wizard.model = null;
    return auth === "chatgpt" ? "/sign-in" : "/key";
  },
);

/** The gateway that this program started, now or in an earlier start. */
export const stopGateway = action(z.object({}), "/", async (wizard) => {
  await stopOurGateway(wizard);
  return "/";
});
