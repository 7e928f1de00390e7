/** What became of a place in several runs of a doctor, told from the values that came and went. Pure. */

import { ANY_NAME, type Leaf, placeOf } from "@/e2e/learn/made-up";
import type { Place } from "@/e2e/learn/schema-places";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, sameJson, valueAt } from "@/lib/text/json5/value";

/** A config before and after the same doctor. */
export interface DoctorRun {
  readonly given: Json;
  readonly after: Json;
}

/** An old value and what it is now; none: gone. */
export type Word = readonly [old: Json, now?: Json];

export type Outcome =
  | { readonly kind: "gone" }
  | { readonly kind: "moved"; readonly to: Place; readonly factor?: number }
  /** At the same place, or in another. */
  | { readonly kind: "reworded"; readonly to?: Place; readonly values: readonly Word[] }
  /** Doctor has left it where it was. */
  | { readonly kind: "left" }
  /** It says something in a new place that no rule here tells. */
  | { readonly kind: "unclear"; readonly seen: readonly string[] };

/** Where each value is, and whether it was there before. */
interface Spread {
  readonly fresh: ReadonlyMap<string, Json>;
  readonly after: Json;
  readonly given: Json;
}

export function spread({ given, after }: DoctorRun): Spread {
  const was = new Map(valuesIn(given, []));
  // Where the config has them by name already, nothing moves.
  const now = valueAt(given, ["agents", "list"]) === undefined ? after : withAgentsListed(after);
  const fresh = valuesIn(now, []).filter(([at, value]) => {
    const old = was.get(at);
    return old === undefined || !sameJson(old, value);
  });
  return { fresh: new Map(fresh), after: now, given };
}

/** Places that an old value went to as it was; no other value is told to have gone there in other words. */
export type Claimed = ReadonlySet<string>;

export function claimedBy(leaves: readonly Pick<Leaf, "path">[], runs: readonly Spread[]): Claimed {
  return new Set(leaves.flatMap(({ path }) => samePlace(path, runs) ?? []));
}

/** `leaf`: a place that every run was given a value for, and none of `without`. */
export function outcomeOf(
  leaf: Pick<Leaf, "path">,
  runs: readonly Spread[],
  claimed: Claimed,
  without: readonly Spread[] = [],
): Outcome {
  const olds = oldsOf(leaf.path, runs);
  const stays = runs.map(({ after }) => valueAt(after, leaf.path));
  if (stays.some((now) => now !== undefined)) return atItsPlace(olds, stays);
  const same = samePlace(leaf.path, runs);
  if (same !== null) return { kind: "moved", to: placeOf(partsOf(same)) };
  const all = freshPlaces(runs);
  const places = all.filter((at) => !claimed.has(at) && isPlace(partsOf(at), leaf.path));
  const news = (at: string) => runs.map(({ fresh }) => fresh.get(at));
  const times = nearest(
    leaf.path,
    places.filter((at) => factorOf(olds, news(at)) !== null),
  );
  const factor = times === null ? null : factorOf(olds, news(times));
  if (times !== null && factor !== null) {
    return { kind: "moved", to: placeOf(partsOf(times)), factor };
  }
  const told = nearest(
    leaf.path,
    places.filter((at) => wordsOf(olds, news(at)) !== null),
  );
  const values = told === null ? null : wordsOf(olds, news(told));
  if (told !== null && values) {
    return { kind: "reworded", to: placeOf(partsOf(told)), values };
  }
  const alone = aloneBeside(leaf.path, runs, places, without);
  if (alone !== null) return alone;
  const seen = all.filter((at) =>
    runs.some(({ fresh }, run) => mentions(fresh.get(at), olds[run] ?? null)),
  );
  return seen.length > 0 ? { kind: "unclear", seen } : { kind: "gone" };
}

function oldsOf(path: ConfigPath, runs: readonly Spread[]): readonly Json[] {
  return runs.map(({ given }) => valueAt(given, path) ?? null);
}

function freshPlaces(runs: readonly Spread[]): readonly string[] {
  return [...new Set(runs.flatMap(({ fresh }) => [...fresh.keys()]))];
}

/** Where the place has but one value: what stands beside it in every run that has it, and in no other. */
function aloneBeside(
  path: ConfigPath,
  runs: readonly Spread[],
  places: readonly string[],
  without: readonly Spread[],
): Outcome | null {
  const [old, ...others] = distinct(oldsOf(path, runs));
  if (old === undefined || others.length > 0 || without.length === 0) return null;
  const owner = path.slice(0, -1);
  for (const at of places.filter((one) => sameJson(partsOf(one).slice(0, -1), owner))) {
    const [now, ...further] = distinct(runs.map(({ fresh }) => fresh.get(at) ?? null));
    if (now === undefined || now === null || typeof now === "object" || further.length > 0)
      continue;
    if (without.some(({ fresh }) => fresh.has(at))) continue;
    const to = placeOf(partsOf(at));
    return sameJson(now, old)
      ? { kind: "moved", to }
      : { kind: "reworded", to, values: [[old, now]] };
  }
  return null;
}

/** The nearest of those that have the very values, run by run. */
function samePlace(path: ConfigPath, runs: readonly Spread[]): string | null {
  const olds = oldsOf(path, runs);
  if (!varies(olds)) return null;
  const same = freshPlaces(runs).filter(
    (at) =>
      isPlace(partsOf(at), path) &&
      areSame(
        olds,
        runs.map(({ fresh }) => fresh.get(at)),
      ),
  );
  return nearest(path, same);
}

