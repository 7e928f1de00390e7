/** Runs the installed OpenClaw on the files that were found for it. */

import path from "node:path";
import type { Environment } from "@/lib/openclaw/places/home";
import type { StateLocation } from "@/lib/openclaw/places/types";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { runEnvironment } from "@/lib/openclaw/program/environment";
import { isInstallationUnfinished } from "@/lib/openclaw/program/own-installation";
import { makeWorkingFolder, removePrivateFolder } from "@/lib/system/private-folder";
import { type ProcessResult, runProcess } from "@/lib/system/run-process";

export interface Runner {
  readonly installed: Pick<InstalledOpenClaw, "entry">;
  readonly node: { readonly path: string } | null;
  readonly location: Pick<StateLocation, "profile" | "variables">;
  /** The user's environment; only listed names are passed on. */
  readonly env: Environment;
  readonly referenced?: ReadonlySet<string>;
}

export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly stdin?: string;
  readonly env?: Environment;
  readonly maxBytes?: number;
  readonly onStart?: (pid: number) => void;
  readonly cwd?: string;
}

export interface RunResult extends ProcessResult {
  readonly args: readonly string[];
}

/**
 * Never rejects. Ends the process group on `signal`, unless OpenClaw is finishing its installation.
 * It runs in an empty directory, because 2026.2.9 reads keys from a local `.env`.
 */
export async function runOpenClaw(
  runner: Runner,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const start = startOf(runner, args, options.env);
  const { kind, path: entry } = runner.installed.entry;
  // Killing it while it installs itself would break every later command.
  const mayEnd = !(kind === "script" && isInstallationUnfinished(path.dirname(entry)));
  const signal = mayEnd || options.signal?.aborted ? options.signal : undefined;
  const cwd = options.cwd ?? (await makeWorkingFolder());
  try {
    const result = await runProcess(start.program, start.args, {
      env: start.env,
      cwd,
      timeoutMs: options.timeoutMs,
      ...(signal ? { signal } : {}),
      ...(options.onStart ? { onStart: options.onStart } : {}),
      ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
      ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    });
    return { ...result, args: start.given };
  } finally {
    if (!options.cwd) await removePrivateFolder(cwd);
  }
}

export interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly given: readonly string[];
}

/** The program, arguments and environment of `openclaw …args`. Pure. */
export function startOf(runner: Runner, args: readonly string[], over: Environment = {}): Start {
  const { location, installed, node } = runner;
  const given = [...(location.profile === null ? [] : ["--profile", location.profile]), ...args];
  const { kind, path: entry } = installed.entry;
  const script = kind === "script" && node !== null ? node.path : null;
  const env = runEnvironment(runner.env, runner.referenced, {
    ...location.variables,
    ...(script === null ? {} : withNodeFirst(runner.env, script)),
    ...over,
  });
  return script === null
    ? { program: entry, args: given, env, given }
    : { program: script, args: [entry, ...given], env, given };
}

/** Makes OpenClaw's own `node` children use the same Node. */
function withNodeFirst(env: Environment, node: string): Record<string, string> {
  const dirs = [path.dirname(node), ...(env["PATH"] ?? "").split(path.delimiter)];
  return { PATH: dirs.filter((dir) => dir !== "").join(path.delimiter) };
}
