/** Reads and changes `auth-profiles.json` and `auth-state.json`: profiles, order and cooldowns. */

import type { CredentialRules } from "@/lib/openclaw/releases/facts";
import { KEY_PROFILE } from "@/lib/openclaw/releases/names";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonObject, textsAt, valueAt } from "@/lib/text/json5/value";

export function storeIn(bytes: Uint8Array | null): Json {
  const parsed = bytes === null ? null : parseConfig(bytes);
  return parsed?.ok ? parsed.value.value : {};
}

export function profileIds(profiles: Json | undefined, ...providers: readonly string[]): string[] {
  if (!isJsonObject(profiles)) return [];
  return Object.keys(profiles).filter((id) =>
    providers.includes(String(valueAt(profiles, [id, "provider"]))),
  );
}

export function withProfile(store: Json, id: string, profile: Json): Json {
  const object = isJsonObject(store) ? store : {};
  const profiles = isJsonObject(object["profiles"]) ? object["profiles"] : {};
  const usage = isJsonObject(object["usageStats"]) ? object["usageStats"] : null;
  // Cooldowns of the old login do not apply to the new one.
  const { [id]: _old, ...otherUsage } = usage ?? {};
  return {
    version: 1,
    ...object,
    profiles: { ...profiles, [id]: profile },
    ...(usage ? { usageStats: otherUsage } : {}),
  };
}

/** Contains the key itself if the release ignores references. */
export function keyProfileFor({ profileReferences }: CredentialRules, apiKey: string): Json {
  const { profile } = KEY_PROFILE;
  if (profileReferences) return profile;
  return { type: profile.type, provider: profile.provider, key: apiKey };
}

/** Changes only an existing order, which overrides the config's. */
export function firstInStore(store: Json, provider: string, first: string): Json {
  const path = ["order", provider];
  const told = textsAt(store, path);
  if (told === null) return store;
  const value = [first, ...told.filter((id) => id !== first)];
  return applyEdit(store, { op: "set", path, value }) ?? store;
}

export function leadEdits(state: Json, provider: string, first: string): ConfigEdit[] {
  const told = ordersOf(state)[provider];
  if (told === undefined || told[0] === first) return [];
  const value = [first, ...told.filter((id) => id !== first)];
  return [{ op: "set", path: ["order", provider], value }];
}

/** An agent's own profiles override those of `main` by name (2026.2.9 to 2026.6.1). */
export function mergedStores(main: Json, own: Json): Json {
  const profiles = (store: Json) => {
    const found = valueAt(store, ["profiles"]);
    return isJsonObject(found) ? found : {};
  };
  return {
    profiles: { ...profiles(main), ...profiles(own) },
    order: { ...ordersOf(main), ...ordersOf(own) },
  };
}

/** The orders of `auth-state.json` override the store's (2026.4.14 to 2026.6.1). */
export function withState(store: Json, state: Uint8Array | null): Json {
  if (!isJsonObject(store)) return store;
  return { ...store, order: { ...ordersOf(store), ...ordersOf(storeIn(state)) } };
}

/** OpenClaw ignores an empty order (2026.3.13). */
export function ordersOf(store: Json): Readonly<Record<string, readonly string[]>> {
  const told = valueAt(store, ["order"]);
  if (!isJsonObject(told)) return {};
  const orders = Object.keys(told).map((provider) => {
    const ids = textsAt(told, [provider]) ?? [];
    return [provider, ids.map((id) => id.trim()).filter(Boolean)] as const;
  });
  return Object.fromEntries(orders.filter(([, ids]) => ids.length > 0));
}

export function cooldownEdits(store: Json, profileId: string): ConfigEdit[] {
  const path = ["usageStats", profileId];
  const usage = valueAt(store, path);
  // Matches `cooldownUntil`, `disabledUntil` and `blockedUntil`.
  const isCoolingDown =
    isJsonObject(usage) && Object.keys(usage).some((key) => key.endsWith("Until"));
  return isCoolingDown ? [{ op: "remove", path }] : [];
}
