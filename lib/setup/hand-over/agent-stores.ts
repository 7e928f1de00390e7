/**
 * Hands a credential to agents whose own store overrides that of `main` (2026.2.9 to 2026.6.1).
 * Up to 2026.3.13 an agent's first turn copies the store of `main`, so every agent has one.
 */

import type { FileChange } from "@/lib/files/types";
import { defaultAgentOf } from "@/lib/openclaw/config/agents";
import { type AuthProfile, profilesOf } from "@/lib/openclaw/credentials/profiles";
import {
  cooldownEdits,
  keyProfileFor,
  leadEdits,
  mergedStores,
  profileIds,
  storeIn,
  withState,
} from "@/lib/openclaw/credentials/store";
import type { CredentialRules } from "@/lib/openclaw/releases/facts";
import { KEY_PROFILE, KEY_VARIABLE, OPENAI } from "@/lib/openclaw/releases/names";
import type { Choices } from "@/lib/setup/choices";
import { ownNameOf, profileOf } from "@/lib/setup/hand-over/login";
import { type Finding, isWanted } from "@/lib/setup/repairs/finding";
import type { AgentStore, Snapshot } from "@/lib/setup/snapshot";
import type { HandOver } from "@/lib/setup/types";
import { editConfig } from "@/lib/text/json5/edit";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { sameJson, textsAt, valueAt } from "@/lib/text/json5/value";

export interface AgentStores {
  /** Accepted by default only for the default agent and for copies of `main`; none changes the shared config. */
  readonly findings: readonly Finding[];
  readonly files: readonly FileChange[];
}

/** `config` has the new order of `main`, and `handOver` its new credential. Pure. */
export function agentStoresFor(
  snapshot: Snapshot,
  config: Json,
  choices: Choices,
  handOver: HandOver | null,
): AgentStores {
  const { agentStores, authStateBytes, era, profilesBytes, version } = snapshot;
  // Without OpenClaw no store can be kept or restored.
  if (era.login.kind !== "auth-profiles-json" || version === null) {
    return { findings: [], files: [] };
  }
  const rules = era.credentials;
  const before = storeIn(profilesBytes);
  const main = withState(storeIn(handOver?.file.after ?? profilesBytes), authStateBytes);
  const wanted = wantedFrom(snapshot, choices, handOver, rules);
  const answers = defaultAgentOf(config);
  const each = agentStores.map((store) => {
    const isAnswering = store.agent === answers;
    const own = withState(storeIn(store.profilesBytes), store.authStateBytes);
    const changes = wanted.flatMap((one) => changeFor(one, own, main, before, config, rules) ?? []);
    const [first] = changes;
    const cooldowns: Change = {
      edits: [],
      firstInOrder: [],
      cooldowns: cooldownsIn(handOver, own),
    };
    if (!first) return { finding: null, files: filesOf(store, [cooldowns]) };
    const providers = wanted.flatMap((one) => one.providers);
    const important = isAnswering || (handOver !== null && isCopy(own, before, providers));
    const kind = first.kind;
    const id = `${kind}:${store.agent}`;
    const data = { agent: store.agent };
    const finding: Finding = { id, kind, data, important, onRequest: !important, edits: [] };
    const made = isWanted(finding, choices) ? changes : [];
    return { finding, files: filesOf(store, [cooldowns, ...made]) };
  });
  return {
    findings: each.flatMap(({ finding }) => finding ?? []),
    files: each.flatMap(({ files }) => files),
  };
}

interface Wanted {
  readonly kind: "agent-key" | "agent-login";
  readonly provider: string;
  /** Providers that answer for this one; the first with profiles counts. */
  readonly providers: readonly string[];
  readonly profile: Json;
  readonly usualId: string;
  readonly otherId: string;
  readonly isIt: (found: AuthProfile) => boolean;
}

function wantedFrom(
  { era }: Snapshot,
  choices: Choices,
  handOver: HandOver | null,
  rules: CredentialRules,
): Wanted[] {
  const wanted: Wanted[] = [];
  if (choices.auth === "chatgpt" && handOver) {
    const { provider, profileId } = handOver;
    wanted.push({
      kind: "agent-login",
      provider,
      providers: [provider],
      profile: profileOf(provider, choices.login),
      usualId: profileId,
      otherId: `${provider}:${ownNameOf(choices.login)}`,
      isIt: ({ secret }) => secret === choices.login.accessToken,
    });
  }
  const { apiKey } = choices;
  // Behind a login, a key needs its own provider's model to answer.
  if (apiKey !== null && (choices.auth === "api-key" || era.backup === "model")) {
    wanted.push({
      kind: "agent-key",
      provider: OPENAI,
      providers: rules.loginAnswersForKeys ? [OPENAI, rules.loginProvider] : [OPENAI],
      profile: keyProfileFor(rules, apiKey),
      usualId: KEY_PROFILE.id,
      otherId: KEY_PROFILE.id,
      isIt: ({ kind, secret, variable }) =>
        kind === "api-key" && (secret === apiKey || variable === KEY_VARIABLE),
    });
  }
  return wanted;
}

