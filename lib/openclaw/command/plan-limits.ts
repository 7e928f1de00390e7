/** Reads a subscription's remaining limits, which `openclaw status --usage` gets from the provider. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { err, ok, type Result } from "@/lib/result";
import { redact } from "@/lib/secrets/redact";

export interface PlanWindow {
  /** The release's own short labels, such as "5h" or "Week". */
  readonly label: string;
  /** 0 to 100. */
  readonly usedPercent: number;
  /** In milliseconds since 1970; null if unknown. */
  readonly resetAt: number | null;
}

export interface PlanLimits {
  /** Such as "plus" or "pro"; "" if unknown. */
  readonly plan: string;
  readonly windows: readonly PlanWindow[];
  /** The release's reason for a missing answer, or "". */
  readonly error: string;
}

/** Of the year 9999; a later one may be no date at all. */
const LAST_MOMENT = 253_402_300_799_999;

const Snapshot = z.object({
  provider: z.string(),
  plan: z.string().max(200).catch(""),
  error: z.string().catch(""),
  windows: z
    .array(
      z.object({
        label: z.string().max(40),
        usedPercent: z.number().min(0).max(100),
        resetAt: z.number().positive().max(LAST_MOMENT).nullable().catch(null),
      }),
    )
    .max(20)
    .catch([]),
});
const Answer = z.object({ usage: z.object({ providers: z.array(Snapshot) }) });

/** Without a network 2026.9.6 gave up after 85 s on a busy machine. */
const LIMIT_MS = 4 * 60_000;

/** OpenClaw sends one request with its login. Null if it names no OpenAI login. */
export async function askPlanLimits(
  runner: Runner,
  { signal, secrets }: { readonly signal: AbortSignal; readonly secrets: readonly string[] },
): Promise<Result<PlanLimits | null, CommandFailure>> {
  const run = await runOpenClaw(runner, ["status", "--usage", "--json"], {
    timeoutMs: LIMIT_MS,
    signal,
  });
  const answer = run.code === 0 ? findJson([run.stdout, run.stderr], Answer) : null;
  if (!answer) return err(failureOf(run, secrets));
  const own = answer.usage.providers.find(({ provider }) => OPENAI_PROVIDERS.includes(provider));
  if (!own) return ok(null);
  const { plan, windows, error } = own;
  return ok({ plan, windows, error: redact(error, secrets) });
}
