/**
 * Before anything is written: what the installed OpenClaw says of the config as it would be. It is asked
 * over a private copy in a private home, since even `config validate` makes a database where it looks;
 * the person's own files are neither read nor written by it.
 */

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type ConfigIssue, configValidate } from "@/lib/openclaw/command/commands";
import type { CommandFailure } from "@/lib/openclaw/command/failure";
import type { Runner } from "@/lib/openclaw/command/run";
import { agentIdOf } from "@/lib/openclaw/config/agents";
import { isBelow, resolveConfig } from "@/lib/openclaw/config/include";
import type { Environment } from "@/lib/openclaw/places/home";
import { movedTo, variablesIn } from "@/lib/openclaw/program/environment";
import type { Result } from "@/lib/result";
import { configFiles } from "@/lib/setup/machine/config-files";
import type { Plan } from "@/lib/setup/types";
import { type Absence, prepare } from "@/lib/setup/verify/verify";
import { privateDirectory, withPrivateFolder } from "@/lib/system/private-folder";
import { readDotenv } from "@/lib/text/dotenv/edit";
import { INCLUDE_KEY } from "@/lib/text/json5/edit";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, textAt, valueAt } from "@/lib/text/json5/value";

export type Judgement =
  | Absence
  /** This release has no command that could tell. */
  | { readonly kind: "no-command" }
  | { readonly kind: "failed"; readonly failure: CommandFailure }
  | { readonly kind: "accepted" }
  | {
      readonly kind: "objects";
      /** What only the change brings: it must not be written. */
      readonly ours: readonly ConfigIssue[];
      /** What it refuses of the config as it stands, and what is none of the change's. */
      readonly others: readonly ConfigIssue[];
    };