interface Change {
  readonly edits: readonly ConfigEdit[];
  /** New starts of existing orders in `auth-state.json`. */
  readonly firstInOrder: ReadonlyArray<readonly [provider: string, profileId: string]>;
  readonly cooldowns: readonly string[];
}

/** Null if the agent already tries it first, or has no profile or order of its own. */
function changeFor(
  wanted: Wanted,
  own: Json,
  main: Json,
  before: Json,
  config: Json,
  rules: CredentialRules,
): (Change & Pick<Wanted, "kind">) | null {
  const { kind, provider, providers, profile, isIt } = wanted;
  const idsOf = (store: Json, one: string) => profileIds(valueAt(store, ["profiles"]), one);
  const has = (one: string) => idsOf(own, one).length > 0 || textsAt(own, ["order", one]) !== null;
  if (!providers.some(has)) return null;
  const seen = mergedStores(main, own);
  const lists = providers.map((one) => profilesOf(seen, one, config, rules) ?? []);
  const [first, ...others] = lists.find((list) => list.length > 0) ?? [];
  const order = textsAt(seen, ["order", provider]) ?? textsAt(config, ["auth", "order", provider]);
  // Without an order, OpenClaw alternates between profiles of one kind.
  const takesTurns = order === null && others.some((other) => other.kind === first?.kind);
  // With no profile, OpenClaw uses a key's variable but finds no login.
  const isFirst = first === undefined ? kind === "agent-key" : isIt(first) && !takesTurns;
  if (isFirst) return null;
  const at = (store: Json, id: string) => valueAt(store, ["profiles", id]);
  const isThere = (id: string) => sameJson(at(seen, id) ?? null, profile);
  const present = at(own, wanted.usualId);
  const isFree =
    present === undefined ||
    kind === "agent-key" ||
    isThere(wanted.usualId) ||
    isSame(present, at(before, wanted.usualId)) ||
    isSame(present, profile);
  const id = isFree ? wanted.usualId : wanted.otherId;
  const behind = order ?? [...new Set([...idsOf(main, provider), ...idsOf(own, provider)])];
  const ids = [id, ...behind.filter((one) => one !== id)];
  return {
    kind,
    edits: [
      ...(isThere(id) ? [] : [{ op: "set", path: ["profiles", id], value: profile } as const]),
      ...(ids.length > 1 ? [{ op: "set", path: ["order", provider], value: ids } as const] : []),
    ],
    firstInOrder: [[provider, id]],
    cooldowns: [id],
  };
}

/** An agent without its own profile of this name must not skip the new one of `main`. */
function cooldownsIn(handOver: HandOver | null, own: Json): string[] {
  if (!handOver) return [];
  return valueAt(own, ["profiles", handOver.profileId]) === undefined ? [handOver.profileId] : [];
}

function filesOf(
  { profilesPath, profilesBytes, authStatePath, authStateBytes }: AgentStore,
  changes: readonly Change[],
): FileChange[] {
  const cooldowns = changes.flatMap((change) => change.cooldowns);
  const edited = (
    path: string,
    before: Uint8Array | null,
    edits: (value: Json) => readonly ConfigEdit[],
  ): FileChange[] => {
    const parsed = parseConfig(before ?? NEW_STORE);
    if (!parsed.ok) return [];
    const { text, value } = parsed.value;
    const wanted = edits(value);
    const made = wanted.length > 0 ? editConfig(text, wanted) : null;
    if (!made?.ok || made.value === text) return [];
    return [{ path, before, after: new TextEncoder().encode(made.value), mode: 0o600 }];
  };
  const cooldownEditsIn = (value: Json) => cooldowns.flatMap((id) => cooldownEdits(value, id));
  const store = edited(profilesPath, profilesBytes, (value) => [
    ...changes.flatMap((change) => change.edits),
    ...cooldownEditsIn(value),
  ]);
  if (authStateBytes === null) return store;
  const state = edited(authStatePath, authStateBytes, (value) => [
    ...changes.flatMap((change) => change.firstInOrder).flatMap((one) => leadEdits(value, ...one)),
    ...cooldownEditsIn(value),
  ]);
  return [...store, ...state];
}

const NEW_STORE = new TextEncoder().encode('{\n  "version": 1\n}\n');

function isCopy(own: Json, main: Json, providers: readonly string[]): boolean {
  const ids = profileIds(valueAt(own, ["profiles"]), ...providers);
  return (
    ids.length > 0 &&
    ids.every((id) => isSame(valueAt(own, ["profiles", id]), valueAt(main, ["profiles", id])))
  );
}

/** Each store refreshes a login's tokens itself, so the account identifies it. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const account = valueAt(one, ["accountId"]);
  const isLogin = valueAt(one, ["type"]) === "oauth" && account !== undefined;
  return isLogin ? account === valueAt(other, ["accountId"]) : sameJson(one, other);
}
