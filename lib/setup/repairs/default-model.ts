/** The default model: set as chosen, and what becomes of one of another provider that stands there. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { isVariableOf } from "@/lib/openclaw/releases/provider-variables";
import { providerOf } from "@/lib/setup/model-ref";
import type { Choices, Plan, Snapshot } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";
import { isUnfilled } from "@/lib/text/unfilled";

const MODEL = ["agents", "defaults", "model"];
const FALLBACKS = [...MODEL, "fallbacks"];

/**
 * A default model of another provider, an alias or a variable among them; an alias of a model of OpenAI is none,
 * nor is the chosen model without its provider: as a fallback 2026.2.9 would look for both at Anthropic. Whoever comes here wants
 * OpenAI to answer, so it goes first, and the other one stays behind it where it can answer: as a
 * fallback without a key it would only make `models status` complain. Where the chosen model is a
 * fallback already, that was decided before and stays.
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
  const gone = isUnfilled(meant)
    ? "unfilled"
    : snapshot.shutDown.includes(meant)
      ? "shut-down"
      : null;
  // What is gone is no fallback, and the release would refuse it as one.
  const stays = gone === null && answers;
  const wasAfter = gone === null && fallbacksOf(config).includes(model);
  const usual = wasAfter ? "after" : stays ? "first" : "instead";
  return { from, choice: otherDefault ?? usual, answers, gone };
}

/** The listed model that an alias stands for. */
function namedBy(config: Json, alias: string): string | undefined {
  const list = valueAt(config, ["agents", "defaults", "models"]);
  const entries = Object.entries(isJsonObject(list) ? list : {});
  return entries.find(([, entry]) => valueAt(entry, ["alias"]) === alias)?.[0];
}

export function isOpenAi(ref: string): boolean {
  return OPENAI_PROVIDERS.includes(providerOf(ref));
}

/** A variable, a provider entry or a profile of the model's provider; an alias or variable counts. */
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

/** A string stays a string where the release takes it and no fallback joins it; an object keeps its fallbacks. */
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

/** Where models are listed, only those are allowed; `modelPolicy.allow` goes before the older list (see RuntimePin). */
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
  // What answers first is no fallback of itself.
  const others = old.filter((ref) => ref !== model);
  const fewer = others.length < old.length ? listEdits(old, others) : [];
  return [{ op: "set", path: [...MODEL, "primary"], value: model }, ...fewer];
}

function fallbacksOf(config: Json): readonly Json[] {
  const present = valueAt(config, FALLBACKS);
  return isJsonArray(present) ? present : [];
}

/** Entry by entry, so that comments between them stay. */
function listEdits(old: readonly Json[], now: readonly Json[]): ConfigEdit[] {
  if (old.length === 0) return [{ op: "set", path: FALLBACKS, value: now }];
  const set = now.map((value, at): ConfigEdit => ({ op: "set", path: [...FALLBACKS, at], value }));
  const spare = old.slice(now.length).map((_, at): ConfigEdit => {
    return { op: "remove", path: [...FALLBACKS, old.length - 1 - at] };
  });
  return [...set, ...spare];
}
