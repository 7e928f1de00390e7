/** `status` shows what is here, and what OpenClaw says about it. */

import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { statusReport } from "@/cli/report/machine-report";
import { machineText } from "@/cli/say/machine-text";
import { verificationLines } from "@/cli/say/verification-text";
import { whoLines } from "@/cli/say/who-text";
import { examine } from "@/cli/steps/examine";
import { ok } from "@/lib/result";
import { whoAnswers } from "@/lib/setup/verify/who-answers";

export const status: Command = async (options, terminal) => {
  const { words } = terminal;
  const examined = await examine(options, terminal);
  const { facts, problems } = machineText(examined.found, words);
  const { verification, last } = examined;
  const said =
    verification === null || verification.kind === "not-installed"
      ? []
      : [
          "",
          words.done("verifyTitle"),
          ...verificationLines(verification, null, words, examined.found.named),
        ];
  const who = whoLines(whoAnswers(examined.found, verification), examined.found, words);
  const lines = [
    ...facts,
    ...problems,
    ...(who.length > 0 ? ["", ...who] : []),
    ...(last ? [words.cli("lastWrite", { at: last.at })] : []),
    ...said,
  ];
  return ok({ report: statusReport(examined), lines, exit: EXIT.done });
};
