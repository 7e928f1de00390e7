/** Follows the gateway's start step by step, and its first answer. */

import { replyLines } from "@/cli/say/reply-text";
import { answerOf, type Talk } from "@/cli/talk/common";
import { onEnd } from "@/cli/terminal";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import type { LaunchStep } from "@/lib/setup/launch/types";
import { isLaunchObstacle } from "@/lib/setup/launch/way";
import { isOlderThanWrite } from "@/lib/setup/verify/standing";
import { onChange } from "@/lib/system/job";
import { visibleText } from "@/lib/text/visible";
import { cancelLaunch, startLaunch } from "@/lib/visit/gateway";
import { machine } from "@/lib/visit/machine";
import type { VisitLaunch } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

/** Waits for the answer, unless the user stops waiting. */
export async function followLaunch(visit: Visit, one: Talk): Promise<void> {
  const { asker, terminal } = one;
  const { launch: t, cli } = terminal.words;
  onEnd(terminal, () => void cancelLaunch(visit));
  for (;;) {
    const launch = launchOf(visit);
    if (launch === null) return;
    await followSteps(launch, one);
    if (terminal.signal.aborted) return launch.job.settled;
    const failed = launch.launch.steps.find(({ failure }) => failure !== null);
    if (!failed) return followReply(visit, one);
    await sayFailed(failed, visit, one);
    // Without a service, the gateway can still be started directly.
    const isAlone = failed.name === "install";
    const next = await asker.choose(
      cli("talk.next"),
      [
        { value: "again" as const, name: t(isAlone ? "alone" : "again") },
        { value: "end" as const, name: cli("talk.end") },
      ],
      isAlone ? "again" : "end",
    );
    if (next !== "again") return;
    startLaunch(visit, isAlone);
  }
}

function launchOf({ outcome }: Visit): VisitLaunch | null {
  return outcome.kind === "applied" ? outcome.launch : null;
}

async function followSteps({ job, launch }: VisitLaunch, { asker, terminal }: Talk): Promise<void> {
  const { launch: t } = terminal.words;
  for (let at = 0; ; at += 1) {
    await until(() => launch.steps.length > at || job.result !== null);
    const step = launch.steps[at];
    if (step === undefined) return;
    await asker.wait({
      what: t(`doing.${step.name}`),
      settled: until(() => step.endedAt !== null || job.result !== null),
    });
    if (step.endedAt !== null && step.failure === null) asker.say([t(`done.${step.name}`)]);
  }
}

async function until(isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const stop = onChange(() => {
      if (!isSo()) return;
      stop();
      resolve();
    });
  });
}

async function sayFailed({ name, failure }: LaunchStep, visit: Visit, { asker, terminal }: Talk) {
  if (failure === null) return;
  const { launch: t, done } = terminal.words;
  const { gateway } = await machine(visit);
  const port = gateway.kind === "here" ? String(gateway.port) : "";
  const { code, sentence, detail } = failure;
  asker.say([
    `! ${t(`failed.${name}`)}`,
    `  ${isLaunchObstacle(code) ? t(`obstacle.${code}`, { port }) : done(`failure.${code}`)}`,
    ...[sentence, detail]
      .flatMap((text) => text.split("\n"))
      .filter(Boolean)
      .map((line) => `  ${visibleText(line)}`),
  ]);
}

/** The launch itself asks where that is inexpensive. */
async function followReply(visit: Visit, { asker, terminal }: Talk): Promise<void> {
  const { words, signal } = terminal;
  const { outcome } = visit;
  if (outcome.kind !== "applied" || outcome.reply === null) return;
  const { reply, verification, chosen } = outcome;
  onEnd(terminal, reply.cancel);
  await asker.wait({ what: words.launch("doing.ask"), settled: reply.settled });
  if (signal.aborted) return;
  const { gateway, snapshot, named } = await machine(visit);
  const hasServiceKey = snapshot.serviceVariables.some(({ name }) => name === KEY_VARIABLE);
  const told = {
    verification: answerOf(verification),
    chosen,
    isFresh: !hasServiceKey && !isOlderThanWrite({ gateway, writtenAt: chosen.writtenAt }),
    named,
  };
  const answer = answerOf(reply);
  asker.say(["", ...replyLines(answer, told, words)]);
}
