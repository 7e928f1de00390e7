/** How a ChatGPT login reaches the installed release: the profile, its file, and what has to run. */

import { createHash } from "node:crypto";
import { profilesOf } from "@/lib/openclaw/credentials/profiles";
import {
  firstInStore,
  keyProfileFor,
  profileIds,
  withProfile,
} from "@/lib/openclaw/credentials/store";
import { credentialRules } from "@/lib/openclaw/releases/credentials";
import {
  KEY_PROFILE,
  KEY_PROVIDER,
  KEY_VARIABLE,
  keyProviderEntry,
  OPENAI,
} from "@/lib/openclaw/releases/names";
import type { ReleaseEra } from "@/lib/openclaw/releases/table";
import { err, ok, type Result } from "@/lib/result";
import { modelOf } from "@/lib/setup/model-choices";
import { pinEdits } from "@/lib/setup/repairs/runtime-pin";
import type { ChatGptChoices, HandOver, LoginTokens, Snapshot } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, textsAt, valueAt } from "@/lib/text/json5/value";

export interface PlannedHandOver {
  readonly handOver: HandOver;
  /** In the config: the order that lets the new login be used. */
  readonly edits: readonly ConfigEdit[];
}

/** Pure. The error is the reason why the file with the other logins cannot be read. */
export function handOverFor(
  snapshot: Snapshot,
  config: Json,
  choices: ChatGptChoices,
): Result<PlannedHandOver, string> {
  const route = snapshot.era.login;
  const parsed = snapshot.profilesBytes === null ? null : parseConfig(snapshot.profilesBytes);
  if (parsed && !parsed.ok) return err(parsed.error.detail);
  const store = parsed?.value.value ?? {};
  const isImport = route.kind === "doctor-import";
  const provider = isImport ? route.fileProvider : route.provider;
  const storedProvider = isImport ? route.storedProvider : route.provider;
  const name = ownNameOf(choices.login);
  const usual = isImport ? "" : route.profileId;
  const occupied = valueAt(store, ["profiles", usual, "type"]);
  const fileId = isImport
    ? `${provider}:${name}`
    : occupied === undefined || occupied === "oauth"
      ? usual
      : `${provider}:${name}`;
  const storedId = isImport ? `${storedProvider}:${name}` : fileId;
  const backup = choices.apiKey === null ? null : backupFor(snapshot.era);
  const withLogin = withProfile(store, fileId, profileOf(provider, choices.login));
  const backupId = backup?.kind === "profile" ? backup.id : null;
  const behind = keyBehind(snapshot, store, config, choices);
  const keyProfile = backupId === null ? behind : KEY_PROFILE.profile;
  const withKey = keyProfile ? withProfile(withLogin, KEY_PROFILE.id, keyProfile) : withLogin;
  const led = isImport ? withKey : firstInStore(withKey, provider, fileId);
  const after = behind ? firstInStore(led, OPENAI, KEY_PROFILE.id) : led;
  const handOver: HandOver = {
    kind: isImport ? "import" : "file",
    what: "login",
    file: {
      path: snapshot.profilesPath,
      before: snapshot.profilesBytes,
      after: new TextEncoder().encode(`${JSON.stringify(after, null, 2)}\n`),
      mode: 0o600,
    },
    beside: [],
    provider: storedProvider,
    profileId: storedId,
    firstInOrder: [
      { provider: storedProvider, ids: backupId === null ? [storedId] : [storedId, backupId] },
      ...(behind ? [{ provider: OPENAI, ids: [KEY_PROFILE.id] }] : []),
    ],
    expiresAt: choices.login.expiresAt,
    command: isImport ? route.command : [],
    backup,
    privateConfig: `${JSON.stringify(privateConfig(choices.model, snapshot), null, 2)}\n`,
  };
  const stored = valueAt(store, ["profiles"]);
  const others = profileIds(stored, provider).filter((id) => id !== fileId);
  const otherKeys = profileIds(stored, OPENAI).filter((id) => id !== KEY_PROFILE.id);
  return ok({
    handOver,
    edits: [
      ...orderEdits(snapshot, config, storedProvider, storedId, others, backupId),
      ...(behind ? orderEdits(snapshot, config, OPENAI, KEY_PROFILE.id, otherKeys, null) : []),
      ...(backup?.kind === "model"
        ? fallbackEdits(snapshot, config, choices.model, backup.ref)
        : []),
    ],
  });
}

