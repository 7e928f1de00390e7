"use server";

/** The form actions of the last page. */

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

export const undo = action(nothing, "/done", async (visit) => {
  await startUndo(visit);
  return "/done";
});

/** The page explains the consequences. */
export const forgetBackups = action(nothing, "/done", async (visit) => {
  await forget(visit);
  return "/done";
});

export const verifyAgain = action(nothing, "/done", async (visit) => {
  verify(visit);
  return "/done";
});

export const askForReply = action(
  z.object({ extent: z.enum(["words", "turn"]).optional() }),
  "/done",
  async (visit, { extent = "words" }) => {
    ask(visit, extent);
    return "/done";
  },
);

export const cancelAsking = action(nothing, "/done", async (visit) => {
  await endAsking(visit);
  return "/done";
});

/** The write's page says what is restored, then leads to the review. */
export const cancelWrite = action(nothing, "/done", async (visit) => {
  await endWrite(visit);
  return "/done";
});

/** `alone` avoids installing a service. */
export const launchGateway = action(
  z.object({ alone: z.literal("yes").optional() }),
  "/done",
  async (visit, { alone }) => {
    startLaunch(visit, alone === "yes");
    return "/done";
  },
);

export const cancelLaunch = action(nothing, "/done", async (visit) => {
  await endLaunch(visit);
  return "/done";
});
