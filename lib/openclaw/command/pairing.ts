/** Approves a sender of a channel in OpenClaw by the code that its bot sent. */

import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { err, ok, type Result } from "@/lib/result";

/** Eight capital letters and digits (2026.2.9 to 2026.9.6), so never an option or path. */
export const PAIRING_CODE = /^[A-Z0-9]{6,12}$/u;

const LIMIT_MS = 3 * 60_000;

export function pairingArgs(code: string): readonly string[] {
  return ["pairing", "approve", "telegram", code];
}

/** Runs `openclaw pairing approve telegram …`; `code` must match `PAIRING_CODE`. */
export async function approvePairing(
  runner: Runner,
  code: string,
  { signal, secrets }: { readonly signal: AbortSignal; readonly secrets: readonly string[] },
): Promise<Result<null, CommandFailure>> {
  const run = await runOpenClaw(runner, pairingArgs(code), { timeoutMs: LIMIT_MS, signal });
  const isWell = run.code === 0 && !run.timedOut && !run.aborted && !run.startError;
  return isWell ? ok(null) : err(failureOf(run, secrets));
}
