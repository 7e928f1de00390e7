/** `doctor` reports problems and their remedies without changing anything. */

import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { doctorReport, type Examined, type Finding } from "@/cli/report/machine-report";
import { machineText } from "@/cli/say/machine-text";
import { planFailure } from "@/cli/say/plan-refusal";
import { repairWords } from "@/cli/say/plan-text";
import { verificationLines } from "@/cli/say/verification-text";
import { examine } from "@/cli/steps/examine";
import type { Terminal } from "@/cli/terminal";
import { ok } from "@/lib/result";
import { findKey } from "@/lib/setup/machine/found-key";
import { planSetup } from "@/lib/setup/plan/plan";
import { shellCommand } from "@/lib/system/shell-words";
import { visible } from "@/lib/text/visible";

export const doctor: Command = async (options, terminal) => {
  const { words } = terminal;
  const examined = await examine(options, terminal);
  const { facts, problems } = machineText(examined.found, words);
  const findings = [
    ...problems.map((what) => ({ what, mend: null })),
    ...verdictFindings(examined, terminal),
    ...planFindings(examined, terminal),
  ];
  const lines = findings.flatMap(({ what, mend }) => [
    `! ${what}`,
    ...(mend === null
      ? []
      : [
          `  ${words.cli("mend", { command: shellCommand(["apply", "--accept", visible(mend)]) })}`,
        ]),
  ]);
  return ok({
    report: doctorReport(examined, findings),
    lines: [...facts, "", ...(findings.length === 0 ? [words.cli("nothingWrong")] : lines)],
    exit: findings.length === 0 ? EXIT.done : EXIT.found,
  });
};

function verdictFindings(
  { verification, found }: Examined,
  { words }: Terminal,
): readonly Finding[] {
  if (verification === null || verification.kind === "not-installed") return [];
  if (verification.kind !== "failed" && verification.kind !== "answered") return [];
  const isGood =
    verification.kind === "answered" &&
    verification.valid !== false &&
    verification.verdict === "usable";
  if (isGood) return [];
  return [
    { what: verificationLines(verification, null, words, found.named).join("\n  "), mend: null },
  ];
}

/** What a plan for the present key and model would repair. */
function planFindings({ found }: Examined, { words }: Terminal): readonly Finding[] {
  const { snapshot, shown, defaultModel, broken } = found;
  const key = findKey(snapshot);
  // An unreadable config is reported elsewhere.
  if (broken !== null || key === null || !defaultModel?.includes("/")) return [];
  const plan = planSetup(snapshot, {
    auth: "api-key",
    apiKey: key.value,
    model: defaultModel,
    otherDefault: "after",
    keyForm: null,
    declined: [],
    accepted: [],
    gatewayToken: "0".repeat(48),
  });
  if (!plan.ok) {
    const { what, next } = planFailure(plan.error, words, shown);
    return [{ what: `${what}. ${next}`, mend: null }];
  }
  return plan.value.repairs
    .filter(({ important }) => important)
    .map((repair) => ({
      what: repairWords(repair, words, found.named).join(" "),
      mend: repair.blocked === null ? repair.id : null,
    }));
}
