/** Gets OpenClaw's one-time link that signs a browser in to the dashboard. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { err, ok, type Result } from "@/lib/result";

export interface Dashboard {
  /** Secret if it signs in: whoever uses it first within ten minutes is let in. */
  readonly url: string;
  /** Otherwise the page asks for the gateway's token. */
  readonly signsIn: boolean;
}

/** Ignores `url`, which contains the permanent shared token. */
const Answer = z.object({
  ok: z.literal(true),
  browserUrl: z.url({ protocol: /^https?$/u }),
});

/** 2026.9.6 took 36 s on a busy machine. */
const LIMIT_MS = 3 * 60_000;

/** Runs `openclaw dashboard --json`; older releases (2026.7.1) serve the page at the gateway's address. */
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
