/** Writes the plan, verifies it, starts the gateway, and offers the undo. */

import { EXIT, type ExitCode } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import { isColoured } from "@/cli/say/colour";
import { ownSourceLines } from "@/cli/say/own-source-text";
import { verificationLines } from "@/cli/say/verification-text";
import { writeFailure } from "@/cli/say/write-refusal";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import { carriedOut, isConfirmed } from "@/cli/steps/write-plan";
import { answerOf, sayFailure, type Talk } from "@/cli/talk/common";
import { followLaunch } from "@/cli/talk/launch";
import { onEnd } from "@/cli/terminal";
import { ok, type Result } from "@/lib/result";
import { obstacleTo } from "@/lib/setup/launch/way";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { isOlderThanWrite, STANDING_TITLES, standingOf } from "@/lib/setup/verify/standing";
import { tunnelCommand } from "@/lib/sign-in/tunnel";
import { surroundings } from "@/lib/system/surroundings.mjs";
import { visible } from "@/lib/text/visible";
import { startLaunch } from "@/lib/visit/gateway";
import { machine } from "@/lib/visit/machine";
import type { Applied } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";
import { startUndo } from "@/lib/visit/write";

/** Returns the exit code. After an error, nothing was written or the error says what is left. */
export async function writeAndFollow(
  prepared: PreparedPlan,
  isStarted: boolean,
  one: Talk,
): Promise<Result<ExitCode, Failure>> {
  const { visit } = prepared;
  const { asker, terminal } = one;
  const { done: t } = terminal.words;
  const what =
    prepared.plan.handOver === null
      ? t("writingFilesWhat")
      : t(prepared.plan.handOver.credential === "login" ? "writing" : "writingKey");
  asker.say([""]);
  const written = await carriedOut(prepared, terminal, isStarted ? startLaunch : null, (job) =>
    asker.wait({ what, settled: job.settled }),
  );
  if (!written.ok) return written;
  const paths = written.value.written.transaction.files.map(({ path }) => path);
  asker.say([t("written"), ...paths.map((path) => `  ${prepared.found.shown(path)}`)]);
  await asked(written.value, prepared.found, one);
  asker.say(ownSourceLines(prepared.plan, terminal.words, isColoured(terminal)));
  if (!terminal.signal.aborted && appliedOf(visit)?.launch) await followLaunch(visit, one);
  if (terminal.signal.aborted) return ok(stoppedAfter(one));
  await sayEnd(visit, one);
  return ok(await askEnd(visit, one));
}

function appliedOf({ outcome }: Visit): Applied | null {
  return outcome.kind === "applied" ? outcome : null;
}

async function asked(
  { verification, chosen }: Applied,
  { named }: Pick<MachineView, "named">,
  { asker, terminal }: Talk,
): Promise<void> {
  const { words, signal } = terminal;
  onEnd(terminal, verification.cancel);
  if (verification.result === null) {
    await asker.wait({ what: words.done("verifying"), settled: verification.settled });
  }
  if (signal.aborted) return;
  asker.say(verificationLines(answerOf(verification), chosen, words, named));
}

/** The title claims only what was seen; then come the next steps and the undo. */
async function sayEnd(visit: Visit, one: Talk): Promise<void> {
  const { asker, terminal } = one;
  const applied = appliedOf(visit);
  if (applied === null) return;
  const { done: t, cli, gateway: g, launch: l } = terminal.words;
  const { gateway, snapshot } = await machine(visit);
  const { writtenAt } = applied.chosen;
  const { launch, reply } = applied;
  const isFailed = launch !== null && !launch.launch.isReady;
  const standing = standingOf({
    verification: answerOf(applied.verification),
    reply: reply && answerOf(reply),
    replyFailed: reply?.result?.kind === "failed" || isFailed,
    gateway,
    writtenAt,
  });
  const command = `openclaw${snapshot.profile ? ` --profile ${snapshot.profile}` : ""}`;
  asker.say([""]);
  asker.title(t(STANDING_TITLES[standing]));
  asker.say([""]);
  if (gateway.kind === "here" && snapshot.version !== null) {
    const obstacle = obstacleTo(gateway);
    if (obstacle !== null) {
      asker.say([l("blocked"), l(`obstacle.${obstacle}`, { port: String(gateway.port) })]);
    } else if (!gateway.isRunning) {
      asker.say([t("nextGateway")]);
      asker.show([`  ${command} gateway run`]);
    } else if (isOlderThanWrite({ gateway, writtenAt })) {
      asker.say([g("running.after")]);
      asker.show([`  ${command} gateway restart`]);
    } else if (surroundings(terminal.env) === "ssh") {
      asker.say([t("nextTunnel")]);
      asker.show([`  ${tunnelCommand(terminal.env, [gateway.port])}`]);
    }
    asker.say([t("nextDashboard")]);
    asker.show([`  ${command} dashboard`]);
  }
  asker.say([
    cli("talk.undo", { command: undoCommand(one) }),
    ...(launch?.launch.made ? [cli("talk.undoGateway")] : []),
    "",
  ]);
}

async function askEnd(visit: Visit, one: Talk): Promise<ExitCode> {
  const { asker, terminal } = one;
  const { cli, done: t } = terminal.words;
  const applied = appliedOf(visit);
  const verification = applied ? answerOf(applied.verification) : null;
  const isStarted = applied?.launch == null || applied.launch.launch.isReady;
  const exit = isConfirmed(verification) && isStarted ? EXIT.done : EXIT.unconfirmed;
  const next = await asker.choose(
    cli("talk.next"),
    [
      { value: "end" as const, name: cli("talk.end") },
      { value: "undo" as const, name: t("undo"), about: [t("undoWhat")] },
    ],
    "end",
  );
  if (next === null) return stoppedAfter(one);
  return next === "end" ? exit : undone(visit, one);
}

async function undone(visit: Visit, one: Talk): Promise<ExitCode> {
  const { asker, terminal } = one;
  const { done: t } = terminal.words;
  await startUndo(visit);
  const { outcome } = visit;
  if (outcome.kind === "undoing") {
    await asker.wait({ what: t("takingBackWhat"), settled: outcome.job.settled });
  }
  const after = visit.outcome;
  if (after.kind !== "undone") {
    const refusal = after.kind === "applied" ? after.undoRefusal : null;
    if (refusal) sayFailure(one, writeFailure(refusal, terminal.words));
    return EXIT.notWritten;
  }
  const { gateway, undone: back } = after;
  asker.say([
    t(`titleUndone.${gateway ?? "files"}`),
    ...back.files.map((path) => `  ${visible(path)}`),
    ...(gateway ? [t(`undoneGateway.${gateway}`)] : []),
    ...(back.left ? [t("remainsSecrets")] : []),
  ]);
  return EXIT.done;
}

function stoppedAfter(one: Talk): ExitCode {
  const { asker, terminal } = one;
  const { cli } = terminal.words;
  asker.say(["", cli("talk.stopped"), cli("talk.undo", { command: undoCommand(one) })]);
  return EXIT.interrupted;
}

function undoCommand({ options }: Talk): string {
  return `openclaw-setup undo${options.profile ? ` --profile ${options.profile}` : ""}`;
}
