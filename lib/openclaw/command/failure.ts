/** Why a command of OpenClaw gave no answer, told apart by its own words. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import { refusalIn, sentenceOf } from "@/lib/openclaw/command/refusal";
import type { RunResult } from "@/lib/openclaw/command/run";
import type { RefusalCode } from "@/lib/openclaw/releases/refusals";
import { redact, redactEnd } from "@/lib/secrets/redact";

export type CommandFailureCode =
  /** The program could not be started; `detail` has the system's words. */
  | "not-started"
  | "timed-out"
  | "cancelled"
  /** This release has no such command or option. */
  | "no-such-command"
  /** The Node it was run with is not one it takes. */
  | "node-unsupported"
  /** The config does not validate, and then every command fails. */
  | "config-invalid"
  /** A credential file of an older release is in the way until `openclaw doctor --fix` has run. */
  | "migration-required"
  /** No credential for the model's provider, or none that fits its address. */
  | "no-credential"
  | "unknown-agent"
  /** The release's catalog does not have the model (2026.2.9 says so only when a turn is asked for). */
  | "unknown-model"
  /** The config shuts the model's provider off, so that the release knows no model of it. */
  | "provider-off"
  /** The config refers to a secret that it does not let OpenClaw read. */
  | "secret-not-read"
  /** A gateway runs on this state directory, and the release then takes no turn beside it (2026.9.6). */
  | "gateway-running"
  /** A newer release has written the data, and this one does not read it. */
  | "newer-state"
  /** Another program listens where the gateway would. */
  | "port-taken"
  /** The gateway does not let the command in: another token, or a browser it does not know. */
  | "gateway-refused"
  /** It ended without an error and without an answer that can be read. */
  | "no-answer"
  /** Any other error; `detail` has OpenClaw's words. */
  | "failed";

export interface CommandFailure {
  readonly code: CommandFailureCode;
  /** The one sentence of it that says why, without secrets; "" where none stands out. */
  readonly sentence: string;
  /** OpenClaw's or the system's own words, without secrets; at most 2000 characters. */
  readonly detail: string;
  readonly exitCode: number | null;
}

/** Why a turn gave no reply: the command's own failure, or what the provider refused. */
export interface TurnFailure extends Omit<CommandFailure, "code"> {
  /** `model-refused`: refused in words that are not in the table. */
  readonly code: CommandFailureCode | RefusalCode | "model-refused";
}

const ErrorAnswer = z.object({
  ok: z.literal(false),
  error: z.union([
    z.object({ message: z.string() }).transform(({ message }) => message),
    z.string(),
  ]),
});

/** First match counts. Words of 2026.2.9, 2026.4.15, 2026.7.1 and 2026.9.6. */
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

/** The failure behind a run that brought no answer. */
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
  const words = message ?? lastWords(run);
  const everything = `${message ?? ""}\n${run.stderr}\n${run.stdout}`;
  const sign = SIGNS.find(([pattern]) => pattern.test(everything));
  const code = sign?.[1] ?? (run.code === 0 ? "no-answer" : "failed");
  const line = everything.split("\n").find((one) => (sign?.[0] ?? ERROR_LINE).test(one));
  return failure(code, words, sentenceOf(message?.split("\n")[0] ?? line ?? ""));
}

/** The same for a process that has ended and of which only its log is there. */
export function failureInLog(log: string, secrets: readonly string[]): CommandFailure {
  const run = { code: 1, signal: null, stdout: "", stderr: log, truncated: false, durationMs: 0 };
  return failureOf(
    { ...run, timedOut: false, aborted: false, startError: null, args: [] },
    secrets,
  );
}

/** The line by which a command line says what went wrong. */
const ERROR_LINE = /^(?:\[[^\]]*\] )?(?:Reason|Error|\w*Error): /u;

/**
 * The same for a turn, where the provider may have refused. `answer`: what came in place of a reply, which
 * goes before the log; null where nothing did.
 */
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

/** Standard error, else standard output. */
function lastWords(run: RunResult): string {
  return run.stderr.trim() || run.stdout.trim();
}
