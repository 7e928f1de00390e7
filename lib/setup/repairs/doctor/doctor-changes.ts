/** Reduces a release doctor's changes to those that fix the refused places. Pure. */

import type { DoctorRepair } from "@/lib/setup/snapshot";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, sameJson, valueAt } from "@/lib/text/json5/value";

export interface Refused {
  readonly path: string;
  readonly message: string;
}

export function doctorChanges(
  before: Json,
  doctor: Json,
  issues: readonly Refused[],
): readonly DoctorRepair[] {
  const after = withAgentsAs(before, doctor);
  const places = refusedPlaces(before, after, issues);
  const goals = goalsOf(before, places, newPlaces(before, after));
  return places.map((place) => repairOf(before, after, place, goals.get(place) ?? []));
}

/** Whether the values that a repair changes are still the same. */
export function stillFits(config: Json, { seen }: DoctorRepair): boolean {
  return seen.every(({ path, value }) => {
    const now = valueAt(config, path);
    return value === null ? now === undefined : now !== undefined && sameJson(now, value);
  });
}

/** Doctor names agents by key; moves them back to the list for comparison. */
function withAgentsAs(before: Json, doctor: Json): Json {
  const list = valueAt(before, ["agents", "list"]);
  const entries = valueAt(doctor, ["agents", "entries"]);
  if (!isJsonArray(list) || !isJsonObject(entries)) return doctor;
  const named = list.map((agent): Json => {
    const id = valueAt(agent, ["id"]);
    const entry = typeof id === "string" ? entries[id.trim().toLowerCase()] : undefined;
    return isJsonObject(entry) && isJsonObject(agent) ? { id: id ?? null, ...entry } : agent;
  });
  const moved = applyEdit(doctor, { op: "remove", path: ["agents", "entries"] }) ?? doctor;
  return applyEdit(moved, { op: "set", path: ["agents", "list"], value: named }) ?? doctor;
}

interface NewPlace {
  readonly path: ConfigPath;
  readonly value: Json;
}

function newPlaces(before: Json, after: Json, path: ConfigPath = []): NewPlace[] {
  if (!isJsonObject(before) || !isJsonObject(after)) {
    return sameJson(before, after) ? [] : [{ path, value: after }];
  }
  return Object.entries(after).flatMap(([key, value]) => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    const at = [...path, key];
    return old === undefined ? [innermost(at, value)] : newPlaces(old, value, at);
  });
}

function innermost(path: ConfigPath, value: Json): NewPlace {
  const [only, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  return only && others.length === 0 && isJsonObject(only[1])
    ? innermost([...path, only[0]], only[1])
    : { path, value };
}

function refusedPlaces(before: Json, after: Json, issues: readonly Refused[]): ConfigPath[] {
  const told = issues.flatMap(({ path, message }) => {
    const at = path === "<root>" || path === "" ? [] : partsOf(before, path);
    const keys = unknownKeys(message);
    return keys.length > 0 ? keys.map((key) => [...at, key]) : [at];
  });
  const changed = told
    .flatMap((path) => changedBelow(before, after, path))
    .filter((path) => path.length > 0);
  const outermost = changed.filter(
    (path) => !changed.some((other) => other.length < path.length && isAbove(other, path)),
  );
  return [...new Map(outermost.map((path) => [path.join("\0"), path])).values()];
}

/** The place itself if it is new or gone, else the differences within. */
function changedBelow(before: Json, after: Json, path: ConfigPath): ConfigPath[] {
  const [old, now] = [valueAt(before, path), valueAt(after, path)];
  if (old === undefined || now === undefined || !isJsonObject(old) || !isJsonObject(now)) {
    const isSame = old === now || (old !== undefined && now !== undefined && sameJson(old, now));
    return isSame ? [] : [path];
  }
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => changedBelow(old, now, [key]).map((rest) => [...path, ...rest]));
}

/** Accepts `a.b[0].c` and `a.b.0.c`, and names that contain dots. */
function partsOf(config: Json, told: string): ConfigPath {
  const parts = told.replace(/\[["']?([^\]"']*)["']?\]/gu, ".$1").split(".");
  const path: Array<string | number> = [];
  let at: Json | undefined = config;
  for (let next = 0; next < parts.length; ) {
    const [length, part] = stepInto(at, parts.slice(next));
    path.push(part);
    at = at === undefined ? undefined : valueAt(at, [part]);
    next += length;
  }
  return inList(config, path);
}

function stepInto(at: Json | undefined, rest: readonly string[]): [number, string | number] {
  const [first = ""] = rest;
  if (isJsonArray(at) && /^\d+$/u.test(first)) return [1, Number(first)];
  for (let length = rest.length; length > 1; length -= 1) {
    const name = rest.slice(0, length).join(".");
    if (isJsonObject(at) && Object.hasOwn(at, name)) return [length, name];
  }
  return [1, first];
}