/** `config validate` over the planned files; where it objects, over the present ones too, to tell whose it is. */
export async function judgePlan(
  plan: Plan,
  env: Environment,
  signal: AbortSignal,
): Promise<Judgement> {
  const ready = await prepare(env, plan.snapshot.profile);
  if ("kind" in ready) return ready;
  if (!ready.era.commands.configValidate) return { kind: "no-command" };
  const after = await validate(plan, "after", ready.runner, signal);
  if (!after.ok) return failed(after.error);
  if (after.value.length === 0) return { kind: "accepted" };
  const isSame = plan.files.every(({ role }) => role === "dotenv" || role === "backup");
  const before =
    isSame || plan.config.before === null
      ? after
      : await validate(plan, "before", ready.runner, signal);
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

/** Whether writing would make things worse. */
export function forbids(judgement: Judgement | null): boolean {
  return judgement?.kind === "objects" && judgement.ours.length > 0;
}

/** What the answer depends on; the same for the same files and release. */
export function judgedBy(plan: Plan): string {
  const { snapshot, config } = plan;
  return JSON.stringify([snapshot.version, plan.digest, config.after, config.included]);
}

function failed(failure: CommandFailure): Judgement {
  return failure.code === "no-such-command" ? { kind: "no-command" } : { kind: "failed", failure };
}

/** Whether the first says all that the second says. Of one place all keys that are not known are told in one sentence. */
function tellsOf(known: ConfigIssue, issue: ConfigIssue): boolean {
  if (known.path !== issue.path) return false;
  if (known.message === issue.message) return true;
  const [before, after] = [unknownKeys(known.message), unknownKeys(issue.message)];
  return after.length > 0 && after.every((name) => before.includes(name));
}

/** The names in `Unrecognized keys: "a", "b"`. */
function unknownKeys(message: string): readonly string[] {
  const { names } = /^Unrecognized keys?: (?<names>".*")$/u.exec(message)?.groups ?? {};
  return names?.slice(1, -1).split('", "') ?? [];
}

/** One lies on the way to the other. */
function meets(own: string, told: string): boolean {
  return told === "" || own === told || own.startsWith(`${told}.`) || told.startsWith(`${own}.`);
}

/** OpenClaw writes `a.b[0].c` or `a.b.0.c`, and `<root>`; here with dots, and "" for the root. */
function toldPath(config: Json, issue: string): string {
  if (issue === "<root>") return "";
  const dotted = issue.replace(/\[["']?([^\]"']*)["']?\]/gu, ".$1");
  return byAgent(config, dotted.split("."));
}

/** An agent by its id: 2026.8.1 and 2026.9.6 say `agents.entries.<id>` of one that stands in `agents.list`. */
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

async function validate(
  plan: Plan,
  side: "before" | "after",
  runner: Runner,
  signal: AbortSignal,
): Promise<Result<readonly ConfigIssue[], CommandFailure>> {
  const { snapshot } = plan;
  return withPrivateFolder(async (folder) => {
    const [home, state] = [path.join(folder, "home"), path.join(folder, "state")];
    for (const one of [home, state]) await privateDirectory(one);
    const { value, files } = copyOf(plan, side);
    const directory = path.dirname(snapshot.configPath);
    const copies = new Map(
      [...files].map(([file, text]) => [
        path.join(folder, "config", path.relative(directory, file)),
        text,
      ]),
    );
    for (const [file, text] of copies) {
      await privateDirectory(path.dirname(file));
      await writeFile(file, text, { mode: 0o600 });
    }
    const config = path.join(folder, "config", path.basename(snapshot.configPath));
    const named = variablesIn(value);
    const checked = await configValidate(
      // Neither the profile nor the person's directories: all of that is in the environment below.
      { ...runner, location: { profile: null, variables: {} }, referenced: named },
      {
        signal,
        secrets: plan.secrets,
        env: {
          ...variablesFor(plan, named),
          ...movedTo({ home, state, config, tilde: plan.snapshot.homeDir }),
        },
      },
    );
    if (!checked.ok) return checked;
    const shown = (text: string) => text.replaceAll(path.join(folder, "config"), directory);
    const issues = checked.value.issues.map((issue) => ({
      ...issue,
      message: shown(issue.message),
    }));
    if (checked.value.valid || issues.length > 0) {
      return { ok: true, value: checked.value.valid ? [] : issues };
    }
    return { ok: true, value: [{ path: "<root>", message: "" }] };
  });
}

/** Variables the config names, out of `.env` as it will be; the new key itself is no part of the question. */
function variablesFor(plan: Plan, named: ReadonlySet<string>): Record<string, string> {
  const { snapshot } = plan;
  const planned = plan.files.find(({ role }) => role === "dotenv")?.after ?? snapshot.dotenvBytes;
  const variables = readDotenv(new TextDecoder().decode(planned ?? undefined));
  const taken = [...named].flatMap((name) => {
    const value = variables.get(name);
    return value === undefined ? [] : [[name, hide(plan, value)]];
  });
  return Object.fromEntries(taken);
}

/** The texts by the path they have; as one file where an include would lead out of the copy. */
function copyOf(
  plan: Plan,
  side: "before" | "after",
): { readonly value: Json; readonly files: ReadonlyMap<string, string> } {
  const { snapshot, config } = plan;
  const root = snapshot.configPath;
  const directory = path.dirname(root);
  const before = resolveConfig(configFiles(snapshot));
  const sources = before.ok ? before.value.files : [];
  const value = side === "after" || !before.ok ? config.value : before.value.value;
  const included = new Map(config.included.map(({ path: file, after }) => [file, after]));
  const [, ...others] = sources;
  const leadsOut =
    others.some(({ path: file }) => !isBelow(directory, file)) ||
    sources.some((source) => hasAbsoluteInclude(source.value));
  if (leadsOut) return { value, files: new Map([[root, hide(plan, JSON.stringify(value))]]) };
  const files = new Map<string, string>();
  files.set(root, side === "after" ? config.after : (config.before ?? "{}"));
  for (const { path: file, text } of others) {
    files.set(file, side === "after" ? (included.get(file) ?? text) : text);
  }
  return { value, files: new Map([...files].map(([file, text]) => [file, hide(plan, text)])) };
}

function hasAbsoluteInclude(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasAbsoluteInclude);
  if (!isJsonObject(value)) return false;
  const include = [value[INCLUDE_KEY] ?? []].flat();
  return (
    include.some((one) => typeof one === "string" && path.isAbsolute(one)) ||
    Object.values(value).some(hasAbsoluteInclude)
  );
}

/** What is new is not laid down anywhere before it is written; what has the same length is as valid. */
function hide(plan: Plan, text: string): string {
  return plan.newSecrets.reduce(
    (hidden, secret) => hidden.replaceAll(secret, "0".repeat(secret.length)),
    text,
  );
}
