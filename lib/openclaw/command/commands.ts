/** Asks the installed OpenClaw about config, credentials and turns, in one shape for all releases. */

import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";
import {
  type CommandFailure,
  failureOf,
  type TurnFailure,
  turnFailureOf,
} from "@/lib/openclaw/command/failure";
import {
  type ModelsStatus,
  normaliseStatus,
  StatusAnswer,
} from "@/lib/openclaw/command/models-status";
import { type Runner, type RunResult, runOpenClaw } from "@/lib/openclaw/command/run";
import { outcomeOf, TurnAnswer, type TurnReply } from "@/lib/openclaw/command/turn";
import { err, ok, type Result } from "@/lib/result";
import { redact } from "@/lib/secrets/redact";

export interface CommandOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly secrets?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

export interface ConfigIssue {
  readonly path: string;
  readonly message: string;
}

export interface ConfigValidation {
  readonly valid: boolean;
  readonly path: string;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigIssue[];
  readonly missing: boolean;
}

/** On two cores, `config validate` takes 4.7 s, `models status` 3.5 s and a first turn 20 s. */
const CHECK_MS = 90_000;
/** Generous, since a small board needs minutes and the user can cancel. */
const TURN_MS = 10 * 60_000;

/** Each is compared with the config and searched for secrets. */
const MOST_ISSUES = 500;
const LONGEST_PATH = 1_000;
const LONGEST_MESSAGE = 8_000;

const issue = z.object({
  path: z.string().max(LONGEST_PATH).catch("<root>"),
  message: z.string().transform((text) => text.slice(0, LONGEST_MESSAGE)),
});
const issues = z
  .array(z.unknown())
  .transform((all) => all.slice(0, MOST_ISSUES).flatMap((one) => issue.safeParse(one).data ?? []))
  .catch([]);

const Validation = z.object({
  valid: z.boolean(),
  path: z.string().catch(""),
  issues,
  warnings: issues,
  error: z
    .union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])
    .optional()
    .catch(undefined),
});

/** 2026.2.9 lacks this command and yields `no-such-command`. */
export async function configValidate(
  runner: Runner,
  options: CommandOptions = {},
): Promise<Result<ConfigValidation, CommandFailure>> {
  const run = await ask(runner, ["config", "validate", "--json"], CHECK_MS, options);
  const answer = answerIn(run, Validation);
  if (answer === null) return err(failureOf(run, options.secrets ?? []));
  const clean = (list: readonly ConfigIssue[]) =>
    list.map(({ path, message }) => ({ path, message: redact(message, options.secrets) }));
  return ok({
    valid: answer.valid,
    path: answer.path,
    issues: clean(answer.issues),
    warnings: clean(answer.warnings),
    missing: !answer.valid && answer.error === "file not found",
  });
}

/** Asks `openclaw models status --json`. */
export async function modelsStatus(
  runner: Runner,
  options: CommandOptions = {},
): Promise<Result<ModelsStatus, CommandFailure>> {
  const run = await ask(runner, ["models", "status", "--json"], CHECK_MS, options);
  const answer = run.code === 0 ? answerIn(run, StatusAnswer) : null;
  return answer === null
    ? err(failureOf(run, options.secrets ?? []))
    : ok(normaliseStatus(answer, options.secrets ?? []));
}

const OrderAnswer = z.object({ order: z.array(z.string()).nullable() });
const ORDER = ["models", "auth", "order"];

/** Changes only an order set with `models auth order set`, which overrides the config's (2026.2.9, 2026.9.6). */
export async function leadToldOrder(
  runner: Runner,
  { provider, first, stored }: ToldOrder,
  options: CommandOptions = {},
): Promise<Result<null, CommandFailure>> {
  const whose = ["--provider", provider, "--agent", "main"];
  const asked = await ask(runner, [...ORDER, "get", ...whose, "--json"], CHECK_MS, options);
  const answer = asked.code === 0 ? answerIn(asked, OrderAnswer) : null;
  if (answer === null) return err(failureOf(asked, options.secrets ?? []));
  if (answer.order === null) return ok(null);
  // OpenClaw rejects an order with profiles that are no longer stored.
  const behind = answer.order.filter((id) => stored.includes(id) && !first.includes(id));
  const told = await ask(
    runner,
    [...ORDER, "set", ...whose, ...first, ...behind],
    CHECK_MS,
    options,
  );
  return told.code === 0 ? ok(null) : err(failureOf(told, options.secrets ?? []));
}

export interface ToldOrder {
  readonly provider: string;
  readonly first: readonly string[];
  readonly stored: readonly string[];
}

const ModelRun = z.object({
  ok: z.literal(true),
  provider: z.string().catch(""),
  model: z.string().catch(""),
  outputs: z.array(z.object({ text: z.string().nullish() })),
});

export function modelRunArgs(
  has: "default-agent" | "named-agent",
  message: string,
  { agent, by }: { readonly agent: string; readonly by: "local" | "gateway" },
): readonly string[] {
  const named = has === "named-agent" ? ["--agent", agent] : [];
  return ["infer", "model", "run", `--${by}`, ...named, `--prompt=${message}`, "--json"];
}

/** Sends one short, paid message to the model, without an agent's instructions. */
export async function modelRun(
  runner: Runner,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Result<TurnReply, TurnFailure>> {
  const secrets = options.secrets ?? [];
  const run = await ask(runner, args, TURN_MS, options);
  const answer = run.code === 0 ? answerIn(run, ModelRun) : null;
  const text =
    answer?.outputs
      .map((output) => output.text ?? "")
      .join("\n")
      .trim() ?? "";
  if (answer === null || text === "") return err(turnFailureOf(run, secrets));
  const { provider, model } = answer;
  return ok({
    text: redact(text, secrets),
    provider,
    model: model.startsWith(`${provider}/`) ? model : `${provider}/${model}`,
    ms: run.durationMs,
    requested: null,
    refused: [],
    besideGateway: null,
    credential: null,
  });
}

/** Sends one paid message to an agent, through the running gateway or with `--local`. */
export async function agentTurn(
  runner: Runner,
  message: string,
  options: CommandOptions & { readonly agent: string; readonly by?: "local" | "gateway" },
): Promise<Result<TurnReply, TurnFailure>> {
  const secrets = options.secrets ?? [];
  const way = options.by === "gateway" ? [] : ["--local"];
  const args = ["agent", ...way, "--agent", options.agent, `--message=${message}`, "--json"];
  const run = await ask(runner, args, TURN_MS, options);
  const answer = answerIn(run, TurnAnswer);
  if (answer === null) return err(turnFailureOf(run, secrets));
  const outcome = outcomeOf(answer, run.durationMs, run.stderr);
  if (outcome.kind === "error") return err(turnFailureOf(run, secrets, outcome.text));
  const { text, besideGateway } = outcome.reply;
  return ok({
    ...outcome.reply,
    text: redact(text, secrets),
    besideGateway: besideGateway === null ? null : redact(besideGateway, secrets),
  });
}

function ask(
  runner: Runner,
  args: readonly string[],
  timeoutMs: number,
  options: CommandOptions,
): Promise<RunResult> {
  return runOpenClaw(runner, args, {
    timeoutMs: options.timeoutMs ?? timeoutMs,
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.env ? { env: options.env } : {}),
    ...(options.cwd ? { cwd: options.cwd } : {}),
  });
}

function answerIn<T>(run: RunResult, schema: z.ZodType<T>): T | null {
  if (run.startError || run.timedOut || run.aborted) return null;
  return findJson([run.stdout, run.stderr], schema);
}
