/**
 * A key or login that OpenClaw has stored itself. It comes before every variable (see LoginRoute), so without
 * this the new key would be written and never used.
 */

import { profilesOf } from "@/lib/openclaw/credentials/profiles";
import {
  keyProfileFor,
  pauseEdits,
  profileIds,
  storeIn,
  withProfile,
  withState,
} from "@/lib/openclaw/credentials/store";
import { credentialRules } from "@/lib/openclaw/releases/credentials";
import {
  KEY_PROFILE,
  KEY_SECRET_REF,
  OPENAI,
  OPENAI_ORDER,
  OPENAI_PROVIDERS,
} from "@/lib/openclaw/releases/names";
import { privateConfig } from "@/lib/setup/hand-over/login";
import type { Finding } from "@/lib/setup/repairs/find-repairs";
import type { ApiKeyChoices, HandOver, Snapshot } from "@/lib/setup/types";
import { editConfig } from "@/lib/text/json5/edit";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { isJsonObject, textsAt, valueAt } from "@/lib/text/json5/value";

export interface StoredKey {
  readonly finding: Finding;
  /** The file as it will be, where no OpenClaw is here to be asked about it. */
  readonly file: string | null;
  readonly handOver: HandOver | null;
}

/** Null where nothing stored comes before the new key. Pure. */
export function storedKeyFor(
  snapshot: Snapshot,
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const { era, profilesBytes, version } = snapshot;
  const parsed = profilesBytes === null ? null : parseConfig(profilesBytes);
  const store = parsed?.ok ? parsed.value.value : {};
  if (era.login.kind === "auth-profiles-json") {
    return parsed?.ok ? inFile(snapshot, parsed.value, config, choices) : null;
  }
  const { command, fileProvider, storedProvider } = era.login;
  const imported = (id: string) =>
    id.startsWith(`${fileProvider}:`) ? storedProvider + id.slice(fileProvider.length) : id;
  // Its own command is what does it.
  if (version === null || (parsed && !parsed.ok)) return null;
  const { profilesJson, orderExcludes } = credentialRules(version);
  const ofMain = profilesIn(store);
  // The command takes over the files of every agent.
  const ofAgents = snapshot.agentStores.map((one) => profilesIn(storeIn(one.profilesBytes)));
  const full = [ofMain, ...ofAgents].filter((profiles) => profiles !== null);
  const isInTheWay = full.length > 0 && profilesJson === "refused";
  const isOverlooked = ofMain !== null && profilesJson === "ignored";
  const listed = profileIds(valueAt(config, ["auth", "profiles"]), ...OPENAI_PROVIDERS);
  const ordered = textsAt(config, OPENAI_ORDER) ?? [];
  // Named and not stored: a config from another machine, no profile of which is here.
  const isFirst = ordered[0] === KEY_PROFILE.id && snapshot.storesKeyProfile;
  const isStored =
    (snapshot.hasStore && (listed.length > 0 || ordered.length > 0)) ||
    (orderExcludes && ordered.length > 0);
  const isBehind = isStored && !isFirst;
  if (!isInTheWay && !isOverlooked && !isBehind) return null;
  const others = [
    ...(ordered.length > 0 ? ordered : listed),
    ...(isInTheWay ? full : [ofMain]).flatMap((profiles) =>
      profileIds(profiles, ...OPENAI_PROVIDERS).map(imported),
    ),
  ].filter((id) => id !== KEY_PROFILE.id);
  const edit: ConfigEdit = {
    op: "set",
    path: OPENAI_ORDER,
    value: [KEY_PROFILE.id, ...new Set(others)],
  };
  const after = `${JSON.stringify(withProfile(store, KEY_PROFILE.id, KEY_PROFILE.profile), null, 2)}\n`;
  const kind = isInTheWay ? "retired-store" : isBehind ? "stored-key" : "overlooked-store";
  const onRequest = kind === "overlooked-store";
  return {
    finding: { id: kind, kind, data: {}, important: !onRequest, onRequest, edits: [edit] },
    file: null,
    handOver: handOverOf(snapshot, choices, KEY_PROFILE.id, command, after),
  };
}

function handOverOf(
  snapshot: Snapshot,
  { model }: ApiKeyChoices,
  profileId: string,
  command: readonly string[],
  after: string,
): HandOver {
  return {
    kind: command.length > 0 ? "import" : "file",
    what: "key",
    file: {
      path: snapshot.profilesPath,
      before: snapshot.profilesBytes,
      after: new TextEncoder().encode(after),
      mode: 0o600,
    },
    beside: [],
    provider: OPENAI,
    profileId,
    firstInOrder: [{ provider: OPENAI, ids: [profileId] }],
    // A key has none.
    expiresAt: 0,
    command,
    backup: null,
    privateConfig: `${JSON.stringify(privateConfig(model, snapshot), null, 2)}\n`,
  };
}

/** What is tried first gets the new key, or the new key goes before it. Every other byte of the file stays. */
function inFile(
  snapshot: Snapshot,
  source: { readonly text: string; readonly value: Json },
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const rules = credentialRules(snapshot.version ?? snapshot.era.since);
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
  const edits = [edit, ...pauseEdits(source.value, first.id)];
  return edited(snapshot, source.text, choices, first.id, edits, {
    id: kind,
    kind,
    data: { profile: first.id },
    important: true,
    edits: [],
  });
}

/** Where a login has the provider of a key, it answers before every variable. */
function beforeLogin(
  snapshot: Snapshot,
  { text, value }: { readonly text: string; readonly value: Json },
  config: Json,
  choices: ApiKeyChoices,
): StoredKey | null {
  const { id } = KEY_PROFILE;
  const rules = credentialRules(snapshot.version ?? snapshot.era.since);
  const profile = keyProfileFor(rules, choices.apiKey);
  const place = OPENAI_ORDER;
  const ownPlace = ["order", OPENAI];
  // The file's own order goes before the config's.
  const own = textsAt(value, ownPlace);
  const order = own ?? textsAt(config, place);
  const ids = [
    id,
    ...(order ?? profileIds(valueAt(value, ["profiles"]), OPENAI)).filter((one) => one !== id),
  ];
  const edits: ConfigEdit[] = [
    { op: "set", path: ["profiles", id], value: profile },
    ...pauseEdits(value, id),
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

/** OpenClaw writes into the file at each turn, so it is kept and taken back like a login. */
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
  const isInstalled = snapshot.version !== null;
  return {
    finding,
    file: isInstalled ? null : made.value,
    handOver: isInstalled ? handOverOf(snapshot, choices, profileId, [], made.value) : null,
  };
}

/** Null where there are none. */
function profilesIn(store: Json): Json | null {
  const profiles = valueAt(store, ["profiles"]);
  return isJsonObject(profiles) && Object.keys(profiles).length > 0 ? profiles : null;
}
