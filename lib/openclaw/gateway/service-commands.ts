/** Runs OpenClaw's commands for its gateway's service, if the machine has a service manager. */

import { userInfo } from "node:os";
import path from "node:path";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import type { Environment } from "@/lib/openclaw/places/home";
import { err, ok, type Result } from "@/lib/result";
import { runProcess } from "@/lib/system/run-process";

/** Available since 2026.2.9. */
export type ServiceCommand = "install" | "reinstall" | "start" | "restart" | "uninstall";

/** A restart waits for running work, for which 2026.9.6 allows 315 s. */
const COMMAND_MS = 8 * 60_000;

export async function runServiceCommand(
  runner: Runner,
  command: ServiceCommand,
  { signal, secrets }: { readonly signal: AbortSignal; readonly secrets: readonly string[] },
): Promise<Result<null, CommandFailure>> {
  const args = command === "reinstall" ? ["install", "--force"] : [command];
  const run = await runOpenClaw(runner, ["gateway", ...args], { timeoutMs: COMMAND_MS, signal });
  const isWell = run.code === 0 && !run.timedOut && !run.aborted && !run.startError;
  return isWell ? ok(null) : err(failureOf(run, secrets));
}

/** OpenClaw installs no service for other state directories ("non-default state dir", 2026.9.6). */
export async function hasServiceManager(env: Environment, stateDir: string): Promise<boolean> {
  const home = userInfo().homedir;
  const isUsual =
    path.dirname(stateDir) === home && path.basename(stateDir).startsWith(".openclaw");
  if (!isUsual || (env["HOME"] ?? home) !== home) return false;
  const asked = MANAGERS[process.platform];
  if (asked === undefined) return false;
  const [program, ...args] = asked;
  const run = await runProcess(program, args, {
    env: passed(env),
    cwd: home,
    timeoutMs: 5_000,
    maxBytes: 64 * 1024,
  });
  return run.code === 0;
}

/** Questions that only a usable service manager answers. */
const MANAGERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  linux: ["systemctl", "--user", "show-environment"],
  darwin: ["launchctl", "print", `gui/${process.getuid?.() ?? 0}`],
};

function passed(env: Environment): Record<string, string> {
  const names = ["PATH", "HOME", "USER", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"];
  return Object.fromEntries(
    names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
}
