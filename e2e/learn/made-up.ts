/** Made-up values for places of a config, as its schema wants them, and the objects around them. Pure. */

import { alternativesOf, into, type Place, partsOf, wordsOf } from "@/e2e/learn/schema-places";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, sameJson, valueAt } from "@/lib/text/json5/value";

/** A place that holds one value, and what is tried there. */
export interface Leaf {
  readonly place: Place;
  /** The same with a name or a number for each `*`. */
  readonly path: ConfigPath;
  /** The value of a run, if it has one; no two leaves have the same ones in all runs, as far as their schemas allow. */
  readonly valueIn: (run: number) => Json | undefined;
}

/** Counts up, for values that are told apart by themselves and for those that are not. */
export interface Numbering {
  readonly next: (isOneOfFew: boolean) => number;
}

export function numbering(): Numbering & { readonly few: () => number } {
  const counts = { many: 0, few: 0 };
  return {
    few: () => counts.few,
    next: (isOneOfFew) => {
      if (isOneOfFew) counts.few += 1;
      else counts.many += 1;
      return isOneOfFew ? counts.few : counts.many;
    },
  };
}

/** Stands for any name of a record. */
export const ANY_NAME = "made-up";
const MOST_DEEP = 14;

/** The innermost places at and below one, each once. */
export function leavesAt(
  schema: Json,
  place: Place,
  values: readonly Json[] | null,
  numbers: Numbering,
): Leaf[] {
  const at = place.reduce<readonly Json[]>((schemas, part) => into(schemas, part), [schema]);
  const path = place.reduce<{ path: ConfigPath; at: readonly Json[] }>(
    (now, part) => ({ path: [...now.path, concrete(now.at, part)], at: into(now.at, part) }),
    { path: [], at: [schema] },
  ).path;
  if (values) return [{ place, path, valueIn: oneOf(values, numbers.next(true)) }];
  return below(at, place, path).map((leaf) => ({
    place: leaf.place,
    path: leaf.path,
    valueIn: known(leaf.place, numbers) ?? valuesFor(leaf.schemas, numbers),
  }));
}

interface Bare {
  readonly place: Place;
  readonly path: ConfigPath;
  readonly schemas: readonly Json[];
}

function below(schemas: readonly Json[], place: Place, path: ConfigPath): Bare[] {
  const parts = path.length > MOST_DEEP || isSecret(schemas) ? [] : partsOf(schemas);
  // A list of plain values is one value.
  const isPlainList =
    parts.length === 1 &&
    parts[0] === "*" &&
    isList(schemas) &&
    partsOf(into(schemas, "*")).length === 0;
  if (parts.length === 0 || isPlainList) return [{ place, path, schemas }];
  const named = parts.length > 1 ? parts.filter((part) => part !== "*") : parts;
  return named.flatMap((part) =>
    below(into(schemas, part), [...place, part], [...path, concrete(schemas, part)]),
  );
}

/** A text, or where to find it. */
function isSecret(schemas: readonly Json[]): boolean {
  const all = alternativesOf(schemas);
  return (
    all.some((one) => valueAt(one, ["type"]) === "string") &&
    all.some((one) => valueAt(one, ["properties", "source", "const"]) !== undefined)
  );
}

function isList(schemas: readonly Json[]): boolean {
  return alternativesOf(schemas).some((one) => isJsonObject(valueAt(one, ["items"])));
}

function concrete(schemas: readonly Json[], part: string): string | number {
  if (part !== "*") return part;
  const isRecord = alternativesOf(schemas).some((one) =>
    isJsonObject(valueAt(one, ["additionalProperties"])),
  );
  return isRecord ? ANY_NAME : 0;
}

/** As `*` again. */
export function placeOf(path: ConfigPath): Place {
  return path.map((part) => (part === ANY_NAME || typeof part === "number" ? "*" : part));
}

function valuesFor(schemas: readonly Json[], numbers: Numbering): Leaf["valueIn"] {
  const all = alternativesOf(schemas);
  const types = all.map((one) => valueAt(one, ["type"]));
  const words = all.flatMap(wordsOf);
  if (words.length > 0 && !isSecret(schemas)) return oneOf(words, numbers.next(true));
  if (types.includes("boolean")) return oneOf([true, false], numbers.next(true));
  const number = all.find((one) => ["number", "integer"].includes(String(valueAt(one, ["type"]))));
  if (number !== undefined) return numberIn(number, numbers);
  const list = all.find((one) => valueAt(one, ["type"]) === "array");
  if (list !== undefined && !types.includes("string")) {
    const item = valuesFor([valueAt(list, ["items"]) ?? {}], numbers);
    return (run) => {
      const one = item(run);
      return one === undefined ? one : [one];
    };
  }
  return texts(all.find((one) => valueAt(one, ["type"]) === "string") ?? {}, numbers.next(false));
}

/**
 * One of two by a bit of the number, more in turn: both values, and never the opposite of another's in all runs. A
 * single one is left out of some runs, so that what comes and goes with it is seen.
 */
function oneOf(values: readonly Json[], code: number): Leaf["valueIn"] {
  return (run) => {
    if (values.length === 1) return isLeftOut(code, run) ? undefined : values[0];
    const bit = Math.floor(code / 2 ** run) % 2;
    return values[(bit + 2 * (run >> 1)) % values.length] ?? null;
  };
}

/** In the first run all are there. */
function isLeftOut(code: number, run: number): boolean {
  return run > 0 && Math.floor(code / 2 ** (run - 1)) % 2 === 1;
}

/** Runs in which so many places of few values can be told apart. */
export function runsFor(few: number): number {
  return Math.ceil(Math.log2(few + 1)) + 1;
}

