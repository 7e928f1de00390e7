/** Replaces a key or login that OpenClaw has stored, because it overrides every variable (see LoginRoute). */

import { profilesOf } from "@/lib/openclaw/credentials/profiles";
import {
  cooldownEdits,
  keyProfileFor,
  profileIds,
  storeIn,
  withProfile,
  withState,
} from "@/lib/openclaw/credentials/store";
import type { LoginRoute } from "@/lib/openclaw/releases/facts";
import {
  KEY_PROFILE,
  KEY_SECRET_REF,
  OPENAI,
  OPENAI_ORDER,
  OPENAI_PROVIDERS,
} from "@/lib/openclaw/releases/names";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { howFor, privateConfigFor } from "@/lib/setup/hand-over/login";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { KeyHandOver } from "@/lib/setup/types";
import { editConfig } from "@/lib/text/json5/edit";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { isJsonObject, textsAt, valueAt } from "@/lib/text/json5/value";

export interface StoredKey {
  readonly finding: Finding;
  /** Uses the installed OpenClaw, or a file of the plan if there is none. */
  readonly by:
    | { readonly kind: "hand-over"; readonly handOver: KeyHandOver }
    | { readonly kind: "file"; readonly text: string };
}

/** Null if nothing stored overrides the new key. Pure. */
export function storedKeyFor(
  snapshot: Snapshot,
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const { era, profilesBytes, version } = snapshot;
  const parsed = profilesBytes === null ? null : parseConfig(profilesBytes);
  if (era.login.kind === "auth-profiles-json") {
    return parsed?.ok ? inFile(snapshot, parsed.value, config, choices) : null;
  }
  if (version === null || (parsed && !parsed.ok)) return null;
  const store = parsed?.ok ? parsed.value.value : {};
  return byImport(snapshot, era.login, store, config, choices);
}

/** The release's command imports the key's profile, which goes first in the order. */
function byImport(
  snapshot: Snapshot,
  { fileProvider, storedProvider }: Extract<LoginRoute, { kind: "doctor-import" }>,
  store: Json,
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const imported = (id: string) =>
    id.startsWith(`${fileProvider}:`) ? storedProvider + id.slice(fileProvider.length) : id;
  const found = inTheWay(snapshot, store, config);
  if (!found) return null;
  const { kind, listed, files } = found;
  const others = [
    ...listed,
    ...files.flatMap((profiles) => profileIds(profiles, ...OPENAI_PROVIDERS).map(imported)),
  ].filter((id) => id !== KEY_PROFILE.id);
  const edit: ConfigEdit = {
    op: "set",
    path: OPENAI_ORDER,
    value: [KEY_PROFILE.id, ...new Set(others)],
  };
  const after = withProfile(store, KEY_PROFILE.id, KEY_PROFILE.profile);
  const text = `${JSON.stringify(after, null, 2)}\n`;
  const onRequest = kind === "overlooked-store";
  return {
    finding: { id: kind, kind, data: {}, important: !onRequest, onRequest, edits: [edit] },
    by: { kind: "hand-over", handOver: handOverOf(snapshot, choices, KEY_PROFILE.id, text) },
  };
}

interface InTheWay {
  readonly kind: "retired-store" | "stored-key" | "overlooked-store";
  readonly listed: readonly string[];
  readonly files: ReadonlyArray<Json | null>;
}

function inTheWay(
  { agentStores, era, hasStore, storesKeyProfile }: Snapshot,
  store: Json,
  config: Json,
): InTheWay | null {
  const { profilesJson, orderExcludes } = era.credentials;
  const ofMain = profilesIn(store);
  // The command imports the files of every agent.
  const ofAgents = agentStores.map((one) => profilesIn(storeIn(one.profilesBytes)));
  const full = [ofMain, ...ofAgents].filter((profiles) => profiles !== null);
  const listed = profileIds(valueAt(config, ["auth", "profiles"]), ...OPENAI_PROVIDERS);
  const ordered = textsAt(config, OPENAI_ORDER) ?? [];
  // A config from another machine may name profiles that are not stored here.
  const isFirst = ordered[0] === KEY_PROFILE.id && storesKeyProfile;
  const isStored =
    (hasStore && (listed.length > 0 || ordered.length > 0)) ||
    (orderExcludes && ordered.length > 0);
  const named = ordered.length > 0 ? ordered : listed;
  if (full.length > 0 && profilesJson === "refused") {
    return { kind: "retired-store", listed: named, files: full };
  }
  if (isStored && !isFirst) return { kind: "stored-key", listed: named, files: [ofMain] };
  return ofMain !== null && profilesJson === "ignored"
    ? { kind: "overlooked-store", listed: named, files: [ofMain] }
    : null;
}

