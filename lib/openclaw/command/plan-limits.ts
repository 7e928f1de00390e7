/** What is left of a subscription's limits, as `openclaw status --usage` fetches it from the provider. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { err, ok, type Result } from "@/lib/result";
import { redact } from "@/lib/secrets/redact";

export interface PlanWindow {
  /** "5h", "Week", in the release's own short words. */
  readonly label: string;
  /** 0 to 100. */
  readonly usedPercent: number;
  /** Milliseconds since 1970; null where it is not told. */
  readonly resetAt: number | null;
}

export interface PlanLimits {
  /** "plus", "pro"; "" where it is not told. */
  readonly plan: string;
  readonly windows: readonly PlanWindow[];
  /** Why the provider told nothing, in the release's own words; "" where it did. */
  readonly error: string;
}

const Snapshot = z.object({
  provider: z.string(),
  plan: z.string().catch(""),
  error: z.string().catch(""),
  windows: z
    .array(
      z.object({
        label: z.string().max(40),
        usedPercent: z.number().min(0).max(100),
        resetAt: z.number().positive().nullable().catch(null),
      }),
    )
    .max(20)
    .catch([]),
});
const Answer = z.object({ usage: z.object({ providers: z.array(Snapshot) }) });

/** Without a network 2026.9.6 gave up after 85 s on a busy machine. */
const LIMIT_MS = 4 * 60_000;

/** One request to the service with the login that OpenClaw has. Null: OpenClaw names no login of OpenAI there. */
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
