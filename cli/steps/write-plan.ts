/** Asks for consent, writes a prepared plan and verifies it, for keys and logins alike. */

import type { Answer } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { type ApplyReport, applyReport } from "@/cli/report/apply-report";
import { plannedOf } from "@/cli/report/plan-report";
import { isColoured } from "@/cli/say/colour";
import { ownSourceLines } from "@/cli/say/own-source-text";
import { planText } from "@/cli/say/plan-text";
import { verificationLines } from "@/cli/say/verification-text";
import { problemFailure, writeFailure } from "@/cli/say/write-refusal";
import { refusedLines } from "@/cli/steps/doctored";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import { askYes, noteLine, noteRaw, onEnd, type Terminal } from "@/cli/terminal";
import { err, ok, type Result } from "@/lib/result";
import { forbids, type Preflight } from "@/lib/setup/verify/preflight";
import { standingOf } from "@/lib/setup/verify/standing";
import type { Verification } from "@/lib/setup/verify/verify";
import { obstacleTo } from "@/lib/setup/write/write";
import type { Job } from "@/lib/system/job";
import { visible } from "@/lib/text/visible";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { machine } from "@/lib/visit/machine";
import type { Applied } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";
import { startWrite } from "@/lib/visit/write";

export async function writePrepared(
  prepared: PreparedPlan,
  command: ApplyReport["command"],
  options: Options,
  terminal: Terminal,
): Promise<Result<Answer, Failure>> {
  const { words } = terminal;
  const { plan, agreed, digest } = prepared;
  const planned = plannedOf(prepared, words);
  const none = { written: null, verification: null, standing: null } as const;
  const isAsked = agreed === null && !options.yes;
  const shown = planText(prepared, words, isColoured(terminal));
  if (agreed !== null && agreed !== digest) {
    return err(problemFailure({ kind: "changed", by: "file" }, words, "key"));
  }
  if (options["dry-run"]) {
    const report = applyReport({ command, outcome: "dry-run", plan: planned, ...none });
    return ok({ report, lines: [...shown, words.cli("dryRun")], exit: EXIT.done });
  }
  if (plan.files.length === 0 && plan.handOver === null && plan.agentFiles.length === 0) {
    const report = applyReport({ command, outcome: "unchanged", plan: planned, ...none });
    const lines = plan.unwritten.length > 0 ? shown : [words.review("nothing")];
    return ok({ report, lines, exit: EXIT.done });
  }
  const refusal = await refusalOf(prepared, terminal);
  if (refusal) return err(refusal);
  const { result } = preflightOf(prepared.visit, plan);
  const preflight = result?.kind === "done" ? result.value : null;
  for (const line of refusedLines(preflight, plan, words)) noteLine(terminal, line);
  if (isAsked) {
    const asked = await agreedTo(shown, terminal);
    if (!asked.ok) return asked;
  }
  return written(prepared, command, terminal);
}

/** Why the plan must not be written, checked before asking for consent. */
export async function refusalOf(
  { visit, plan, found }: PreparedPlan,
  terminal: Terminal,
): Promise<Failure | null> {
  const { words } = terminal;
  const { handOver, snapshot } = plan;
  const { handOver: h, olderInUse } = words;
  if (handOver !== null && snapshot.version === null) {
    const next = h("failure.not-installed.next");
    const what = h("failure.not-installed.title");
    return { code: "not-installed", exit: EXIT.notWritten, what, next };
  }
  if (found.newerWriter !== null && handOver?.how.kind === "import") {
    const names = { writer: found.newerWriter, used: snapshot.version ?? "" };
    const next = olderInUse("noDoctor");
    return {
      code: "older-in-use",
      exit: EXIT.objected,
      what: olderInUse("title", names),
      next,
    };
  }
  const obstacle = await obstacleTo(plan);
  if (obstacle) return writeFailure(obstacle, words, found.shown);
  const job = preflightOf(visit, plan);
  onEnd(terminal, () => job.cancel());
  await job.settled;
  const preflight = job.result?.kind === "done" ? job.result.value : null;
  return forbids(preflight) ? objection(preflight, snapshot.version ?? "", words) : null;
}

