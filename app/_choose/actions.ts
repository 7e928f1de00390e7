"use server";

/** What the form of the first page does. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import { NEWEST_RELEASE, targetReleaseSchema } from "@/lib/setup/machine/target-release";
import { stopOurGateway } from "@/lib/visit/gateway";
import { cancelInstall, startInstall, undoInstall } from "@/lib/visit/install";
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

/** The page has shown what it does. */
export const installOpenClaw = action(
  z.object({ release: targetReleaseSchema.optional() }),
  "/",
  async (wizard, { release }) => {
    await startInstall(wizard, release ?? null);
    return "/";
  },
);

export const stopInstall = action(z.object({}), "/", async (wizard) => {
  await cancelInstall(wizard);
  return "/";
});

export const removeInstalled = action(z.object({}), "/", async (wizard) => {
  await undoInstall(wizard);
  return "/";
});
