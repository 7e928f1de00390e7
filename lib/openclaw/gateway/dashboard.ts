/** The way into the dashboard: a link of OpenClaw's own that signs a browser in, once. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { err, ok, type Result } from "@/lib/result";

export interface Dashboard {
  /** Secret where it signs in; whoever has it first is let in, within ten minutes. */
  readonly url: string;
  /** Else the page asks for the gateway's token. */
  readonly signsIn: boolean;
}

/** `url` beside it holds the shared token for good, and is never used. */
const Answer = z.object({
  ok: z.literal(true),
  browserUrl: z.url({ protocol: /^https?$/u }),
});

/** 2026.9.6 took 36 s on a busy machine. */
const LIMIT_MS = 3 * 60_000;

/** `openclaw dashboard --json`; a release without it (2026.7.1) has its page at the gateway's address. */
export async function askDashboard(
  runner: Runner,
  port: number,
  { signal, secrets }: { readonly signal: AbortSignal; readonly secrets: readonly string[] },
): Promise<Result<Dashboard, CommandFailure>> {
  const run = await runOpenClaw(runner, ["dashboard", "--json"], { timeoutMs: LIMIT_MS, signal });
  const answer = run.code === 0 ? findJson([run.stdout], Answer) : null;
  if (answer) return ok({ url: answer.browserUrl, signsIn: true });
  const failure = failureOf(run, secrets);
  return failure.code === "no-such-command"
    ? ok({ url: `http://127.0.0.1:${port}/`, signsIn: false })
    : err(failure);
}
