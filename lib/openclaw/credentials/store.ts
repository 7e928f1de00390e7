/** What `auth-profiles.json` and `auth-state.json` hold, and how a profile, its place in the order and its cooldown change there. */

import type { CredentialRules } from "@/lib/openclaw/releases/facts";
import { KEY_PROFILE } from "@/lib/openclaw/releases/names";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonObject, textsAt, valueAt } from "@/lib/text/json5/value";

/** Pure. `{}` where there is no such file, or none that can be read. */
export function storeIn(bytes: Uint8Array | null): Json {
  const parsed = bytes === null ? null : parseConfig(bytes);
  return parsed?.ok ? parsed.value.value : {};
}

/** Names of the profiles of these providers: of a store, or of `auth.profiles` in the config. */
export function profileIds(profiles: Json | undefined, ...providers: readonly string[]): string[] {
  if (!isJsonObject(profiles)) return [];
  return Object.keys(profiles).filter((id) =>
    providers.includes(String(valueAt(profiles, [id, "provider"]))),
  );
}

/** The store with a profile under that name, of whose use nothing is known yet. */
export function withProfile(store: Json, id: string, profile: Json): Json {
  const object = isJsonObject(store) ? store : {};
  const profiles = isJsonObject(object["profiles"]) ? object["profiles"] : {};
  const usage = isJsonObject(object["usageStats"]) ? object["usageStats"] : null;
  // A cooldown after failures of the old login does not apply to the new one.
  const { [id]: _old, ...otherUsage } = usage ?? {};
  return {
    version: 1,
    ...object,
    profiles: { ...profiles, [id]: profile },
    ...(usage ? { usageStats: otherUsage } : {}),
  };
}

/** The profile of the key; with the key in it for a release that passes a reference over. */
export function keyProfileFor({ profileReferences }: CredentialRules, apiKey: string): Json {
  const { profile } = KEY_PROFILE;
  if (profileReferences) return profile;
  return { type: profile.type, provider: profile.provider, key: apiKey };
}

/** An order that stands in the store goes before that of the config; none is made. */
export function firstInStore(store: Json, provider: string, first: string): Json {
  const path = ["order", provider];
  const told = textsAt(store, path);
  if (told === null) return store;
  const value = [first, ...told.filter((id) => id !== first)];
  return applyEdit(store, { op: "set", path, value }) ?? store;
}

/** The edit that puts a profile first in an order of `auth-state.json`; none where it has none, or an empty one. */
export function leadEdits(state: Json, provider: string, first: string): ConfigEdit[] {
  const told = ordersOf(state)[provider];
  if (told === undefined || told[0] === first) return [];
  const value = [first, ...told.filter((id) => id !== first)];
  return [{ op: "set", path: ["order", provider], value }];
}

/** As an agent sees it that has a store of its own: that goes before the one of `main`, name by name (2026.2.9 to 2026.6.1). */
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

/** The store with the orders of `auth-state.json`, which go before its own (2026.4.14 to 2026.6.1). */
export function withState(store: Json, state: Uint8Array | null): Json {
  if (!isJsonObject(store)) return store;
  return { ...store, order: { ...ordersOf(store), ...ordersOf(storeIn(state)) } };
}

/** As OpenClaw reads them: an empty one is none (2026.3.13). */
export function ordersOf(store: Json): Readonly<Record<string, readonly string[]>> {
  const told = valueAt(store, ["order"]);
  if (!isJsonObject(told)) return {};
  const orders = Object.keys(told).map((provider) => {
    const ids = textsAt(told, [provider]) ?? [];
    return [provider, ids.map((id) => id.trim()).filter(Boolean)] as const;
  });
  return Object.fromEntries(orders.filter(([, ids]) => ids.length > 0));
}

/** The edit that takes a profile's cooldown out of a store, together with the rest that is known of its use. */
export function cooldownEdits(store: Json, profileId: string): ConfigEdit[] {
  const path = ["usageStats", profileId];
  const usage = valueAt(store, path);
  // `cooldownUntil`, `disabledUntil`, `blockedUntil`.
  const isCoolingDown =
    isJsonObject(usage) && Object.keys(usage).some((key) => key.endsWith("Until"));
  return isCoolingDown ? [{ op: "remove", path }] : [];
}
