/** Reads a release's JSON schema (`config schema`) for the places that a plan writes. Pure. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

export interface ToldSchema {
  readonly flatEnv: boolean;
  /** Required keys of a `models.providers` entry. */
  readonly providerNeeds: readonly string[];
  readonly secretRef: boolean;
  readonly modelAsText: boolean;
  /** Runtimes named by `agentRuntime.id`; null if there is no such key. */
  readonly runtimes: readonly string[] | null;
  /** Whether the schema accepts a path, where `*` is any name; null if it leaves that open. */
  readonly takes: (path: readonly string[]) => boolean | null;
}

const PROVIDER = ["models", "providers", "*"];

/** Null if it is no config schema. Seen of 2026.5.28 to 2026.9.6. */
export function toldSchema(schema: Json): ToldSchema | null {
  const at = (...path: string[]) => placeOf(schema, path);
  const [env, provider, apiKey] = [at("env"), at(...PROVIDER), at(...PROVIDER, "apiKey")];
  const model = at("agents", "defaults", "model");
  if (!env || !provider || !apiKey || !model) return null;
  const runtime = at(...PROVIDER, "agentRuntime", "id");
  const required = valueAt(provider, ["required"]);
  return {
    flatEnv: valueAt(env, ["additionalProperties"]) !== false,
    providerNeeds: (isJsonArray(required) ? required : []).filter((one) => typeof one === "string"),
    secretRef: alternatives(apiKey).some((one) => valueAt(one, ["type"]) === "object"),
    modelAsText: alternatives(model).some((one) => valueAt(one, ["type"]) === "string"),
    runtimes: runtime === null ? null : namesIn(valueAt(runtime, ["description"])),
    takes: (path) => takes(schema, path),
  };
}

/** False for a key that a strict object lacks; null below an open object. */
function takes(schema: Json, path: readonly string[]): boolean | null {
  const key = path.at(-1);
  const parent = placeOf(schema, path.slice(0, -1));
  if (key === undefined || parent === null) return null;
  const objects = alternatives(parent).filter((one) => isJsonObject(valueAt(one, ["properties"])));
  if (objects.some((one) => valueAt(one, ["properties", key]) !== undefined)) return true;
  const isStrict = objects.every((one) => valueAt(one, ["additionalProperties"]) === false);
  return objects.length > 0 && isStrict ? false : null;
}

function placeOf(schema: Json, path: readonly string[]): Json | null {
  let found: readonly Json[] = [schema];
  for (const part of path) {
    found = found.flatMap(alternatives).flatMap((one): Json[] => {
      const named = part === "*" ? undefined : valueAt(one, ["properties", part]);
      const any = valueAt(one, ["additionalProperties"]) ?? valueAt(one, ["items"]);
      if (named !== undefined) return [named];
      return isJsonObject(any) ? [any] : [];
    });
  }
  return found[0] ?? null;
}

function alternatives(schema: Json): readonly Json[] {
  const nested = ["anyOf", "oneOf", "allOf"].flatMap((name) => {
    const list = valueAt(schema, [name]);
    return isJsonArray(list) ? list.flatMap(alternatives) : [];
  });
  return [schema, ...nested];
}

function namesIn(description: Json | undefined): readonly string[] {
  if (typeof description !== "string") return [];
  return [...description.matchAll(/"(?<name>[a-z][a-z0-9-]{0,40})"/gu)].map(
    ({ groups }) => groups?.["name"] ?? "",
  );
}
