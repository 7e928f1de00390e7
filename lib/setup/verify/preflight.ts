/** Asks OpenClaw about the planned config, in a private home because even `config validate` creates a database. */

import type { ConfigIssue } from "@/lib/openclaw/command/commands";
import type { CommandFailure } from "@/lib/openclaw/command/failure";
import { agentIdOf } from "@/lib/openclaw/config/agents";
import type { Environment } from "@/lib/openclaw/places/home";
import { type TellStage, UNWATCHED } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { copyOf, validateCopy } from "@/lib/setup/verify/private-copy";
import { type Absence, prepare } from "@/lib/setup/verify/verify";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonObject, textAt, valueAt } from "@/lib/text/json5/value";

export type Preflight =
  | Absence
  | { readonly kind: "no-command" }
  | { readonly kind: "failed"; readonly failure: CommandFailure }
  | { readonly kind: "accepted" }
  | {
      readonly kind: "objects";
      /** Issues that only the change causes; they forbid writing. */
      readonly ours: readonly ConfigIssue[];
      readonly others: readonly ConfigIssue[];
    };

/** Validates the planned files, and after an objection the present ones for comparison. */
export async function runPreflight(
  plan: Plan,
  env: Environment,
  signal: AbortSignal,
  begin: TellStage = UNWATCHED,
): Promise<Preflight> {
  const ready = await prepare(env, plan.snapshot.profile);
  if ("kind" in ready) return ready;
  if (!ready.era.commands.configValidate) return { kind: "no-command" };
  begin("validate");
  const after = await validateCopy(plan, copyOf(plan, "after"), ready.runner, signal);
  if (!after.ok) return failed(after.error);
  if (after.value.length === 0) return { kind: "accepted" };
  const isSame = plan.files.every(({ role }) => role === "dotenv" || role === "backup");
  const isAsked = !isSame && plan.config.before !== null;
  if (isAsked) begin("validate-before");
  const before = !isAsked
    ? after
    : await validateCopy(plan, copyOf(plan, "before"), ready.runner, signal);
  if (!before.ok) return failed(before.error);
  const known = plan.config.before === null ? [] : before.value;
  const configs = [copyOf(plan, "before").value, copyOf(plan, "after").value];
  const isOurs = (issue: ConfigIssue) =>
    !known.some((one) => tellsOf(one, issue)) &&
    plan.edited.some((edited) =>
      configs.some((config) => meets(byAgent(config, edited), toldPath(config, issue.path))),
    );
  return {
    kind: "objects",
    ours: after.value.filter(isOurs),
    others: after.value.filter((issue) => !isOurs(issue)),
  };
}

export function forbids(preflight: Preflight | null): boolean {
  return preflight?.kind === "objects" && preflight.ours.length > 0;
}

export function questionOf(plan: Plan): string {
  const { snapshot, config } = plan;
  return JSON.stringify([snapshot.version, plan.digest, config.after, config.included]);
}

function failed(failure: CommandFailure): Preflight {
  return failure.code === "no-such-command" ? { kind: "no-command" } : { kind: "failed", failure };
}

/** Whether `known` covers `issue`; OpenClaw reports all unknown keys of one place together. */
function tellsOf(known: ConfigIssue, issue: ConfigIssue): boolean {
  if (known.path !== issue.path) return false;
  if (known.message === issue.message) return true;
  const [before, after] = [unknownKeys(known.message), unknownKeys(issue.message)];
  return after.length > 0 && after.every((name) => before.includes(name));
}

function unknownKeys(message: string): readonly string[] {
  const { names } = /^Unrecognized keys?: (?<names>".*")$/u.exec(message)?.groups ?? {};
  return names?.slice(1, -1).split('", "') ?? [];
}

function meets(own: string, told: string): boolean {
  return told === "" || own === told || own.startsWith(`${told}.`) || told.startsWith(`${own}.`);
}

/** Converts `a.b[0].c`, `a.b.0.c` or `<root>` to dots, with "" for the root. */
function toldPath(config: Json, issue: string): string {
  if (issue === "<root>") return "";
  const dotted = issue.replace(/\[["']?([^\]"']*)["']?\]/gu, ".$1");
  return byAgent(config, dotted.split("."));
}

/** 2026.8.1 and 2026.9.6 say `agents.entries.<id>` even for `agents.list`. */
function byAgent(config: Json, path: ConfigPath): string {
  const [first, kind, which, ...rest] = path;
  if (first !== "agents" || (kind !== "list" && kind !== "entries") || which === undefined) {
    return path.join(".");
  }
  const index = kind === "list" && /^\d+$/u.test(String(which)) ? Number(which) : null;
  const entries = valueAt(config, [first, "entries"]);
  const named =
    index === null
      ? null
      : (textAt(config, [first, kind, index, "id"]) ??
        (isJsonObject(entries) ? Object.keys(entries)[index] : null));
  return ["agents", "entries", agentIdOf(named ?? String(which)), ...rest].join(".");
}
