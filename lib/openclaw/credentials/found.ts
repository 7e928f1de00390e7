/** Finds the OpenAI credentials that OpenClaw would use, without running it. Values never leave this file. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { profilesOf } from "@/lib/openclaw/credentials/profiles";
import { mergedStores } from "@/lib/openclaw/credentials/store";
import { agentDirsOf } from "@/lib/openclaw/places/agent-dirs";
import type { Environment } from "@/lib/openclaw/places/home";
import type { StateLocation } from "@/lib/openclaw/places/types";
import type { CredentialRules, CredentialSource } from "@/lib/openclaw/releases/facts";
import {
  KEY_VARIABLE,
  OPENAI,
  OPENAI_ENTRY,
  OPENAI_PROVIDERS,
} from "@/lib/openclaw/releases/names";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { ServiceVariable } from "@/lib/openclaw/service/variables";
import { readText } from "@/lib/system/read.mjs";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";
import { isUnfilled } from "@/lib/text/unfilled";

export interface Fingerprint {
  readonly prefix: string;
  readonly last4: string;
  readonly sha256: string;
}

export interface FoundCredential {
  readonly source: CredentialSource;
  /** A variable, a config path such as `env.vars.OPENAI_API_KEY`, or a profile id. */
  readonly name: string;
  readonly file: string | null;
  readonly kind: "api-key" | "oauth" | "unknown";
  /** Null if the value is not read: SQLite stores, Codex logins and unresolved references. */
  readonly fingerprint: Fingerprint | null;
  readonly wins: boolean;
  /**
   * - `used`: counts for this release.
   * - `shadowed-by-empty`: an empty variable hides it.
   * - `unresolved`: refers to an unset variable or another secret provider.
   * - `placeholder`: an unfilled template.
   * - `ignored`, `refused`: this release does not read it, or fails because of it.
   * - `service`: set by the gateway's service, for the gateway only; see `serviceWins`.
   * - `ask-openclaw`: only `models status` knows the content.
   */
  readonly state:
    | "used"
    | "shadowed-by-empty"
    | "unresolved"
    | "placeholder"
    | "ignored"
    | "refused"
    | "service"
    | "ask-openclaw";
}

export interface CredentialOptions {
  readonly release: string | null;
  readonly rules?: CredentialRules;
  /** `os.homedir()`, for Codex's login. */
  readonly homedir: string;
  readonly agent?: string;
  readonly services?: readonly ServiceVariable[];
}

type Entry = Omit<FoundCredential, "wins">;

/** In the release's order; at most one wins, and none behind a SQLite store that only `models status` can read. */
export function findOpenAiCredentials(
  location: Pick<StateLocation, "homeDir" | "stateDir" | "configPath" | "dotenvFiles" | "agents">,
  config: Json,
  env: Environment,
  options: CredentialOptions,
): FoundCredential[] {
  const rules = options.rules ?? eraFor(options.release).era.credentials;
  const variables = variablesOf(location, config, env, rules);
  const provider = providerOf(location, config, variables.effective);
  const auth = valueAt(config, [...OPENAI_ENTRY, "auth"]);
  const providerFirst = rules.providerAuthWins && auth === "api-key" && provider?.state === "used";
  const entries: Entry[] = [
    ...storesOf(location, config, rules, variables.effective, options.agent ?? "main"),
    ...(providerFirst && provider ? [provider] : []),
    ...variables.entries,
    ...(!providerFirst && provider ? [provider] : []),
    ...codexOf(env, rules, options.homedir),
    ...servicesOf(options.services ?? []),
  ];
  const first = entries.findIndex(
    (entry) =>
      entry.state === "used" || (entry.state === "ask-openclaw" && entry.source === "sqlite-store"),
  );
  return entries.map((entry, at) => ({ ...entry, wins: at === first && entry.state === "used" }));
}

/** Files never override a name that is already set. */
function variablesOf(
  location: Pick<StateLocation, "configPath" | "dotenvFiles">,
  config: Json,
  env: Environment,
  rules: CredentialRules,
): { entries: Entry[]; effective: Map<string, string> } {
  const entries: Entry[] = [];
  const effective = new Map<string, string>();
  for (const [name, value] of Object.entries(env))
    if (value !== undefined) effective.set(name, value);
  const present = env[KEY_VARIABLE];
  if (present?.trim()) entries.push(variable("environment", KEY_VARIABLE, null, present, "used"));
  for (const file of location.dotenvFiles) {
    const values = file.exists ? readDotenv(readText(file.path) ?? "") : new Map<string, string>();
    const value = values.get(KEY_VARIABLE);
    const shadowed = effective.has(KEY_VARIABLE) && !effective.get(KEY_VARIABLE)?.trim();
    if (value?.trim()) {
      const state = shadowed ? "shadowed-by-empty" : "used";
      entries.push(variable("dotenv", KEY_VARIABLE, file.path, value, state));
    }
    for (const [name, own] of values) if (!effective.has(name)) effective.set(name, own);
  }
  // The config also fills blank variables; its flat form wins.
  const places = [
    ["config-env-flat", ["env", KEY_VARIABLE], rules.flatEnv],
    ["config-env-vars", ["env", "vars", KEY_VARIABLE], "used"],
  ] as const;
  for (const [source, at, state] of places) {
    const value = valueAt(config, at);
    if (typeof value !== "string" || !value.trim()) continue;
    const resolved = substitute(value, effective);
    entries.push(
      resolved === null
        ? unread(source, at.join("."), location.configPath, "api-key", "unresolved")
        : variable(source, at.join("."), location.configPath, resolved, state),
    );
    if (resolved !== null && state === "used" && !effective.get(KEY_VARIABLE)?.trim()) {
      effective.set(KEY_VARIABLE, resolved);
    }
  }
  return { entries, effective };
}

