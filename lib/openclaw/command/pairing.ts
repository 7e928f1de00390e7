/** OpenClaw lets somebody in who wrote to a channel, by the code that its bot gave them. */

import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { err, ok, type Result } from "@/lib/result";

/** Eight capital letters and digits (2026.2.9 to 2026.9.6); none of it is an option or a path. */
export const PAIRING_CODE = /^[A-Z0-9]{6,12}$/u;

const LIMIT_MS = 3 * 60_000;

/** The command, for a terminal too. */
export function pairingArgs(code: string): readonly string[] {
  return ["pairing", "approve", "telegram", code];
}

/** `openclaw pairing approve telegram …`; `code` as `PAIRING_CODE` has it. */
export async function approvePairing(
  runner: Runner,
  code: string,
  { signal, secrets }: { readonly signal: AbortSignal; readonly secrets: readonly string[] },
): Promise<Result<null, CommandFailure>> {
  const run = await runOpenClaw(runner, pairingArgs(code), { timeoutMs: LIMIT_MS, signal });
  const isWell = run.code === 0 && !run.timedOut && !run.aborted && !run.startError;
  return isWell ? ok(null) : err(failureOf(run, secrets));
}
