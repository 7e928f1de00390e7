/** OpenClaw's own commands for the service of its gateway, and whether this machine has a manager for one. */

import { userInfo } from "node:os";
import path from "node:path";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import type { Environment } from "@/lib/openclaw/places/home";
import { err, ok, type Result } from "@/lib/result";
import { runProcess } from "@/lib/system/run-process";

/** Every release since 2026.2.9 has them. */
export type ServiceCommand = "install" | "start" | "restart" | "uninstall";

/** A restart lets the work of the gateway end first: 2026.9.6 gives it 315 s. */
const COMMAND_MS = 8 * 60_000;

/** `openclaw gateway …`. */
export async function runServiceCommand(
  runner: Runner,
  command: ServiceCommand,
  { signal, secrets }: { readonly signal: AbortSignal; readonly secrets: readonly string[] },
): Promise<Result<null, CommandFailure>> {
  const run = await runOpenClaw(runner, ["gateway", command], { timeoutMs: COMMAND_MS, signal });
  const isWell = run.code === 0 && !run.timedOut && !run.aborted && !run.startError;
  return isWell ? ok(null) : err(failureOf(run, secrets));
}

/**
 * Whether a service of this person could keep a gateway of these files: a manager answers, and the files are where
 * the account has them. OpenClaw manages no service for others ("non-default state dir", 2026.9.6).
 */
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

/** A question that only a manager which takes services of this person answers. */
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
