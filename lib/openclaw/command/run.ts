/** Runs the installed OpenClaw over the very files that were found for it. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Environment } from "@/lib/openclaw/places/home";
import type { StateLocation } from "@/lib/openclaw/places/types";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { runEnvironment } from "@/lib/openclaw/program/environment";
import { isInstallationUnfinished } from "@/lib/openclaw/program/own-installation";
import { type ProcessResult, runProcess } from "@/lib/system/run-process";

/** An OpenClaw ready to be asked. */
export interface Runner {
  readonly installed: Pick<InstalledOpenClaw, "entry">;
  /** The Node for an entry that is a script; unused for a program. */
  readonly node: { readonly path: string } | null;
  readonly location: Pick<StateLocation, "profile" | "variables">;
  /** The person's environment; only the listed names of it are passed. */
  readonly env: Environment;
  /** Names the config refers to as `${NAME}`; see `variablesIn`. */
  readonly referenced?: ReadonlySet<string>;
}

export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly stdin?: string;
  /** Laid over the environment; undefined takes a variable away. */
  readonly env?: Environment;
  readonly maxBytes?: number;
  readonly onStart?: (pid: number) => void;
  /** An empty directory of the caller's; without one a new one is made and removed. */
  readonly cwd?: string;
}

export interface RunResult extends ProcessResult {
  /** The arguments as given to OpenClaw, the profile included. */
  readonly args: readonly string[];
}

/**
 * `openclaw …args`: no shell, at most 4 MiB of output, ended with all its children after `timeoutMs`
 * or on `signal`, which is not heeded while OpenClaw finishes its own installation. Always resolves. It runs in a new empty directory, so that no `.env` lying about
 * is read (2026.2.9 takes keys from the one where it is started); paths given relative in the
 * environment arrive absolute, and so mean the same as for the person.
 */
export async function runOpenClaw(
  runner: Runner,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const start = startOf(runner, args, options.env);
  const { kind, path: entry } = runner.installed.entry;
  // Cut off while it finishes its installation, no command of it would run any more.
  const mayEnd = !(kind === "script" && isInstallationUnfinished(path.dirname(entry)));
  const signal = mayEnd || options.signal?.aborted ? options.signal : undefined;
  const cwd = options.cwd ?? (await mkdtemp(path.join(tmpdir(), "openclaw-run-")));
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
    if (!options.cwd) await rm(cwd, { recursive: true, force: true, maxRetries: 3 });
  }
}

export interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The arguments as given to OpenClaw, the profile included. */
  readonly given: readonly string[];
}

/** How `openclaw …args` is started: which program, with which arguments and environment. Pure. */
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

/** What OpenClaw starts by the name `node` is then the Node it runs on itself. */
function withNodeFirst(env: Environment, node: string): Record<string, string> {
  const dirs = [path.dirname(node), ...(env["PATH"] ?? "").split(path.delimiter)];
  return { PATH: dirs.filter((dir) => dir !== "").join(path.delimiter) };
}
