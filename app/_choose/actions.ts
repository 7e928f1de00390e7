"use server";

/** The form actions of the first page. */

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
    // The button is in step zero, which shows what it does.
    install: z.literal("yes").optional(),
  }),
  "/",
  async (visit, { auth, target, install }) => {
    visit.auth = auth;
    visit.telegram = null;
    if (install) {
      await startInstall(visit, target ?? null);
      return "/";
    }
    // The preselected release is no choice; the config still decides.
    const usual = (await machine({ ...visit, target: null })).writer ?? NEWEST_RELEASE;
    visit.target = target === undefined ? visit.target : target === usual ? null : target;
    visit.model = null;
    return auth === "chatgpt" ? "/sign-in" : "/key";
  },
);

/** Stops the gateway that this program started, now or earlier. */
export const stopGateway = action(z.object({}), "/", async (visit) => {
  await stopOurGateway(visit);
  return "/";
});

export const stopInstall = action(z.object({}), "/", async (visit) => {
  await cancelInstall(visit);
  return "/";
});

export const removeInstalled = action(z.object({}), "/", async (visit) => {
  await undoInstall(visit);
  return "/";
});
