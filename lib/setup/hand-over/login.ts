/** Hands a ChatGPT login to a release: the profile, its file and the command to run. */

import { createHash } from "node:crypto";
import { profilesOf } from "@/lib/openclaw/credentials/profiles";
import {
  firstInStore,
  keyProfileFor,
  profileIds,
  withProfile,
} from "@/lib/openclaw/credentials/store";
import type { LoginRoute, ReleaseEra } from "@/lib/openclaw/releases/facts";
import {
  KEY_PROFILE,
  KEY_PROVIDER,
  KEY_VARIABLE,
  keyProviderEntry,
  OPENAI,
} from "@/lib/openclaw/releases/names";
import { err, ok, type Result } from "@/lib/result";
import type { ChatGptChoices, LoginTokens } from "@/lib/setup/choices";
import { modelOf } from "@/lib/setup/model-ref";
import { keyAddress } from "@/lib/setup/repairs/base-url";
import { pinEdits } from "@/lib/setup/repairs/runtime-pin";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { HandOver, LoginHandOver } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, textsAt, valueAt } from "@/lib/text/json5/value";

export interface LoginPlan {
  readonly handOver: LoginHandOver;
  readonly edits: readonly ConfigEdit[];
}

/** Fails if the file with the other logins is unreadable. Pure. */
export function handOverFor(
  snapshot: Snapshot,
  config: Json,
  choices: ChatGptChoices,
): Result<LoginPlan, string> {
  const parsed = snapshot.profilesBytes === null ? null : parseConfig(snapshot.profilesBytes);
  if (parsed && !parsed.ok) return err(parsed.error.detail);
  const store = parsed?.value.value ?? {};
  const names = namesFor(snapshot.era.login, store, choices.login);
  const backup = choices.apiKey === null ? null : backupFor(snapshot.era);
  const behind = keyBehind(snapshot, store, config, choices);
  const after = storeAfter(snapshot, store, names, choices.login, backup, behind);
  const leads = leadsFor(store, names, backup, behind);
  return ok({
    handOver: {
      credential: "login",
      how: howFor(snapshot.era.login),
      file: {
        path: snapshot.profilesPath,
        before: snapshot.profilesBytes,
        after: new TextEncoder().encode(`${JSON.stringify(after, null, 2)}\n`),
        mode: 0o600,
      },
      authState: null,
      provider: names.storedProvider,
      profileId: names.storedId,
      firstInOrder: leads.map(({ provider, ids }) => ({ provider, ids })),
      expiresAt: choices.login.expiresAt,
      backup,
      privateConfig: privateConfigFor(choices.model, snapshot),
    },
    edits: [
      ...leads.flatMap((lead) => orderEdits(snapshot, config, lead)),
      ...(backup?.kind === "model"
        ? fallbackEdits(snapshot, config, choices.model, backup.ref)
        : []),
    ],
  });
}

export function howFor(route: LoginRoute): HandOver["how"] {
  return route.kind === "doctor-import"
    ? { kind: "import", command: route.command }
    : { kind: "file" };
}

interface LoginNames {
  readonly provider: string;
  readonly fileId: string;
  readonly storedProvider: string;
  readonly storedId: string;
}

function namesFor(route: LoginRoute, store: Json, login: LoginTokens): LoginNames {
  const name = ownNameOf(login);
  if (route.kind === "doctor-import") {
    const { fileProvider, storedProvider } = route;
    return {
      provider: fileProvider,
      fileId: `${fileProvider}:${name}`,
      storedProvider,
      storedId: `${storedProvider}:${name}`,
    };
  }
  const { provider, profileId } = route;
  const occupied = valueAt(store, ["profiles", profileId, "type"]);
  const isFree = occupied === undefined || occupied === "oauth";
  const id = isFree ? profileId : `${provider}:${name}`;
  return { provider, fileId: id, storedProvider: provider, storedId: id };
}

function storeAfter(
  { era }: Snapshot,
  store: Json,
  { provider, fileId }: LoginNames,
  login: LoginTokens,
  backup: LoginHandOver["backup"],
  behind: Json | null,
): Json {
  const withLogin = withProfile(store, fileId, profileOf(provider, login));
  const keyProfile = backup?.kind === "profile" ? KEY_PROFILE.profile : behind;
  const withKey = keyProfile ? withProfile(withLogin, KEY_PROFILE.id, keyProfile) : withLogin;
  const isImport = era.login.kind === "doctor-import";
  const led = isImport ? withKey : firstInStore(withKey, provider, fileId);
  return behind ? firstInStore(led, OPENAI, KEY_PROFILE.id) : led;
}

interface Lead {
  readonly provider: string;
  readonly ids: readonly string[];
  readonly others: readonly string[];
}

