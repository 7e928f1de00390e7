"use server";

/** The form actions of the export: try the config with OpenClaw, or cancel that. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { addressOf, targetOf } from "@/app/export/_parts/target";
import { exportOf } from "@/lib/visit/export/export";
import { startTrial } from "@/lib/visit/export/trial";
import { currentLogin } from "@/lib/visit/login";
import { readSnapshot } from "@/lib/visit/machine";

const asked = z.object({ engine: z.string().max(100), release: z.string().max(100) });

export const tryExport = action(asked, "/export", async (visit, input) => {
  const target = targetOf(input);
  const snapshot = await readSnapshot(visit);
  const made = exportOf(visit, snapshot, target);
  if (made?.ok) startTrial(visit, snapshot, made.value, await currentLogin(visit));
  return addressOf(target);
});

export const endTrial = action(z.object({}), "/export", async (visit) => {
  visit.exportTrial?.job.cancel();
  return "/export";
});
