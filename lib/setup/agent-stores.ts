/**
 * Agents with a store of their own, which goes before the one of `main` name by name (2026.2.9 to 2026.6.1):
 * without this a new key or login would be written and such an agent go on with the old one. Up to 2026.3.13
 * an agent's first turn copies the store of `main`, so that every agent has one.
 */

import type { FileChange } from "@/lib/files/types";
import { firstInStore, mergedStores, pauseEdits, withProfile } from "@/lib/openclaw/auth-store";
import { editConfig } from "@/lib/openclaw/config-edit";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { isJsonObject, sameJson, textsAt, valueAt } from "@/lib/openclaw/config-value";
import { credentialRules } from "@/lib/openclaw/credentials-precedence";
import { profilesOf } from "@/lib/openclaw/credentials-profiles";
import { defaultAgentOf } from "@/lib/openclaw/default-agent";
import { OPENAI } from "@/lib/openclaw/openai-names";
import { orderEdits, otherProfiles, ownNameOf, profileOf } from "@/lib/setup/hand-over";
import type { Finding } from "@/lib/setup/repairs";
import { keyFirstIn } from "@/lib/setup/stored-key";
import type { AgentStore, Choices, HandOver, Snapshot } from "@/lib/setup/types";

export interface AgentFinding {
  readonly finding: Finding;
  /** The agent's `auth-profiles.json`, and `auth-state.json` where that has a pause or an order of its own. */
  readonly files: readonly FileChange[];
}

interface Change {
  readonly kind: "agent-key" | "agent-login";
  readonly store: string;
  /** What comes first there, by its provider. */
  readonly first: ReadonlyArray<readonly [provider: string, profileId: string]>;
  /** In the config. */
  readonly order: readonly ConfigEdit[];
}

/**
 * One finding for each agent whose store comes before what is chosen: made by itself for the agent that answers
 * where none is named and for copies of what `main` has, else only when asked for. Pure.
 * `config` has the new order of `main`; `handOver`: what goes to `main`.
 */
export function agentStoresFor(
  snapshot: Snapshot,
  config: Json,
  choices: Choices,
  handOver: HandOver | null,
): AgentFinding[] {
  const { agentStores, era, profilesBytes, version } = snapshot;
  const after = storeIn(handOver?.file?.after ?? profilesBytes)?.value ?? {};
  // Without OpenClaw there is nothing to keep and take back a store with.
  if (era.login.kind !== "auth-profiles-json" || version === null) return [];
  const main = storeIn(profilesBytes)?.value ?? {};
  const answers = defaultAgentOf(config);
  return agentStores.flatMap((one): AgentFinding[] => {
    const own = storeIn(one.profilesBytes);
    if (!own) return [];
    const change =
      choices.auth === "chatgpt"
        ? loginFirst(snapshot, own, config, choices, handOver, after)
        : keyFirst(snapshot, own, config, choices.apiKey, after);
    if (!change) return [];
    const important = one.agent === answers || isCopy(own.value, main);
    const { kind } = change;
    const id = `${kind}:${one.agent}`;
    const data = { agent: one.agent };
    return [
      {
        finding: { id, kind, data, important, onRequest: !important, edits: change.order },
        files: filesOf(one, change),
      },
    ];
  });
}

/** The hand-over with the stores of other agents, which may be all there is to it. Pure. */
export function withAgents(
  handOver: HandOver | null,
  files: readonly FileChange[],
): HandOver | null {
  if (files.length === 0) return handOver;
  return { ...(handOver ?? TO_AGENTS), beside: [...(handOver?.beside ?? []), ...files] };
}

const TO_AGENTS: HandOver = {
  kind: "file",
  what: "key",
  file: null,
  beside: [],
  provider: OPENAI,
  profileId: "",
  // A key has none.
  expiresAt: 0,
  command: [],
  backup: null,
  privateConfig: "{}\n",
};

type Source = { readonly text: string; readonly value: Json };

function keyFirst(
  { era, version }: Snapshot,
  own: Source,
  config: Json,
  apiKey: string,
  main: Json,
): Change | null {
  const rules = credentialRules(version ?? era.since);
  const change = keyFirstIn(own.value, config, apiKey, rules, main);
  const made = change && editConfig(own.text, change.edits);
  if (!change || !made?.ok) return null;
  const { profileId, order } = change;
  return { kind: "agent-key", store: made.value, first: [[OPENAI, profileId]], order };
}

