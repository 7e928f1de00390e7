"use server";

/** What the form of the model's page does. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import { parseModelRef } from "@/lib/setup/model-choices";
import { choicesChanged } from "@/lib/visit/outcome";

export const chooseModel = action(
  z.object({ model: z.string().max(500).optional(), other: z.string().max(500).optional() }),
  "/model",
  async (wizard, { model, other }) => {
    const wanted = parseModelRef(other?.trim() || model || "");
    if (!wanted.ok) {
      wizard.modelRefusal = wanted.error.code;
      return "/model";
    }
    wizard.modelRefusal = null;
    wizard.model = wanted.value.ref;
    choicesChanged(wizard);
    return "/review";
  },
);

/** It goes on in the background; what it tells counts from then on. */
export const skipReading = action(z.object({}), "/model", async (wizard) => {
  wizard.readingSkipped = true;
  return "/model";
});