function numberIn(schema: Json, numbers: Numbering): Leaf["valueIn"] {
  const limit = (name: string) => {
    const value = valueAt(schema, [name]);
    return typeof value === "number" && Math.abs(value) < 1e15 ? value : null;
  };
  const isWhole = valueAt(schema, ["type"]) === "integer";
  const least = limit("minimum") ?? (limit("exclusiveMinimum") ?? 0) + (isWhole ? 1 : 0);
  const most = limit("maximum") ?? limit("exclusiveMaximum");
  if (most !== null && isWhole && least + 20_000 > most) {
    return oneOf([least, Math.min(most, least + 1)], numbers.next(true));
  }
  const index = numbers.next(false);
  if (most === null || isWhole) return (run) => least + 101 + index * 16 + run;
  return (run) => least + ((most - least) * (index * 16 + run + 1)) / 100_003;
}

/** What a text that must read in a certain way is tried as, the first that its schema takes. */
const SHAPES = [
  (name: string) => name,
  (name: string) =>
    `#${name
      .slice(-6)
      .padStart(6, "0")
      .replace(/[^0-9a-f]/gu, "a")}`,
  (name: string) => `https://${name}.example/`,
  (name: string) => String(Number(name.replace(/\D/gu, ""))),
  (name: string) => `svc:${name}`,
  (name: string) => `${name} x`,
];

function texts(schema: Json, index: number): (run: number) => Json {
  const pattern = valueAt(schema, ["pattern"]);
  const fits = (text: string) => typeof pattern !== "string" || new RegExp(pattern, "u").test(text);
  const shape = SHAPES.find((one) => fits(one("a1b10"))) ?? SHAPES[0];
  return (run) => shape?.(`a${index}b${run}`) ?? "";
}

/** What a release asks for beyond its schema, by the end of the place. */
const ASKED: ReadonlyArray<readonly [string, (name: string) => string]> = [
  ["controlUi.chatMessageMaxWidth", (name) => `${name.replace(/\D/gu, "")}px`],
  ["cron.webhook", (name) => `https://${name}.example/`],
  ["marketplaces.feeds.*.url", (name) => `https://${name}.example/`],
];

function known(place: Place, numbers: Numbering): ((run: number) => Json) | null {
  const shape = ASKED.find(([end]) => place.join(".").endsWith(end))?.[1];
  if (shape === undefined) return null;
  const index = numbers.next(false);
  return (run) => shape(`a${index}b${run}`);
}

/** The same of what stands beside a place. */
const BESIDE: ReadonlyArray<readonly [ConfigPath, Json]> = [
  [["browser", "profiles", ANY_NAME, "cdpPort"], 18_801],
  [["models", "providers", ANY_NAME, "baseUrl"], "https://hub.example/v1"],
  [["secrets", "providers", ANY_NAME, "command"], "/bin/true"],
  [["agents", "list", 0, "id"], "helper"],
  [["bindings", 0, "agentId"], "helper"],
];

/** A config of leaves, with what its schema asks for around them. */
export function madeUpConfig(schema: Json, leaves: readonly Leaf[], run: number): Json {
  const bare = leaves.reduce<Json>((config, { path, valueIn }) => {
    const value = valueIn(run);
    return value === undefined ? config : (applyEdit(config, { op: "set", path, value }) ?? config);
  }, {});
  const around = BESIDE.reduce<Json>((config, [path, value]) => {
    const owner = valueAt(config, path.slice(0, -1));
    const isThere = owner !== undefined && valueAt(config, path) === undefined;
    return isThere ? (applyEdit(config, { op: "set", path, value }) ?? config) : config;
  }, bare);
  return completed([schema], around);
}

function completed(schemas: readonly Json[], value: Json): Json {
  if (isJsonArray(value)) return value.map((one) => completed(into(schemas, "*"), one));
  if (!isJsonObject(value)) return value;
  const fit = alternativesOf(schemas).find((one) => admits(one, value));
  const required = fit === undefined ? [] : valueAt(fit, ["required"]);
  const missing = (isJsonArray(required) ? required : [])
    .filter((name): name is string => typeof name === "string")
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => [name, sample(into(fit === undefined ? [] : [fit], name))] as const);
  const own = Object.entries(value).map(
    ([name, one]) =>
      [name, completed(into(fit === undefined ? schemas : [fit], name), one)] as const,
  );
  return Object.fromEntries([...missing, ...own]);
}

/** An object schema that has every name of the value, and none of whose fixed words it contradicts. */
function admits(schema: Json, value: { readonly [key: string]: Json }): boolean {
  const named = valueAt(schema, ["properties"]);
  const any = valueAt(schema, ["additionalProperties"]);
  if (!isJsonObject(named) && !isJsonObject(any)) return false;
  return Object.entries(value).every(([name, one]) => {
    const own = isJsonObject(named) && Object.hasOwn(named, name) ? named[name] : undefined;
    if (own === undefined) return any !== false;
    const words = alternativesOf([own]).flatMap(wordsOf);
    const isFixed = valueAt(own, ["const"]) !== undefined;
    return !isFixed || words.some((word) => sameJson(word, one));
  });
}

function sample(schemas: readonly Json[]): Json {
  const all = alternativesOf(schemas);
  const [word] = all.flatMap(wordsOf);
  if (word !== undefined) return word;
  const typed = all.find((one) => typeof valueAt(one, ["type"]) === "string");
  const type = typed === undefined ? "string" : valueAt(typed, ["type"]);
  if (type === "boolean") return true;
  if (type === "number" || type === "integer") return numberIn(typed ?? {}, numbering())(0) ?? 0;
  if (type === "array") return [];
  if (type === "object") return completed(schemas, {});
  return texts(typed ?? {}, 0)(0);
}