/** Maps `agents.entries.<id>` to its place in `agents.list`. */
function inList(config: Json, path: ConfigPath): ConfigPath {
  const list = valueAt(config, ["agents", "list"]);
  if (path[0] !== "agents" || path[1] !== "entries" || !isJsonArray(list)) return path;
  const index = list.findIndex((agent) => {
    const id = valueAt(agent, ["id"]);
    return typeof id === "string" && id.trim().toLowerCase() === String(path[2]).toLowerCase();
  });
  return index < 0 ? path : ["agents", "list", index, ...path.slice(3)];
}

function unknownKeys(message: string): readonly string[] {
  const { names } = /^Unrecognized keys?: (?<names>".*")$/u.exec(message)?.groups ?? {};
  return names?.slice(1, -1).split('", "') ?? [];
}

/** Finds where each value went: an equal value, or a similar name beside it. */
function goalsOf(
  before: Json,
  places: readonly ConfigPath[],
  added: readonly NewPlace[],
): ReadonlyMap<ConfigPath, NewPlace[]> {
  const goals = new Map<ConfigPath, NewPlace[]>();
  for (const goal of added) {
    if (places.some((place) => isAbove(place, goal.path) || isAbove(goal.path, place))) continue;
    const scored = places.map((place) => ({ place, score: likeness(before, place, goal) }));
    const best = scored.toSorted((a, b) => b.score - a.score)[0];
    if (best && best.score > 0) goals.set(best.place, [...(goals.get(best.place) ?? []), goal]);
  }
  return goals;
}

/** The likelihood that a new place holds an old value; 0 for none. */
function likeness(before: Json, place: ConfigPath, { path, value }: NewPlace): number {
  const old = valueAt(before, place);
  if (old === undefined) return 0;
  if (comesFrom(value, old)) return sameJson(value, old) ? 100 : 50;
  const isBeside = path.length === place.length && isAbove(place.slice(0, -1), path);
  if (!isBeside || valueAt(before, path) !== undefined) return 0;
  const shared = sharedWords(String(place.at(-1)), String(path.at(-1)));
  return shared === 0 ? 0 : shared + (isConverted(old, value) ? 2 : 0);
}

function isConverted(old: Json, now: Json): boolean {
  return typeof old === "number" && [60, 1000, 3600, 60_000].some((factor) => now === old * factor);
}

/** `connectTimeout` and `connectionTimeoutMs` share two words. */
function sharedWords(a: string, b: string): number {
  const words = (name: string) =>
    name
      .split(/(?=[A-Z])|[^A-Za-z]+/u)
      .map((word) => word.toLowerCase())
      .filter((word) => word.length > 3);
  const others = words(b);
  return words(a).filter((word) =>
    others.some((other) => other.startsWith(word) || word.startsWith(other)),
  ).length;
}

function repairOf(
  before: Json,
  after: Json,
  place: ConfigPath,
  goals: readonly NewPlace[],
): DoctorRepair {
  const old = valueAt(before, place);
  const isMoved = ({ value }: NewPlace) => old !== undefined && sameJson(value, old);
  return {
    id: `doctor:${place.join(".")}`,
    from: place.join("."),
    to: goals.map(({ path }) => path.join(".")),
    isRemoval: valueAt(after, place) === undefined,
    edits: [
      ...ownEdit(before, after, place, goals),
      ...goals.filter((goal) => !isMoved(goal)).map(asSet),
    ],
    seen: [place, ...goals.map(({ path }) => path)].map((path) => ({
      path,
      value: valueAt(before, path) ?? null,
    })),
  };
}

function ownEdit(
  before: Json,
  after: Json,
  place: ConfigPath,
  goals: readonly NewPlace[],
): ConfigEdit[] {
  const [old, now] = [valueAt(before, place), valueAt(after, place)];
  if (now !== undefined) return [{ op: "set", path: place, value: now }];
  if (old === undefined) return [];
  const whole = goals.find((goal) => sameJson(goal.value, old));
  return whole
    ? [{ op: "move", path: place, to: whole.path, value: old, emptied: 1 }]
    : [{ op: "remove", path: place }];
}

function asSet({ path, value }: NewPlace): ConfigEdit {
  return { op: "set", path, value };
}

/** Whether the new value contains nothing that the old one lacks. */
function comesFrom(value: Json, old: Json | undefined): boolean {
  if (old === undefined) return false;
  const [now, was] = [telling(value), telling(old)];
  return now.length > 0 && now.every((one) => was.includes(one));
}

/** Values other than booleans. */
function telling(value: Json): string[] {
  if (isJsonArray(value)) return value.flatMap(telling);
  if (isJsonObject(value)) return Object.values(value).flatMap(telling);
  if (value === null || typeof value === "boolean" || value === "") return [];
  return [JSON.stringify(value)];
}

function isAbove(path: ConfigPath, other: ConfigPath): boolean {
  return path.length <= other.length && path.every((part, i) => other[i] === part);
}