function providerOf(
  location: Pick<StateLocation, "configPath">,
  config: Json,
  variables: ReadonlyMap<string, string>,
): Entry | null {
  const at = [...OPENAI_ENTRY, "apiKey"];
  const value = valueAt(config, at);
  if (value === undefined || value === "") return null;
  const resolved =
    typeof value === "string"
      ? substitute(value, variables)
      : isJsonObject(value) && value["source"] === "env" && typeof value["id"] === "string"
        ? (variables.get(value["id"])?.trim() ?? null)
        : null;
  return resolved
    ? variable("config-provider", at.join("."), location.configPath, resolved, "used")
    : unread("config-provider", at.join("."), location.configPath, "api-key", "unresolved");
}

function storesOf(
  location: Pick<StateLocation, "homeDir" | "stateDir" | "agents">,
  config: Json,
  rules: CredentialRules,
  variables: ReadonlyMap<string, string>,
  agent: string,
): Entry[] {
  const [shared, ...others] = agentDirsOf(location, config);
  const own = others.find(({ id }) => id === agent)?.dir;
  const usual = path.join(location.stateDir, "agents", agent, "agent");
  // The agent's own store comes before the shared one.
  const dirs = [...new Set([own ?? usual, ...(shared ? [shared.dir] : [])])];
  const entries: Entry[] = [];
  const databases = [
    ...dirs.map((dir) => ["agent", path.join(dir, "openclaw-agent.sqlite")] as const),
    ["shared", path.join(location.stateDir, "state", "openclaw.sqlite")] as const,
  ];
  for (const [where, file] of databases) {
    if (rules.sqlite === "none" || (rules.sqlite === "agent" && where === "shared")) continue;
    if (existsSync(file)) {
      entries.push(unread("sqlite-store", path.basename(file), file, "unknown", "ask-openclaw"));
    }
  }
  const stores = dirs.map((dir) => {
    const file = path.join(dir, "auth-profiles.json");
    return { file, store: parse(readText(file)) };
  });
  const store = stores.map((one) => one.store).reduceRight(mergedStores);
  const fileOf = (id: string) =>
    (stores.find((one) => valueAt(one.store, ["profiles", id]) !== undefined) ?? stores[0])?.file ??
    "";
  const state = rules.profilesJson;
  for (const provider of OPENAI_PROVIDERS) {
    for (const profile of profilesOf(store, provider, config, rules) ?? []) {
      // A login of `openai-codex` serves only that provider's models.
      const serves =
        provider === OPENAI || rules.loginProvider === OPENAI || rules.loginAnswersForKeys;
      const file = fileOf(profile.id);
      const secret = profile.secret ?? variables.get(profile.variable ?? "")?.trim();
      if (!secret) {
        const lost = state === "used" ? "unresolved" : state;
        entries.push(unread("auth-profile", profile.id, file, profile.kind, lost));
        continue;
      }
      entries.push({
        ...variable("auth-profile", profile.id, file, secret, state),
        kind: profile.kind,
        state: state === "used" && !serves ? "ignored" : state,
      });
    }
  }
  return entries;
}

function codexOf(env: Environment, rules: CredentialRules, homedir: string): Entry[] {
  const file = path.join(env["CODEX_HOME"]?.trim() || path.join(homedir, ".codex"), "auth.json");
  if (!existsSync(file)) return [];
  return [
    unread(
      "codex-login",
      "auth.json",
      file,
      "oauth",
      rules.codexLogin ? "ask-openclaw" : "ignored",
    ),
  ];
}

/** Only the gateway sees these. A reference or empty value does not count. */
function servicesOf(services: readonly ServiceVariable[]): Entry[] {
  return services
    .filter(({ name, value }) => name === KEY_VARIABLE && value.trim() !== "")
    .map(({ value, file }) => variable("service", KEY_VARIABLE, file, value, "service"));
}

function variable(
  source: CredentialSource,
  name: string,
  file: string | null,
  value: string,
  state: Entry["state"],
): Entry {
  if (state === "used" && isUnfilled(value)) {
    return unread(source, name, file, "api-key", "placeholder");
  }
  return { source, name, file, kind: "api-key", fingerprint: fingerprintOf(value.trim()), state };
}

function unread(
  source: CredentialSource,
  name: string,
  file: string | null,
  kind: Entry["kind"],
  state: Entry["state"],
): Entry {
  return { source, name, file, kind, fingerprint: null, state };
}

function fingerprintOf(value: string): Fingerprint {
  const prefix = /^sk-(?:proj-|svcacct-|None-)?/.exec(value)?.[0] ?? "";
  const sha256 = createHash("sha256").update(value, "utf8").digest("hex").slice(0, 12);
  return { prefix, last4: value.length - prefix.length < 16 ? "" : value.slice(-4), sha256 };
}

function substitute(value: string, variables: ReadonlyMap<string, string>): string | null {
  let complete = true;
  const result = value.replace(/\$\{([A-Z_][A-Z0-9_]*)\}/g, (_, name: string) => {
    const found = variables.get(name)?.trim();
    if (!found) complete = false;
    return found ?? "";
  });
  return complete && result.trim() ? result : null;
}

function parse(text: string | null): Json {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
