/** Classifies why a command of OpenClaw gave no answer, from its output. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import { refusalIn, sentenceOf } from "@/lib/openclaw/command/refusal";
import type { RunResult } from "@/lib/openclaw/command/run";
import type { RefusalCode } from "@/lib/openclaw/releases/refusals";
import { redact, redactEnd } from "@/lib/secrets/redact";

export type CommandFailureCode =
  | "not-started"
  | "timed-out"
  | "cancelled"
  | "no-such-command"
  | "node-unsupported"
  /** Every command fails with this config. */
  | "config-invalid"
  /** Commands fail until `openclaw doctor --fix` migrates an old credential file. */
  | "migration-required"
  | "no-credential"
  | "unknown-agent"
  /** The release does not list the model (2026.2.9 reports this only for a turn). */
  | "unknown-model"
  | "provider-off"
  /** The config blocks a secret that it refers to. */
  | "secret-not-read"
  /** 2026.9.6 runs no turn while a gateway uses the state directory. */
  | "gateway-running"
  /** A newer release has written data that this one cannot read. */
  | "newer-state"
  | "port-taken"
  | "gateway-refused"
  /** It succeeded without a readable answer. */
  | "no-answer"
  | "failed";

export interface CommandFailure {
  readonly code: CommandFailureCode;
  /** The sentence that states the cause, without secrets; "" if there is none. */
  readonly sentence: string;
  /** The message of OpenClaw or the system, without secrets; at most 2000 characters. */
  readonly detail: string;
  readonly exitCode: number | null;
}

export interface TurnFailure extends Omit<CommandFailure, "code"> {
  /** `model-refused`: the provider's message is not in the table. */
  readonly code: CommandFailureCode | RefusalCode | "model-refused";
}

const ErrorAnswer = z.object({
  ok: z.literal(false),
  error: z.union([
    z.object({ message: z.string() }).transform(({ message }) => message),
    z.string(),
  ]),
});

/** The first match counts. Seen in 2026.2.9, 2026.4.15, 2026.7.1 and 2026.9.6. */
const SIGNS: ReadonlyArray<readonly [RegExp, CommandFailureCode]> = [
  [/requires Node >=|^openclaw: (?:Node |this Bun)/im, "node-unsupported"],
  [
    /unknown (?:command|option) '|does not know the command|does not recognize option|has no command "/i,
    "no-such-command",
  ],
  [/uses newer schema version|was (?:written|created) by a newer OpenClaw/i, "newer-state"],
  [/A Gateway is running for this state directory/, "gateway-running"],
  [/AUTH_PROFILE_MIGRATION_REQUIRED|requires legacy credential migration/, "migration-required"],
  [/^(?:Config invalid|Invalid config at)|JSON5: |JSON5 parse failed/im, "config-invalid"],
  [/No API key found for provider|No route-compatible authentication/, "no-credential"],
  [
    /is not allowlisted in secrets\.providers|Secret provider "[^"]*" is not configured|failed to resolve secrets|SecretRefResolutionError/i,
    "secret-not-read",
  ],
  [/Port \d+ is already in use|EADDRINUSE|another gateway instance is already/i, "port-taken"],
  [/gateway token mismatch|unauthorized: gateway|device token mismatch/i, "gateway-refused"],
  [/Unknown agent id/, "unknown-agent"],
  [/Unknown model: /, "unknown-model"],
];

const LONGEST_DETAIL = 2000;

export function failureOf(run: RunResult, secrets: readonly string[]): CommandFailure {
  const failure = (code: CommandFailureCode, detail: string, sentence = ""): CommandFailure => ({
    code,
    sentence: redact(sentence, secrets),
    detail: redactEnd(detail, secrets, LONGEST_DETAIL),
    exitCode: run.code,
  });
  if (run.startError) return failure("not-started", run.startError.detail);
  if (run.aborted) return failure("cancelled", "");
  if (run.timedOut) return failure("timed-out", lastWords(run));
  const message = findJson([run.stdout, run.stderr], ErrorAnswer)?.error;
  const words = message ?? (lastWords(run) || silentEnd(run));
  const everything = `${message ?? ""}\n${run.stderr}\n${run.stdout}`;
  const sign = SIGNS.find(([pattern]) => pattern.test(everything));
  const code = sign?.[1] ?? (run.code === 0 ? "no-answer" : "failed");
  const line = everything.split("\n").find((one) => (sign?.[0] ?? ERROR_LINE).test(one));
  return failure(code, words, sentenceOf(message?.split("\n")[0] ?? line ?? ""));
}

export function failureInLog(log: string, secrets: readonly string[]): CommandFailure {
  const run = { code: 1, signal: null, stdout: "", stderr: log, truncated: false, durationMs: 0 };
  return failureOf(
    { ...run, timedOut: false, aborted: false, startError: null, args: [] },
    secrets,
  );
}

const ERROR_LINE = /^(?:\[[^\]]*\] )?(?:Gateway \w+ blocked: )?(?:Reason|Error|\w*Error): /u;

/** Includes refusals by the provider. `answer` replaced the reply and is read before the log. */
export function turnFailureOf(
  run: RunResult,
  secrets: readonly string[],
  answer: string | null = null,
): TurnFailure {
  const failure = failureOf(run, secrets);
  const isOpen = answer !== null || ["failed", "no-answer", "timed-out"].includes(failure.code);
  if (!isOpen) return failure;
  const said = answer ?? findJson([run.stdout, run.stderr], ErrorAnswer)?.error ?? "";
  const refusal = refusalIn([said, run.stderr, run.stdout]);
  const detail = answer === null ? failure.detail : redactEnd(answer, secrets, LONGEST_DETAIL);
  if (refusal) {
    const sentence = redact(refusal.sentence, secrets);
    return { ...failure, code: refusal.code, sentence, detail };
  }
  if (answer === null) return failure;
  const sentence = redact(sentenceOf(answer.split("\n")[0] ?? ""), secrets);
  return { ...failure, code: "model-refused", sentence, detail };
}

/** The details of a command that said nothing. */
function silentEnd({ code, signal }: RunResult): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}

function lastWords(run: RunResult): string {
  return run.stderr.trim() || run.stdout.trim();
}
