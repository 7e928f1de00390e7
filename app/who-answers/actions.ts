"use server";

/** The form actions of "Who answers and who pays": questions, and ways into the usual steps. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { settledWithin } from "@/lib/system/job";
import { keyWorks } from "@/lib/visit/key";
import {
  askForAnswer,
  askForLimits,
  askWhoAgain,
  endWho,
  putKeyFirst,
} from "@/lib/visit/later/who";
import { machine } from "@/lib/visit/machine";

const PAGE = "/who-answers";
const nothing = z.object({});

export const askAgain = action(nothing, PAGE, async (visit) => {
  askWhoAgain(visit);
  return PAGE;
});

export const askAnswer = action(nothing, PAGE, async (visit) => {
  askForAnswer(visit, await machine(visit));
  return PAGE;
});

export const askLimits = action(nothing, PAGE, async (visit) => {
  askForLimits(visit, await machine(visit));
  return PAGE;
});

export const stopAsking = action(nothing, PAGE, async (visit) => {
  await settledWithin({ settled: endWho(visit) });
  return PAGE;
});

/** Checks a key found here like a pasted one, then leads to the model and the review. */
export const useFoundKey = action(nothing, PAGE, async (visit) => {
  const check = await putKeyFirst(visit);
  if (keyWorks(check)) return "/model";
  return check?.result === null ? "/key?checking" : "/key";
});

export const changeTo = action(
  z.object({ auth: z.enum(["api-key", "chatgpt"]) }),
  PAGE,
  async (visit, { auth }) => {
    visit.auth = auth;
    visit.telegram = null;
    visit.model = null;
    return auth === "chatgpt" ? "/sign-in" : "/key";
  },
);
