/** `apply` writes the plan after the user's consent. */

import type { Command } from "@/cli/command";
import { doctored } from "@/cli/steps/doctored";
import { preparePlan } from "@/cli/steps/prepare-plan";
import { mendCutOff } from "@/cli/steps/recovery";
import { writePrepared } from "@/cli/steps/write-plan";

export const apply: Command = async (options, terminal) => {
  if (!options["dry-run"]) await mendCutOff(options, terminal);
  const prepared = await doctored(await preparePlan(options, terminal), options, terminal);
  if (!prepared.ok) return prepared;
  return writePrepared(prepared.value, "apply", options, terminal);
};
