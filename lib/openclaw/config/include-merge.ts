/** Merges included values as OpenClaw does. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

const DROPPED_KEYS = new Set(["__proto__", "prototype", "constructor"]);

/** Objects merge by key, lists are joined, and any other value is replaced. */
export function deepMerge(base: Json, over: Json): Json {
  if (isJsonArray(base) && isJsonArray(over)) return [...base, ...over];
  if (!isJsonObject(base) || !isJsonObject(over)) return over;
  const merged: Record<string, Json> = {};
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  for (const key of keys) {
    if (DROPPED_KEYS.has(key)) continue;
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    const next = Object.hasOwn(over, key) ? over[key] : undefined;
    if (isJsonObject(next)) merged[key] = deepMerge(isJsonObject(old) ? old : {}, next);
    else if (next === undefined)
      merged[key] = isJsonObject(old) ? deepMerge({}, old) : (old as Json);
    else merged[key] = old === undefined ? next : deepMerge(old, next);
  }
  return merged;
}