function leadsFor(
  store: Json,
  { provider, fileId, storedProvider, storedId }: LoginNames,
  backup: LoginHandOver["backup"],
  behind: Json | null,
): Lead[] {
  const othersOf = (one: string, own: string) =>
    profileIds(valueAt(store, ["profiles"]), one).filter((id) => id !== own);
  const login: Lead = {
    provider: storedProvider,
    ids: backup?.kind === "profile" ? [storedId, backup.id] : [storedId],
    others: othersOf(provider, fileId),
  };
  const key = KEY_PROFILE.id;
  return behind
    ? [login, { provider: OPENAI, ids: [key], others: othersOf(OPENAI, key) }]
    : [login];
}

/** The profile that must precede a stored one; null if the variable is used, or the key has its own provider. */
function keyBehind(
  { era }: Snapshot,
  store: Json,
  config: Json,
  { apiKey }: ChatGptChoices,
): Json | null {
  if (apiKey === null || era.backup !== "model") return null;
  const rules = era.credentials;
  const [stored] = profilesOf(store, OPENAI, config, rules) ?? [];
  if (!stored || stored.secret === apiKey || stored.variable === KEY_VARIABLE) return null;
  return keyProfileFor(rules, apiKey);
}

function backupFor({ backup, defaultModel }: ReleaseEra): NonNullable<LoginHandOver["backup"]> {
  const ref = defaultModel.apiKey;
  if (backup === "profile") return { kind: "profile", id: KEY_PROFILE.id };
  if (backup === "model") return { kind: "model", ref };
  return { kind: "model", ref: `${KEY_PROVIDER}/${modelOf(ref)}` };
}

function keyProviderEdits({ era, checkedAt }: Snapshot, config: Json, ref: string): ConfigEdit[] {
  const { backup } = era;
  const path = ["models", "providers", KEY_PROVIDER];
  if (backup !== "provider" || valueAt(config, path) !== undefined) return [];
  return [{ op: "set", path, value: keyProviderEntry(modelOf(ref), keyAddress(checkedAt)) }];
}

/** Turns a model string into an object, since only that can have fallbacks. */
function fallbackEdits(
  snapshot: Snapshot,
  config: Json,
  chosen: string,
  ref: string,
): ConfigEdit[] {
  const path = ["agents", "defaults", "model"];
  const model = valueAt(config, path);
  const present = valueAt(config, [...path, "fallbacks"]);
  const fallbacks = isJsonArray(present) ? present : [];
  const edits: ConfigEdit[] = fallbacks.includes(ref)
    ? []
    : typeof model === "string"
      ? [{ op: "set", path, value: { primary: chosen, fallbacks: [ref] } }]
      : [{ op: "set", path: [...path, "fallbacks"], value: [...fallbacks, ref] }];
  const models = ["agents", "defaults", "models"];
  const listed = valueAt(config, models);
  const isList = isJsonObject(listed) && Object.keys(listed).length > 0;
  // A list of models restricts what is allowed.
  for (const one of isList ? [chosen, ref] : []) {
    if (valueAt(config, [...models, one]) === undefined) {
      edits.push({ op: "set", path: [...models, one], value: {} });
    }
  }
  return [...edits, ...keyProviderEdits(snapshot, config, ref)];
}

export function profileOf(provider: string, login: LoginTokens): Json {
  return {
    type: "oauth",
    provider,
    access: login.accessToken,
    refresh: login.refreshToken,
    expires: login.expiresAt,
    ...(login.accountId === null ? {} : { accountId: login.accountId }),
    ...(login.email === null ? {} : { email: login.email }),
  };
}

/** A name that no key or other login has, because OpenClaw would keep the old tokens (see LoginRoute). */
export function ownNameOf({ accessToken }: LoginTokens): string {
  return `setup-${createHash("sha256").update(accessToken).digest("hex").slice(0, 8)}`;
}

/** Sets `auth.order` if the new login would not come first anyway. */
function orderEdits(
  { era }: Snapshot,
  config: Json,
  { provider, ids, others }: Lead,
): ConfigEdit[] {
  const path = ["auth", "order", provider];
  const explicit = textsAt(config, path);
  const configured = profileIds(valueAt(config, ["auth", "profiles"]), provider);
  // No importing release reliably uses the newest of several logins (see LoginRoute).
  const waits = era.login.kind === "doctor-import";
  const before =
    explicit ??
    (configured.length > 0
      ? configured
      : era.login.kind === "auth-profiles-json" && others.length > 0
        ? others
        : waits || ids.length > 1
          ? []
          : null);
  if (before === null) return [];
  return [{ op: "set", path, value: [...ids, ...before.filter((one) => !ids.includes(one))] }];
}

/** The minimal config for the command, which rewrites it instead of the user's own. */
export function privateConfigFor(model: string, { era }: Snapshot): string {
  const config: Json = { agents: { defaults: { model: { primary: model } } } };
  const pinned = pinEdits(era, config, model).reduce<Json>(
    (value, edit) => applyEdit(value, edit) ?? value,
    config,
  );
  return `${JSON.stringify(pinned, null, 2)}\n`;
}
