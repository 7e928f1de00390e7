/** Starts the gateway after a write, requests a reply, and opens the dashboard. */

import { askDashboard } from "@/lib/openclaw/gateway/dashboard";
import { ownGateway, stopOwnGateway } from "@/lib/openclaw/gateway/session";
import type { Environment } from "@/lib/openclaw/places/home";
import { err } from "@/lib/result";
import { foreseenWay, newLaunch, runLaunch } from "@/lib/setup/launch/launch";
import { stopStarted } from "@/lib/setup/launch/take-back";
import type { Launch } from "@/lib/setup/launch/types";
import type { LaunchWay } from "@/lib/setup/launch/way";
import { answersHere, gatewayState } from "@/lib/setup/machine/gateway";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { prepare } from "@/lib/setup/verify/verify";
import { settledWithin, startJob } from "@/lib/system/job";
import { readSnapshot, secretsHere } from "@/lib/visit/machine";
import type { Applied } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";
import { askForReply } from "@/lib/visit/write";

/** Once OpenClaw accepts the write; then requests an inexpensive reply. `alone` avoids installing a service. */
export function startLaunch(visit: Visit, alone = false): void {
  const { outcome } = visit;
  if (outcome.kind !== "applied" || outcome.launch?.job.result === null) return;
  outcome.reply?.cancel();
  const launch = newLaunch();
  // An undo must still end what an earlier attempt started.
  launch.made = outcome.launch?.launch.made ?? outcome.ended;
  const job = startJob((signal) => carryOut(visit, outcome, launch, alone, signal));
  visit.outcome = { ...outcome, reply: null, launch: { job, launch } };
}

async function carryOut(
  visit: Visit,
  applied: Applied,
  launch: Launch,
  alone: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { verification } = applied;
  await Promise.race([verification.settled, aborted(signal)]);
  if (signal.aborted || !isAccepted(applied)) return;
  const { host } = visit;
  const secrets = await secretsHere(visit);
  const context = { env: host.env, profile: host.profile, secrets, signal };
  await runLaunch(launch, context, alone);
  if (signal.aborted) return stopStarted(launch);
  if (!launch.isReady) return;
  const { era } = await readSnapshot(visit);
  const isCheap = era.commands.inferModelRun !== "none";
  if (isCheap || applied.chosen.credential.kind === "login") askForReply(visit, "words");
}

/** A gateway would refuse what OpenClaw refuses. */
function isAccepted({ verification }: Applied): boolean {
  const { result } = verification;
  const value = result?.kind === "done" ? result.value : null;
  return value?.kind === "answered" && value.valid !== false && value.verdict !== "unusable";
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Ends what it started; a gateway that ran before keeps running. */
export async function cancelLaunch({ outcome }: Visit): Promise<void> {
  if (outcome.kind !== "applied" || !outcome.launch) return;
  outcome.launch.job.cancel();
  await settledWithin(outcome.launch.job);
}

/** Ends the gateway that this program started, and keeps its setup. */
export async function stopOurGateway(visit: Visit): Promise<void> {
  await cancelLaunch(visit);
  const { stateDir } = await readSnapshot(visit);
  const own = ownGateway(stateDir);
  if (own) await stopOwnGateway(own);
}

/** Opens the dashboard, unless that is in progress; an earlier address is dropped. */
export function startOpening(visit: Visit): void {
  if (visit.opening?.result === null) return;
  visit.opening = startJob(async (signal) => {
    const { env, profile } = visit.host;
    const ready = await prepare(env, profile);
    if ("kind" in ready) return err({ code: "no-gateway" });
    const gateway = await gatewayState({ ...ready, env }, signal);
    if (!answersHere(gateway)) return err({ code: "no-gateway" });
    const secrets = await secretsHere(visit);
    return askDashboard(ready.runner, gateway.port, { signal, secrets });
  });
}

/** Returns the address once. */
export function takeAddress(visit: Visit): string | null {
  const { opening } = visit;
  const result = opening?.result?.kind === "done" ? opening.result.value : null;
  if (!result?.ok) return null;
  visit.opening = null;
  return result.value.url;
}

export function cancelOpening(visit: Visit): void {
  visit.opening?.cancel();
  visit.opening = null;
}

/** Null if the gateway cannot be started after the write. */
export async function wayAfterWrite(
  env: Environment,
  { gateway, installed, node, snapshot }: MachineView,
): Promise<Exclude<LaunchWay, { kind: "blocked" }> | null> {
  if (!installed || node === null || node.state === "none-fits") return null;
  const way = await foreseenWay(env, snapshot.stateDir, gateway);
  return way === null || way.kind === "blocked" ? null : way;
}