/**
 * What goes before a stored profile that would answer for the model of the key in its place, with the key in it
 * for a release that passes a reference over. Null where the variable is used, or the key has its own provider.
 */
function keyBehind(
  { version, era }: Snapshot,
  store: Json,
  config: Json,
  { apiKey }: ChatGptChoices,
): Json | null {
  if (apiKey === null || era.backup !== "model") return null;
  const rules = credentialRules(version ?? era.since);
  const [stored] = profilesOf(store, OPENAI, config, rules) ?? [];
  if (!stored || stored.secret === apiKey || stored.variable === KEY_VARIABLE) return null;
  return keyProfileFor(rules, apiKey);
}

/** What makes a key answer where the subscription cannot (see BackupWay). */
function backupFor({ backup, defaultModel }: ReleaseEra): NonNullable<HandOver["backup"]> {
  const ref = defaultModel.apiKey;
  if (backup === "profile") return { kind: "profile", id: KEY_PROFILE.id };
  if (backup === "model") return { kind: "model", ref };
  return { kind: "model", ref: `${KEY_PROVIDER}/${modelOf(ref)}` };
}

/** The provider of a key that has one of its own; none where it stands there already. */
function keyProviderEdits({ backup }: ReleaseEra, config: Json, ref: string): ConfigEdit[] {
  const path = ["models", "providers", KEY_PROVIDER];
  if (backup !== "provider" || valueAt(config, path) !== undefined) return [];
  return [{ op: "set", path, value: keyProviderEntry(modelOf(ref)) }];
}

/** A model named as a string becomes an object, for only that has fallbacks. */
function fallbackEdits({ era }: Snapshot, config: Json, chosen: string, ref: string): ConfigEdit[] {
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
  // Where models are listed, only those are allowed.
  for (const one of isList ? [chosen, ref] : []) {
    if (valueAt(config, [...models, one]) === undefined) {
      edits.push({ op: "set", path: [...models, one], value: {} });
    }
  }
  return [...edits, ...keyProviderEdits(era, config, ref)];
}

/** As the file of the older releases keeps a login. */
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

/** A login under another name than that of a key, or of a login that would keep its tokens (see LoginRoute). */
export function ownNameOf({ accessToken }: LoginTokens): string {
  return `setup-${createHash("sha256").update(accessToken).digest("hex").slice(0, 8)}`;
}

/** `auth.order` where the new login would not come first by itself. */
function orderEdits(
  { era }: Snapshot,
  config: Json,
  provider: string,
  id: string,
  others: readonly string[],
  backupId: string | null,
): ConfigEdit[] {
  const path = ["auth", "order", provider];
  const explicit = textsAt(config, path);
  const configured = profileIds(valueAt(config, ["auth", "profiles"]), provider);
  // No release that imports is sure to use the newest of several (see LoginRoute), and only the name
  // in the order tells later that a login is in the store.
  const waits = era.login.kind === "doctor-import";
  const before =
    explicit ??
    (configured.length > 0
      ? configured
      : era.login.kind === "auth-profiles-json" && others.length > 0
        ? others
        : waits || backupId !== null
          ? []
          : null);
  if (before === null) return [];
  const first = backupId === null ? [id] : [id, backupId];
  return [{ op: "set", path, value: [...first, ...before.filter((one) => !first.includes(one))] }];
}

/** As little as the command needs to run; it rewrites this file instead of the person's own. */
export function privateConfig(model: string, { era }: Snapshot): Json {
  const config: Json = { agents: { defaults: { model: { primary: model } } } };
  return pinEdits(era, config, model).reduce<Json>(
    (value, edit) => applyEdit(value, edit) ?? value,
    config,
  );
}
