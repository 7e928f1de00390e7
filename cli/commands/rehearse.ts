/** `rehearse` runs the installed OpenClaw once on the planned files, without writing them. */

import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { rehearsalReport } from "@/cli/report/rehearsal-report";
import { rehearsalLines } from "@/cli/say/rehearsal-text";
import { doctored } from "@/cli/steps/doctored";
import { preparePlan } from "@/cli/steps/prepare-plan";
import { noteLine, onEnd } from "@/cli/terminal";
import { ok } from "@/lib/result";
import { forbids } from "@/lib/setup/verify/preflight";
import { speaksAgainst } from "@/lib/setup/verify/rehearsal/verdict";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { rehearsalOf } from "@/lib/visit/before-write/rehearsal";

export const rehearse: Command = async (options, terminal) => {
  const { words } = terminal;
  const prepared = await doctored(await preparePlan(options, terminal), options, terminal);
  if (!prepared.ok) return prepared;
  const { visit, plan, found } = prepared.value;
  const version = plan.snapshot.version ?? "";
  const judging = preflightOf(visit, plan);
  if (terminal.isInteractive) noteLine(terminal, words.preflight("asking", { version }));
  const job = rehearsalOf(visit, plan, null, judging);
  const cancel = () => {
    judging.cancel();
    job.cancel();
  };
  onEnd(terminal, cancel);
  await job.settled;
  const preflight = judging.result?.kind === "done" ? judging.result.value : null;
  const saw = job.result?.kind === "done" ? job.result.value : null;
  const isSkipped = job.cancelled || job.result?.kind !== "done";
  const isAgainst = forbids(preflight) || speaksAgainst(saw);
  const isShown = saw?.kind === "rehearsed";
  return ok({
    report: rehearsalReport(prepared.value, preflight, saw, words),
    lines: rehearsalLines({ plan, preflight, saw, isSkipped, version, found }, words),
    exit: isAgainst ? EXIT.objected : isShown ? EXIT.done : EXIT.unconfirmed,
  });
};