function nearest(path: ConfigPath, found: readonly string[]): string | null {
  const sorted = found.toSorted((a, b) => shared(path, partsOf(b)) - shared(path, partsOf(a)));
  return sorted[0] ?? null;
}

/** Among the others of a list it is no place of its own, but for the list that it was in. */
function isPlace(at: ConfigPath, from: ConfigPath): boolean {
  const last = at.findLastIndex((part) => typeof part === "number");
  return at.slice(0, last + 1).every((part, i) => part === from[i]);
}

function atItsPlace(olds: readonly Json[], stays: ReadonlyArray<Json | undefined>): Outcome {
  if (stays.every((now, run) => now !== undefined && sameJson(now, olds[run] ?? null))) {
    return { kind: "left" };
  }
  const values = distinct(olds).map((old): Word => {
    const now = stays[olds.findIndex((one) => sameJson(one, old))];
    return now === undefined ? [old] : [old, now];
  });
  const isRule = olds.every((old, run) => {
    const [, now] = values.find(([one]) => sameJson(one, old)) ?? [];
    const seen = stays[run];
    return now === undefined ? seen === undefined : seen !== undefined && sameJson(now, seen);
  });
  const changed = values.filter(([old, now]) => now === undefined || !sameJson(old, now));
  return isRule && distinct(olds).length < olds.length
    ? { kind: "reworded", values: changed }
    : { kind: "unclear", seen: [] };
}

/** Doctor lists agents by name; for a comparison they go back to where the config has them. */
function withAgentsListed(after: Json): Json {
  const entries = valueAt(after, ["agents", "entries"]);
  if (!isJsonObject(entries)) return after;
  const listed = Object.entries(entries)
    .filter(([id]) => id !== "main")
    .map(([id, entry]): Json => ({ id, ...(isJsonObject(entry) ? entry : {}) }));
  const without = applyEdit(after, { op: "remove", path: ["agents", "entries"] }) ?? after;
  return applyEdit(without, { op: "set", path: ["agents", "list"], value: listed }) ?? after;
}

const SEPARATOR = "\0";

function valuesIn(value: Json, path: ConfigPath): Array<[string, Json]> {
  const own: [string, Json] = [path.map(coded).join(SEPARATOR), value];
  const parts: Array<[string | number, Json]> = isJsonArray(value)
    ? value.map((one, i) => [i, one])
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return [own, ...parts.flatMap(([part, one]) => valuesIn(one, [...path, part]))];
}

const coded = (part: string | number) => (typeof part === "number" ? `#${part}` : part);

function partsOf(at: string): ConfigPath {
  return at.split(SEPARATOR).map((part) => (/^#\d+$/u.test(part) ? Number(part.slice(1)) : part));
}

/** How many names two paths have in common, from either end. */
function shared(a: ConfigPath, b: ConfigPath): number {
  return a.filter((part) => part !== ANY_NAME && b.includes(part)).length - b.length / 100;
}

function distinct(values: readonly Json[]): readonly Json[] {
  return values.filter((value, i) => values.findIndex((one) => sameJson(one, value)) === i);
}

function varies(values: readonly Json[]): boolean {
  return distinct(values).length > 1;
}

function areSame(olds: readonly Json[], news: ReadonlyArray<Json | undefined>): boolean {
  return olds.every((old, run) => {
    const now = news[run];
    return now !== undefined && sameJson(old, now);
  });
}

/** Units of time, one in the other. */
const FACTORS = [60, 1000, 3600, 60_000, 3_600_000];

function factorOf(olds: readonly Json[], news: ReadonlyArray<Json | undefined>): number | null {
  const isTimes = (factor: number) =>
    olds.every((old, run) => typeof old === "number" && news[run] === old * factor);
  return (varies(olds) && FACTORS.find(isTimes)) || null;
}

/** Other words for a few old ones, each for another. */
function wordsOf(olds: readonly Json[], news: ReadonlyArray<Json | undefined>): Word[] | null {
  const words = distinct(olds);
  if (words.length < 2 || words.length === olds.length) return null;
  const values = words.flatMap((old): Word[] => {
    const now = news[olds.findIndex((one) => sameJson(one, old))];
    return now === undefined || typeof now === "object" ? [] : [[old, now]];
  });
  const isRule = olds.every((old, run) => {
    const [, now] = values.find(([one]) => sameJson(one, old)) ?? [];
    const seen = news[run];
    return now !== undefined && seen !== undefined && sameJson(now, seen);
  });
  const successors = distinct(values.map(([, now]) => now ?? null));
  return isRule && successors.length === words.length ? values : null;
}

/** Whether a new value has an old one in it that no other place was given. */
function mentions(value: Json | undefined, old: Json): boolean {
  if (value === undefined) return false;
  if (isJsonArray(old)) return old.some((one) => mentions(value, one));
  if (typeof old === "number" && old > 100) return isJsonArray(value) && value.includes(old);
  if (typeof old !== "string" || !/^a\d+b\d+$/u.test(old)) return false;
  return isJsonArray(value)
    ? value.some((one) => mentions(one, old))
    : typeof value === "string" && new RegExp(`${old}(?!\\d)`, "u").test(value);
}
