/** Registers a stand-in for every secret that a rehearsed OpenClaw would read. */

import { basename } from "node:path";
import { storeIn } from "@/lib/openclaw/credentials/store";
import type { Environment } from "@/lib/openclaw/places/home";
import { isSecretName } from "@/lib/secrets/places";
import type { Plan } from "@/lib/setup/types";
import type { Origin, StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";
import { readDotenv } from "@/lib/text/dotenv/edit";
import { parseJson } from "@/lib/text/json";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

/** More than is masked: a needless stand-in costs nothing. */
const PERHAPS_SECRET = /(?:password|passphrase|token|secret|key|_keys)$/iu;
/** A word that a setting may take, such as "plaintext" or "api-key". */
const WORD = /^[a-z-]{1,24}$/u;
/** A shorter text would match everywhere. */
const SHORTEST = 6;
const REFERENCE = /^\$\{[^}]*\}$/u;
const LOGIN_TOKEN = /^(?:access|refresh|id_?token|token|key)$/iu;

/** `files` are the private home's texts by their planned path. */
export function registerSecrets(
  standIns: StandIns,
  plan: Plan,
  files: ReadonlyMap<string, string>,
  env: Environment,
): void {
  const isSecret = secretTest(plan);
  const found = (name: string, value: string, origin: Origin) => {
    if (isSecret(name, value)) standIns.of(value, origin);
  };
  const { dotenvPath, configPath } = plan.snapshot;
  for (const [name, value] of Object.entries(env)) {
    if (value) found(name, value, { kind: "variable", name, file: null });
  }
  for (const [name, value] of readDotenv(files.get(dotenvPath) ?? "")) {
    found(name, value, { kind: "variable", name, file: dotenvPath });
  }
  for (const { path, name, value } of textsOf(plan.config.value)) {
    found(name, value, { kind: "config", path: path || configPath });
  }
  for (const [file, text] of files) {
    if (basename(file) === CODEX_LOGIN) registerCodex(standIns, file, text);
    if (!file.endsWith("auth-profiles.json")) continue;
    const store = storeIn(new TextEncoder().encode(text));
    const profiles = isJsonObject(store) ? store["profiles"] : undefined;
    for (const [id, profile] of isJsonObject(profiles) ? Object.entries(profiles) : []) {
      for (const { name, value } of textsOf(profile)) {
        if (LOGIN_TOKEN.test(name)) standIns.of(value, { kind: "profile", id, file });
      }
    }
  }
  // Secrets in comments or overridden files have no known place.
  for (const secret of plan.secrets) {
    if (isSecret("", secret) && !standIns.knows(secret)) {
      standIns.of(secret, { kind: "config", path: configPath });
    }
  }
}

export const CODEX_LOGIN = "auth.json";
/** What is no secret there: a mode, a date, or of the person, who is replaced elsewhere. */
const OPEN_NAME = /^(?:auth_mode|last_refresh|email|accountId|account_id)$/u;

/** Codex may keep a key beside its tokens, or more that is not known yet. */
function registerCodex(standIns: StandIns, file: string, text: string): void {
  for (const { name, value } of textsOf((parseJson(text) as Json | undefined) ?? null)) {
    if (OPEN_NAME.test(name) || value.length < SHORTEST || WORD.test(value)) continue;
    standIns.of(value, { kind: "variable", name, file });
  }
}

function secretTest(plan: Plan): (name: string, value: string) => boolean {
  const known = new Set(plan.secrets);
  return (name, value) => {
    if (value.length < SHORTEST || REFERENCE.test(value)) return false;
    if (isSecretName(name) || PERHAPS_SECRET.test(name)) {
      return !WORD.test(value) || /passw|token$|secret$/iu.test(name);
    }
    return known.has(value) && !WORD.test(value);
  };
}

interface FoundText {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

function* textsOf(value: Json, path = "", name = ""): Generator<FoundText> {
  if (typeof value === "string") yield { path, name, value };
  else if (isJsonArray(value)) {
    for (const [index, one] of value.entries()) yield* textsOf(one, `${path}[${index}]`, name);
  } else if (isJsonObject(value) && value["source"] !== "env") {
    for (const [key, one] of Object.entries(value)) {
      yield* textsOf(one, path ? `${path}.${key}` : key, key);
    }
  }
}