function objection(
  preflight: Preflight | null,
  version: string,
  { preflight: t }: Terminal["words"],
): Failure {
  const issues = preflight?.kind === "objects" ? preflight.ours : [];
  return {
    code: "objected",
    exit: EXIT.objected,
    what: t("ours", { version }),
    next: t("oursNext"),
    detail: issues.map(({ path, message }) => `${path}: ${message}`).join("\n"),
  };
}

async function agreedTo(
  shown: readonly string[],
  terminal: Terminal,
): Promise<Result<null, Failure>> {
  const { cli } = terminal.words;
  if (!terminal.isInteractive) {
    const next = cli("needsYesNext");
    return err({ code: "needs-yes", exit: EXIT.needsYes, what: cli("needsYes"), next });
  }
  for (const line of shown) noteRaw(terminal, line);
  if (await askYes(terminal, `\n${terminal.words.review("write")}?`)) return ok(null);
  return err({ code: "declined", exit: EXIT.needsYes, what: cli("declined"), next: "" });
}

/** Writes the plan, then verifies it. `andThen` runs after a successful write; `wait` shows each wait. */
export async function carriedOut(
  { visit, plan }: Pick<PreparedPlan, "visit" | "plan">,
  terminal: Terminal,
  andThen: ((visit: Visit) => void) | null = null,
  wait: (job: Job<void>) => Promise<void> = (job) => job.settled,
): Promise<Result<Applied, Failure>> {
  const { words } = terminal;
  await startWrite(visit, plan.digest, andThen);
  const begun = visit.outcome;
  if (begun.kind === "writing") {
    onEnd(terminal, begun.job.cancel);
    await wait(begun.job);
  }
  const { outcome } = visit;
  if (outcome.kind === "idle") {
    const problem = outcome.problem ?? { kind: "changed", by: "file" };
    return err(problemFailure(problem, words, visit.auth === "chatgpt" ? "login" : "key"));
  }
  if (outcome.kind !== "applied") throw new Error(`a write that ended as ${outcome.kind}`);
  return ok(outcome);
}

async function written(
  prepared: PreparedPlan,
  command: ApplyReport["command"],
  terminal: Terminal,
): Promise<Result<Answer, Failure>> {
  const { words } = terminal;
  const planned = plannedOf(prepared, words);
  const done = await carriedOut(prepared, terminal);
  if (!done.ok) return done;
  const outcome = done.value;
  if (terminal.isInteractive) noteLine(terminal, words.done("verifying"));
  onEnd(terminal, outcome.verification.cancel);
  await outcome.verification.settled;
  const { result } = outcome.verification;
  const verification = result?.kind === "done" ? result.value : null;
  const standing = await standingAfter(prepared, outcome, verification);
  return ok({
    report: applyReport({
      command,
      outcome: "written",
      plan: planned,
      written: outcome.written,
      verification,
      standing,
    }),
    lines: [
      words.done("written"),
      ...outcome.written.transaction.files.map(({ path }) => `  ${visible(path)}`),
      ...verificationLines(verification, outcome.chosen, words, prepared.found.named),
      ...ownSourceLines(prepared.plan, words, isColoured(terminal)),
    ],
    exit: isConfirmed(verification) ? EXIT.done : EXIT.unconfirmed,
  });
}

async function standingAfter(
  { visit }: PreparedPlan,
  { chosen }: Applied,
  verification: Verification | null,
) {
  const { gateway } = await machine(visit);
  const { writtenAt } = chosen;
  return standingOf({ verification, reply: null, replyFailed: false, gateway, writtenAt });
}

/** Without OpenClaw, nothing can contradict the plan. */
export function isConfirmed(verification: Verification | null): boolean {
  if (verification?.kind === "not-installed") return true;
  if (verification?.kind !== "answered") return false;
  const { valid, verdict, differences } = verification;
  return valid !== false && verdict !== "unusable" && differences.length === 0;
}
