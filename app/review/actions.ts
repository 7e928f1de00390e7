"use server";

/** The forms beside the plan: the rehearsal, and a repair that it calls for. */

import { z } from "zod";
import { action } from "@/app/_server/action";

const nothing = z.object({});

export const skipRehearsal = action(nothing, "/review", async (wizard) => {
  wizard.rehearsal?.job.cancel();
  return "/review";
});

export const rehearseAgain = action(nothing, "/review", async (wizard) => {
  wizard.rehearsal?.job.cancel();
  wizard.rehearsal = null;
  return "/review";
});

export const takeRepair = action(
  z.object({ id: z.string() }),
  "/review",
  async (wizard, { id }) => {
    wizard.declined = wizard.declined.filter((one) => one !== id);
    wizard.accepted = [...new Set([...wizard.accepted, id])];
    wizard.write = null;
    return "/review";
  },
);
