"use server";

/** What the forms of the last page do. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { cancelLaunch as endLaunch, startLaunch } from "@/lib/visit/gateway";
import {
  askForReply as ask,
  cancelAsking as endAsking,
  cancelWrite as endWrite,
  forgetBackups as forget,
  startUndo,
  verifyAgain as verify,
} from "@/lib/visit/write";

const nothing = z.object({});

export const undo = action(nothing, "/done", async (wizard) => {
  await startUndo(wizard);
  return "/done";
});

/** The page says what it means. */
export const forgetBackups = action(nothing, "/done", async (wizard) => {
  await forget(wizard);
  return "/done";
});

export const verifyAgain = action(nothing, "/done", async (wizard) => {
  verify(wizard);
  return "/done";
});

export const askForReply = action(
  z.object({ extent: z.enum(["words", "turn"]).optional() }),
  "/done",
  async (wizard, { extent = "words" }) => {
    ask(wizard, extent);
    return "/done";
  },
);

export const cancelAsking = action(nothing, "/done", async (wizard) => {
  await endAsking(wizard);
  return "/done";
});

/** The page of the write says what is put back, and leads to the review after that. */
export const cancelWrite = action(nothing, "/done", async (wizard) => {
  await endWrite(wizard);
  return "/done";
});

/** `alone`: without a service, even where one could be installed. */
export const launchGateway = action(
  z.object({ alone: z.literal("yes").optional() }),
  "/done",
  async (wizard, { alone }) => {
    startLaunch(wizard, alone === "yes");
    return "/done";
  },
);

export const cancelLaunch = action(nothing, "/done", async (wizard) => {
  await endLaunch(wizard);
  return "/done";
});
