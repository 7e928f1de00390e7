"use server";

/** The form actions of the phone page: a token for the review, a code for OpenClaw. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { settledWithin } from "@/lib/system/job";
import { letPhoneIn, offerBotToken } from "@/lib/visit/later/phone";

export const submitToken = action(
  z.object({ token: z.string().max(10_000) }),
  "/phone",
  async (visit, { token }) => (offerBotToken(visit, token) ? "/review" : "/phone"),
);

export const submitCode = action(
  z.object({ code: z.string().max(100) }),
  "/phone",
  async (visit, { code }) => {
    await letPhoneIn(visit, code);
    return "/phone";
  },
);

export const stopPairing = action(z.object({}), "/phone", async (visit) => {
  visit.pairing?.cancel();
  if (visit.pairing) await settledWithin(visit.pairing);
  return "/phone";
});
