/** Sets the chosen default model, and decides what happens to another provider's model. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { isVariableOf } from "@/lib/openclaw/releases/provider-variables";
import type { Choices } from "@/lib/setup/choices";
import { providerOf } from "@/lib/setup/model-ref";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";
import { isUnfilled } from "@/lib/text/unfilled";

const MODEL = ["agents", "defaults", "model"];
const FALLBACKS = [...MODEL, "fallbacks"];

/**
 * Another provider's default, which stays as a fallback if it has a credential.
 * An alias of an OpenAI model does not count, because 2026.2.9 would look for it at Anthropic.
 */
export function otherDefaultOf(
  snapshot: Pick<Snapshot, "profilesBytes" | "environmentKeys" | "shutDown">,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  { model, otherDefault }: Pick<Choices, "model" | "otherDefault">,
): Plan["otherDefault"] {
  const from = primaryOf(config);
  if (!from || from === model) return null;
  const meant = namedBy(config, from) ?? (model.endsWith(`/${from}`) ? model : from);
  if (meant === model || isOpenAi(meant)) return null;
  const answers = hasCredential(snapshot, config, dotenv, meant);
  const gone = isUnfilled(meant) ? "unfilled" : snapshot.shutDown.has(meant) ? "shut-down" : null;
  // The release would reject an unknown fallback.
  const stays = gone === null && answers;
  const wasAfter = gone === null && fallbacksOf(config).includes(model);
  const usual = wasAfter ? "after" : stays ? "first" : "instead";
  return { from, choice: otherDefault ?? usual, answers, gone };
}

function namedBy(config: Json, alias: string): string | undefined {
  const list = valueAt(config, ["agents", "defaults", "models"]);
  const entries = Object.entries(isJsonObject(list) ? list : {});
  return entries.find(([, entry]) => valueAt(entry, ["alias"]) === alias)?.[0];
}

export function isOpenAi(ref: string): boolean {
  return OPENAI_PROVIDERS.includes(providerOf(ref));
}

/** A variable, provider entry or profile counts; an alias or variable for the model always does. */
function hasCredential(
  { profilesBytes, environmentKeys }: Pick<Snapshot, "profilesBytes" | "environmentKeys">,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  ref: string,
): boolean {
  const provider = providerOf(ref);
  if (provider === "" || provider.includes("${")) return true;
  const env = valueAt(config, ["env"]);
  const vars = valueAt(config, ["env", "vars"]);
  const names = [
    ...environmentKeys,
    ...dotenv.keys(),
    ...[env, vars].flatMap((one) => (isJsonObject(one) ? Object.keys(one) : [])),
  ];
  const stored = profilesBytes === null ? null : parseConfig(profilesBytes);
  const lists = [
    valueAt(config, ["auth", "profiles"]),
    stored?.ok ? valueAt(stored.value.value, ["profiles"]) : undefined,
  ];
  const profiles = lists.flatMap((list) => (isJsonObject(list) ? Object.values(list) : []));
  return (
    valueAt(config, ["models", "providers", provider]) !== undefined ||
    names.some((name) => isVariableOf(provider, name)) ||
    profiles.some((profile) => valueAt(profile, ["provider"]) === provider)
  );
}

/** Keeps a string if the release accepts it without fallbacks, and an object's fallbacks. */
export function modelEdits(
  config: Json,
  model: string,
  other: Plan["otherDefault"],
  { modelAsText }: Pick<ReleaseEra, "modelAsText">,
): readonly ConfigEdit[] {
  return [...defaultEdits(config, model, other, modelAsText), ...allowEdits(config, [model])];
}

export function primaryOf(config: Json): string | null {
  const model = valueAt(config, MODEL);
  const primary = isJsonObject(model) ? model["primary"] : model;
  return typeof primary === "string" && primary.trim() !== "" ? primary : null;
}

/** A list of models restricts them; `modelPolicy.allow` overrides the older list (see RuntimePin). */
export function allowEdits(config: Json, refs: readonly string[]): ConfigEdit[] {
  const policy = ["agents", "defaults", "modelPolicy", "allow"];
  const list = valueAt(config, policy);
  if (isJsonArray(list)) {
    const isAllowed = (ref: string) =>
      list.length === 0 || [ref, `${providerOf(ref)}/*`, "*"].some((one) => list.includes(one));
    return refs
      .filter((ref) => !isAllowed(ref))
      .map((ref, index) => ({ op: "set", path: [...policy, list.length + index], value: ref }));
  }
  const path = ["agents", "defaults", "models"];
  const allowed = valueAt(config, path);
  if (!isJsonObject(allowed) || Object.keys(allowed).length === 0) return [];
  return refs
    .filter((ref) => allowed[ref] === undefined)
    .map((ref) => ({ op: "set", path: [...path, ref], value: {} }));
}

function defaultEdits(
  config: Json,
  model: string,
  other: Plan["otherDefault"],
  textTaken: boolean,
): ConfigEdit[] {
  const asText = typeof valueAt(config, MODEL) === "string";
  const old = fallbacksOf(config);
  if (other?.choice === "after") {
    if (old.includes(model)) return [];
    return asText
      ? [{ op: "set", path: MODEL, value: { primary: other.from, fallbacks: [model] } }]
      : listEdits(old, [...old, model]);
  }
  if (other?.choice === "first") {
    const fallbacks = [other.from, ...old.filter((ref) => ref !== other.from && ref !== model)];
    if (asText) return [{ op: "set", path: MODEL, value: { primary: model, fallbacks } }];
    return [{ op: "set", path: [...MODEL, "primary"], value: model }, ...listEdits(old, fallbacks)];
  }
  if (asText) return [{ op: "set", path: MODEL, value: textTaken ? model : { primary: model } }];
  const others = old.filter((ref) => ref !== model);
  const fewer = others.length < old.length ? listEdits(old, others) : [];
  return [{ op: "set", path: [...MODEL, "primary"], value: model }, ...fewer];
}

function fallbacksOf(config: Json): readonly Json[] {
  const present = valueAt(config, FALLBACKS);
  return isJsonArray(present) ? present : [];
}

/** Edits single entries, so that comments between them stay. */
function listEdits(old: readonly Json[], now: readonly Json[]): ConfigEdit[] {
  if (old.length === 0) return [{ op: "set", path: FALLBACKS, value: now }];
  const set = now.map((value, at): ConfigEdit => ({ op: "set", path: [...FALLBACKS, at], value }));
  const spare = old.slice(now.length).map((_, at): ConfigEdit => {
    return { op: "remove", path: [...FALLBACKS, old.length - 1 - at] };
  });
  return [...set, ...spare];
}