function handOverOf(
  snapshot: Snapshot,
  { model }: ApiKeyChoices,
  profileId: string,
  after: string,
): KeyHandOver {
  return {
    credential: "key",
    how: howFor(snapshot.era.login),
    file: {
      path: snapshot.profilesPath,
      before: snapshot.profilesBytes,
      after: new TextEncoder().encode(after),
      mode: 0o600,
    },
    authState: null,
    provider: OPENAI,
    profileId,
    firstInOrder: [{ provider: OPENAI, ids: [profileId] }],
    privateConfig: privateConfigFor(model, snapshot),
  };
}

/** Updates the profile tried first, or puts the new key before it. Every other byte stays. */
function inFile(
  snapshot: Snapshot,
  source: { readonly text: string; readonly value: Json },
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const rules = snapshot.era.credentials;
  const seen = withState(source.value, snapshot.authStateBytes);
  const first = profilesOf(seen, OPENAI, config, rules)?.[0];
  if (!first) {
    const logins = profilesOf(seen, rules.loginProvider, config, rules) ?? [];
    const answers = rules.loginAnswersForKeys && logins.length > 0;
    return answers ? beforeLogin(snapshot, source, config, choices) : null;
  }
  if (first.kind === "oauth") return beforeLogin(snapshot, source, config, choices);
  if (first.secret === choices.apiKey || first.variable === KEY_SECRET_REF.id) return null;
  const edit: ConfigEdit =
    first.secret === null
      ? { op: "set", path: ["profiles", first.id, "keyRef"], value: KEY_SECRET_REF }
      : { op: "set", path: ["profiles", first.id, "key"], value: choices.apiKey };
  const kind = "second-key-profile";
  const edits = [edit, ...cooldownEdits(source.value, first.id)];
  return edited(snapshot, source.text, choices, first.id, edits, {
    id: kind,
    kind,
    data: { profile: first.id },
    important: true,
    edits: [],
  });
}

/** Puts the key before a login of the same provider, which would override variables. */
function beforeLogin(
  snapshot: Snapshot,
  { text, value }: { readonly text: string; readonly value: Json },
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const { id } = KEY_PROFILE;
  const rules = snapshot.era.credentials;
  const profile = keyProfileFor(rules, choices.apiKey);
  const place = OPENAI_ORDER;
  const ownPlace = ["order", OPENAI];
  // The file's order overrides the config's.
  const own = textsAt(value, ownPlace);
  const order = own ?? textsAt(config, place);
  const ids = [
    id,
    ...(order ?? profileIds(valueAt(value, ["profiles"]), OPENAI)).filter((one) => one !== id),
  ];
  const edits: ConfigEdit[] = [
    { op: "set", path: ["profiles", id], value: profile },
    ...cooldownEdits(value, id),
  ];
  if (own) edits.push({ op: "set", path: ownPlace, value: ids });
  const kind = "stored-key";
  return edited(snapshot, text, choices, id, edits, {
    id: kind,
    kind,
    data: {},
    important: true,
    edits: own ? [] : [{ op: "set", path: place, value: ids }],
  });
}

/** OpenClaw changes the file at each turn, so it is handled like a login. */
function edited(
  snapshot: Snapshot,
  text: string,
  choices: ApiKeyChoices,
  profileId: string,
  edits: readonly ConfigEdit[],
  finding: Finding,
): StoredKey | null {
  const made = editConfig(text, edits);
  if (!made.ok) return null;
  if (snapshot.version === null) return { finding, by: { kind: "file", text: made.value } };
  const handOver = handOverOf(snapshot, choices, profileId, made.value);
  return { finding, by: { kind: "hand-over", handOver } };
}

function profilesIn(store: Json): Json | null {
  const profiles = valueAt(store, ["profiles"]);
  return isJsonObject(profiles) && Object.keys(profiles).length > 0 ? profiles : null;
}
