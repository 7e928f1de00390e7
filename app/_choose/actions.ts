"use server";

/** What the form of the first page does. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import { targetReleaseSchema } from "@/lib/setup/machine/target-release";

export const chooseAuth = action(
  z.object({
    auth: z.enum(["api-key", "chatgpt"]),
    target: targetReleaseSchema.optional(),
  }),
  "/",
  async (wizard, { auth, target }) => {
    wizard.auth = auth;
    wizard.target = target ?? wizard.target;
    wizard.model = null;
    return auth === "chatgpt" ? "/sign-in" : "/key";
  },
);
