/** Asks a command for its release when no `package.json` is readable. */

import type { Environment } from "@/lib/openclaw/places/home";
import type { FoundCommand, InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { runEnvironment } from "@/lib/openclaw/program/environment";
import { runProcess } from "@/lib/system/run-process";

export interface AskOptions {
  readonly cwd: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Takes at most 5 seconds (0.1 s on 2026.9.6, 2.5 s on 2026.2.9). Null without a release in the answer. */
export async function askVersion(
  command: FoundCommand,
  env: Environment,
  options: AskOptions,
): Promise<InstalledOpenClaw | null> {
  const answer = await runProcess(command.path, ["--version"], {
    env: runEnvironment(env),
    cwd: options.cwd,
    timeoutMs: options.timeoutMs ?? 5_000,
    maxBytes: 64 * 1024,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  if (answer.code !== 0) return null;
  const version = versionIn(answer.stdout);
  if (version === null) return null;
  return {
    version,
    command,
    entry: { kind: "program", path: command.path },
    packageDir: null,
    needsNode: null,
    ownNode: null,
  };
}

/** "2026.2.9" (2026.2.9) or "OpenClaw 2026.9.6 (1a2b3c4)" (2026.9.6), possibly among log lines. */
export function versionIn(output: string): string | null {
  return (
    /(?:^|\s)v?(20\d\d\.\d{1,2}\.\d{1,3}(?:-[0-9A-Za-z.]+)?)(?=\s|$)/m.exec(output)?.[1] ?? null
  );
}
