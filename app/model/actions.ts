"use server";

/** The form actions of the model page. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import { parseModelRef } from "@/lib/setup/model-ref";
import { choicesChanged } from "@/lib/visit/outcome";

export const chooseModel = action(
  z.object({ model: z.string().max(500).optional(), other: z.string().max(500).optional() }),
  "/model",
  async (visit, { model, other }) => {
    const wanted = parseModelRef(other?.trim() || model || "");
    if (!wanted.ok) {
      visit.modelRefusal = wanted.error.code;
      return "/model";
    }
    visit.modelRefusal = null;
    visit.model = wanted.value.ref;
    visit.telegram = null;
    choicesChanged(visit);
    return "/review";
  },
);

/** The first page then shows the update's plan. */
export const offerUpdate = action(z.object({}), "/model", async (visit) => {
  visit.lacksModels = true;
  return "/";
});

/** The questions continue in the background, and their answers count later. */
export const skipReading = action(z.object({}), "/model", async (visit) => {
  visit.readingSkipped = true;
  return "/model";
});
