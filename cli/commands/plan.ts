/** `plan` shows what would be written. */

import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { planReport } from "@/cli/report/plan-report";
import { isColoured } from "@/cli/say/colour";
import { planText } from "@/cli/say/plan-text";
import { doctored } from "@/cli/steps/doctored";
import { preparePlan } from "@/cli/steps/prepare-plan";
import { ok } from "@/lib/result";

export const plan: Command = async (options, terminal) => {
  const prepared = await doctored(await preparePlan(options, terminal), options, terminal);
  if (!prepared.ok) return prepared;
  const { words } = terminal;
  return ok({
    report: planReport(prepared.value, words),
    lines: planText(prepared.value, words, isColoured(terminal)),
    exit: EXIT.done,
  });
};