/** The login under the name that it has in `main`, and the key behind it before one that is stored. */
function loginFirst(
  snapshot: Snapshot,
  own: Source,
  config: Json,
  choices: Extract<Choices, { readonly auth: "chatgpt" }>,
  handOver: HandOver | null,
  main: Json,
): Change | null {
  if (!handOver) return null;
  const { provider, profileId } = handOver;
  const present = valueAt(own.value, ["profiles", profileId]);
  const taken = valueAt(own.value, ["profiles", profileId, "type"]);
  const id =
    taken === undefined || taken === "oauth"
      ? profileId
      : `${provider}:${ownNameOf(choices.login)}`;
  const others = otherProfiles(own.value, id, provider);
  const place = ["order", provider];
  const told = textsAt(own.value, place) ?? textsAt(main, place);
  const profile = profileOf(provider, choices.login);
  const isInTheWay =
    present !== undefined || others.length > 0 || textsAt(own.value, place) !== null;
  const rules = credentialRules(snapshot.version ?? snapshot.era.since);
  const there = valueAt(own.value, ["profiles", id]) ?? null;
  const seen = mergedStores(main, own.value);
  const isFirst = profilesOf(seen, provider, config, rules)?.[0]?.id === id;
  const isThere = sameJson(there, profile) && isFirst;
  const store = firstInStore(withProfile(own.value, id, profile), provider, id, main);
  const order = told === null ? orderEdits(snapshot, config, provider, id, others, null) : [];
  const login: Change | null =
    isInTheWay && !isThere
      ? {
          kind: "agent-login",
          store: `${JSON.stringify(store, null, 2)}\n`,
          first: [[provider, id]],
          order,
        }
      : null;
  if (choices.apiKey === null || snapshot.era.backup !== "model") return login;
  const source = login ? { text: login.store, value: store } : own;
  const key = keyFirst(snapshot, source, config, choices.apiKey, main);
  if (!key || !login) return login ?? key;
  return {
    ...login,
    store: key.store,
    first: [...login.first, ...key.first],
    order: [...login.order, ...key.order],
  };
}

function filesOf(
  { profilesPath, profilesBytes, authStatePath, authStateBytes }: AgentStore,
  { store, first }: Change,
): FileChange[] {
  const written = (path: string, before: Uint8Array | null, after: string): FileChange => {
    return { path, before, after: new TextEncoder().encode(after), mode: 0o600 };
  };
  const state = storeIn(authStateBytes);
  const edits = first.flatMap(([provider, id]): ConfigEdit[] => {
    const path = ["order", provider];
    const told = state && textsAt(state.value, path);
    const ids = told && [id, ...told.filter((one) => one !== id)];
    return [
      ...(state ? pauseEdits(state.value, id) : []),
      ...(ids && !sameJson(ids, told) ? [{ op: "set", path, value: ids } as const] : []),
    ];
  });
  const made = state && edits.length > 0 ? editConfig(state.text, edits) : null;
  return [
    ...(storeIn(profilesBytes)?.text === store
      ? []
      : [written(profilesPath, profilesBytes, store)]),
    ...(made?.ok ? [written(authStatePath, authStateBytes, made.value)] : []),
  ];
}

/** Each profile is the one that `main` has under the same name; tokens of a login are renewed in each by itself. */
function isCopy(own: Json, main: Json): boolean {
  const profiles = valueAt(own, ["profiles"]);
  if (!isJsonObject(profiles)) return false;
  return Object.entries(profiles).every(([id, profile]) => {
    const shared = valueAt(main, ["profiles", id]);
    if (shared === undefined) return false;
    const account = valueAt(profile, ["accountId"]);
    const isLogin = valueAt(profile, ["type"]) === "oauth" && account !== undefined;
    return isLogin ? account === valueAt(shared, ["accountId"]) : sameJson(shared, profile);
  });
}

function storeIn(bytes: Uint8Array | null): Source | null {
  const parsed = bytes === null ? null : parseConfig(bytes);
  return parsed?.ok ? { text: parsed.value.text, value: parsed.value.value } : null;
}
