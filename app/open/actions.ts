"use server";

/** The form action that cancels the dashboard's link. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { cancelOpening } from "@/lib/visit/gateway";

export const stopOpening = action(z.object({}), "/done", async (visit) => {
  cancelOpening(visit);
  return "/done";
});
