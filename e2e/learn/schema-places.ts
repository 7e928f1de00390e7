/** What one JSON schema of a config takes and a newer one refuses, place by place. Pure. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, sameJson, valueAt } from "@/lib/text/json5/value";

/** `*` stands for any name of a record, or any place in a list. */
export type Place = readonly string[];

export interface LostPlace {
  readonly path: Place;
  /** Only these values are lost; null: the key itself. */
  readonly values: readonly Json[] | null;
}

/** Deeper than any place of a config; a schema may lead in a circle. */
const MOST_DEEP = 14;

/** The outermost places that `newer` no longer has, in the order of `older`. */
export function lostPlaces(older: Json, newer: Json): LostPlace[] {
  return lostBelow([older], [newer], []);
}

/**
 * Places that doctor of a release without plugins tells nothing of: a channel and a plugin read their own settings, and
 * those of one that is not there are kept. A variable is a key's place, and the models of each medium are by hand.
 */
const UNTOLD =
  /^(?:channels\.|plugins\.entries\.|env\.|tools\.media\.(?:audio|image|video)\.models$)/u;

export function toldPlaces(older: Json, newer: Json): LostPlace[] {
  return lostPlaces(older, newer).filter(({ path }) => !UNTOLD.test(path.join(".")));
}

/** Whether a schema names a place. */
export function hasPlace(schema: Json, place: Place): boolean {
  return place.reduce<readonly Json[]>((schemas, part) => into(schemas, part), [schema]).length > 0;
}

function lostBelow(older: readonly Json[], newer: readonly Json[], path: Place): LostPlace[] {
  if (path.length > MOST_DEEP) return [];
  const gone = lostValues(older, newer);
  const below = partsOf(older).flatMap((part): LostPlace[] => {
    if (isNameOfAgent(path, part)) return [];
    const [old, now, at] = [into(older, part), intoNewer(newer, path, part), [...path, part]];
    if (now.length > 0) return lostBelow(old, now, at);
    return isClosed(newer) ? [{ path: at, values: null }] : [];
  });
  return gone.length > 0 ? [{ path, values: gone }, ...below] : below;
}

/** 2026.8.1 and newer list agents by name, and take the older list all the same. */
function intoNewer(newer: readonly Json[], path: Place, part: string): readonly Json[] {
  const now = into(newer, part);
  const isList = path.length === 1 && path[0] === "agents" && part === "list";
  return now.length === 0 && isList ? into(newer, "entries") : now;
}

/** In a list an agent has its name as a value. */
function isNameOfAgent(path: Place, part: string): boolean {
  return path.join(".") === "agents.list.*" && part === "id";
}

/** Words that a place of nothing but words no longer takes. */
function lostValues(older: readonly Json[], newer: readonly Json[]): Json[] {
  const isOpen = alternativesOf(newer).some(
    (one) => valueAt(one, ["type"]) !== "object" && wordsOf(one).length === 0 && !isUnion(one),
  );
  if (isOpen) return [];
  const now = alternativesOf(newer).flatMap(wordsOf);
  return alternativesOf(older)
    .flatMap(wordsOf)
    .filter((word) => !now.some((one) => sameJson(one, word)));
}

/** The schemas of a named part, or of any name in a record or a list (`*`). */
export function into(schemas: readonly Json[], part: string): readonly Json[] {
  return alternativesOf(schemas).flatMap((one): Json[] => {
    const named = part === "*" ? undefined : valueAt(one, ["properties", part]);
    if (named !== undefined) return [named];
    const any = valueAt(one, ["additionalProperties"]);
    if (isJsonObject(any)) return [any];
    const items = valueAt(one, ["items"]);
    return part === "*" && isJsonObject(items) ? [items] : [];
  });
}

export function partsOf(schemas: readonly Json[]): readonly string[] {
  const parts = alternativesOf(schemas).flatMap((one): string[] => {
    const named = valueAt(one, ["properties"]);
    const any = [valueAt(one, ["additionalProperties"]), valueAt(one, ["items"])].some(
      isJsonObject,
    );
    return [...(isJsonObject(named) ? Object.keys(named) : []), ...(any ? ["*"] : [])];
  });
  return [...new Set(parts)];
}

/** Whether an object refuses any name that it does not list. */
function isClosed(schemas: readonly Json[]): boolean {
  const objects = alternativesOf(schemas).filter((one) =>
    isJsonObject(valueAt(one, ["properties"])),
  );
  return (
    objects.length > 0 && objects.every((one) => valueAt(one, ["additionalProperties"]) === false)
  );
}

/** A schema and whatever it says may stand in its place. */
export function alternativesOf(schemas: readonly Json[]): readonly Json[] {
  return schemas.flatMap((schema): readonly Json[] => {
    const nested = ["anyOf", "oneOf", "allOf"].flatMap((name) => {
      const list = valueAt(schema, [name]);
      return isJsonArray(list) ? alternativesOf(list) : [];
    });
    return [schema, ...nested];
  });
}

function isUnion(schema: Json): boolean {
  return ["anyOf", "oneOf", "allOf"].some((name) => isJsonArray(valueAt(schema, [name])));
}

/** The values that are listed one by one. */
export function wordsOf(schema: Json): readonly Json[] {
  const [only, list] = [valueAt(schema, ["const"]), valueAt(schema, ["enum"])];
  return [...(only === undefined ? [] : [only]), ...(isJsonArray(list) ? list : [])];
}
