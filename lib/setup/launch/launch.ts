/** Starts or restarts the gateway after the write, and waits until it takes turns. */

import { homedir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { failureInLog } from "@/lib/openclaw/command/failure";
import { startOf } from "@/lib/openclaw/command/run";
import { environmentOf } from "@/lib/openclaw/gateway/environment-of";
import { probeGateway } from "@/lib/openclaw/gateway/probe";
import {
  hasServiceManager,
  runServiceCommand,
  type ServiceCommand,
} from "@/lib/openclaw/gateway/service-commands";
import { endProcess, isAlive, logOf, startOwnGateway } from "@/lib/openclaw/gateway/session";
import type { Environment } from "@/lib/openclaw/places/home";
import { err, ok, type Result } from "@/lib/result";
import { redactWords } from "@/lib/secrets/redact";
import type {
  Launch,
  LaunchContext,
  LaunchFailure,
  LaunchStep,
  Made,
} from "@/lib/setup/launch/types";
import { type LaunchObstacle, type LaunchWay, launchWay } from "@/lib/setup/launch/way";
import { type GatewayState, gatewayState } from "@/lib/setup/machine/gateway";
import { prepare, type Ready } from "@/lib/setup/verify/verify";
import { tellChange } from "@/lib/system/job";
import { identify } from "@/lib/system/process-identity";

/** 2026.9.6 took 82 s on a busy machine; a slower gateway hangs. */
const READY_MS = 6 * 60_000;
const EVERY_MS = 700;
/** The time for a running gateway to end its work. */
const END_MS = 90_000;

export function newLaunch(): Launch {
  return { steps: [], made: null, isReady: false };
}

export function isServiceMade(made: Made | null): boolean {
  return made !== null && made.kind !== "own" && made.kind !== "ended";
}

/** Null without OpenClaw, or for a remote gateway. */
export async function foreseenWay(
  env: Environment,
  stateDir: string,
  gateway: GatewayState,
): Promise<LaunchWay | null> {
  if (gateway.kind === "remote") return null;
  return launchWay(gateway, await hasServiceManager(env, stateDir));
}

/** A failed step ends it. `alone` avoids installing a service. */
export async function runLaunch(
  launch: Launch,
  context: LaunchContext,
  alone = false,
): Promise<void> {
  const ready = await prepare(context.env, context.profile);
  if ("kind" in ready) return;
  const gateway = await gatewayState({ ...ready, env: context.env }, context.signal);
  if (gateway.kind === "remote") return;
  const canInstall = !alone && (await hasServiceManager(context.env, ready.location.stateDir));
  const way = launchWay(gateway, canInstall);
  const since = Date.now();
  const done = await begin(launch, way, ready, context);
  if (!done) return;
  await step(launch, "ready", (own) =>
    waitReady(gateway.port, way.kind === "restart-service" ? since : 0, launch.made, context, own),
  );
  launch.isReady = launch.steps.at(-1)?.failure === null;
}

async function begin(
  launch: Launch,
  way: LaunchWay,
  ready: Ready,
  context: LaunchContext,
): Promise<boolean> {
  const service = (
    name: "install" | "restart" | "start",
    kind: "installed" | "restarted" | "started",
    command: ServiceCommand = name,
  ) =>
    step(launch, name, async () => {
      const run = await runServiceCommand(ready.runner, command, context);
      if (run.ok) launch.made = { kind };
      return run;
    });
  switch (way.kind) {
    case "blocked":
      return step(launch, "start", async () => err(obstacle(way.why)));
    case "install-service":
      if (launch.made?.kind === "ended") break;
      return service("install", "installed");
    case "restart-service":
      return service("restart", "restarted", restartOf(ready));
    case "start-service":
      return service("start", "started");
    case "replace":
      return step(launch, "replace", () => replace(launch, way.pid, ready, context));
    case "start":
      break;
  }
  const before = launch.made?.kind === "ended" ? launch.made.before : null;
  return step(launch, "start", async () => startNow(launch, ready, context, before));
}

async function replace(launch: Launch, pid: number, ready: Ready, context: LaunchContext) {
  const { made } = launch;
  // One that an earlier attempt started does not count as running before.
  const isOurs = made?.kind === "own" && made.gateway.process.pid === pid;
  const before = isOurs ? made.before : environmentOr(ready, pid);
  if (!(await endNow(pid))) return err(obstacle("not-ended"));
  return startNow(launch, ready, context, before);
}

function environmentOr({ runner }: Pick<Ready, "runner">, pid: number) {
  return environmentOf(pid) ?? startOf(runner, ["gateway", "run"]).env;
}

function endNow(pid: number): Promise<boolean> {
  return endProcess(identify(pid), { group: false, limitMs: END_MS, byForce: false });
}

/** For a write that needs the databases. Null without such a gateway, or if it does not end. */
export async function endForWrite(
  context: LaunchContext,
): Promise<Extract<Made, { kind: "ended" }> | null> {
  const ready = await prepare(context.env, context.profile);
  if ("kind" in ready) return null;
  const gateway = await gatewayState({ ...ready, env: context.env }, context.signal);
  const way = gateway.kind === "here" ? launchWay(gateway, false) : null;
  if (way?.kind !== "replace") return null;
  const before = environmentOr(ready, way.pid);
  return (await endNow(way.pid)) ? { kind: "ended", before } : null;
}

/** Reuses the environment of the gateway it replaces. */
export function startNow(
  launch: Launch,
  { runner, location }: Pick<Ready, "runner" | "location">,
  { env }: LaunchContext,
  before: Readonly<Record<string, string>> | null,
): Result<null, LaunchFailure> {
  try {
    const home = env["HOME"] || homedir();
    const gateway = startOwnGateway(runner, location.stateDir, home, before);
    launch.made = { kind: "own", gateway, before };
    return ok(null);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return err({ code: "not-started", sentence: "", detail, exitCode: null });
  }
}

/** Polls `/readyz` of a gateway started after `since`. */
export async function waitReady(
  port: number,
  since: number,
  made: Made | null,
  { secrets, signal }: LaunchContext,
  step: LaunchStep,
): Promise<Result<null, LaunchFailure>> {
  const own = made?.kind === "own" ? made.gateway : null;
  const failed = (code: "cancelled" | "timed-out") =>
    err({ code, sentence: "", detail: own ? lastLine(logOf(own), secrets) : "", exitCode: null });
  for (const end = Date.now() + READY_MS; Date.now() < end; ) {
    if (signal.aborted) return failed("cancelled");
    const line = own ? lastLine(logOf(own), secrets) : step.line;
    const isNew = line !== step.line;
    step.line = line;
    if (isNew) tellChange();
    if (own && !isAlive(own)) return err(failureInLog(logOf(own), secrets));
    const view = await probeGateway(port, signal);
    // A gateway that reports its start must have started later.
    if (view.isReady && (view.startedAt ?? since) >= since) return ok(null);
    await wait(EVERY_MS);
  }
  return failed("timed-out");
}

export function newStep(name: LaunchStep["name"]): LaunchStep {
  return { name, startedAt: Date.now(), endedAt: null, failure: null, line: "" };
}

async function step(
  launch: Launch,
  name: LaunchStep["name"],
  work: (step: LaunchStep) => Promise<Result<null, LaunchFailure>>,
): Promise<boolean> {
  const own = newStep(name);
  launch.steps = [...launch.steps, own];
  tellChange();
  const result = await work(own);
  own.endedAt = Date.now();
  if (!result.ok) own.failure = result.error;
  tellChange();
  return result.ok;
}

function obstacle(code: LaunchObstacle): LaunchFailure {
  return { code, sentence: "", detail: "" };
}

function lastLine(log: string, secrets: readonly string[]): string {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const line = (lines.at(-1) ?? "").replace(/^\d{4}-\d\d-\d\dT\S+\s+/u, "");
  return redactWords(line, secrets, 160);
}

/**
 * The command that gives a service's gateway the key of `.env`. Where the installer's own copy of it wins, a restart
 * keeps that copy (2026.7.1).
 */
export function restartOf({ era, managesKey }: Pick<Ready, "era" | "managesKey">): ServiceCommand {
  return era.credentials.managedServiceWins && managesKey ? "reinstall" : "restart";
}
