/** Replaces references to models that no longer work, anywhere in a config. */

import { successorOf } from "@/lib/openclaw/releases/retired-models";
import type { Choices } from "@/lib/setup/choices";
import { allowEdits } from "@/lib/setup/repairs/default-model";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

export type Given = Pick<Snapshot, "era" | "shutDown">;
/** Where a reference leads that no longer works. */
interface Goal {
  readonly to: string;
  readonly kind: "retired-model" | "shut-down-replaced";
}
interface Added {
  readonly added: string[];
}
export type Chosen = Pick<Choices, "model" | "declined" | "otherDefault">;

/** Other repairs handle these models. */
const OWN_MODEL = /^agents\.(?:defaults|list\.\d+|entries\.[^.]+)\.model(?:\.primary)?$/u;
const FALLBACKS = /^agents\.(?:defaults|list\.\d+|entries\.[^.]+)\.model\.fallbacks$/u;
const LISTED = /^agents\.(?:defaults|list\.\d+|entries\.[^.]+)\.models$/u;

const DEFAULT_LIST = ["agents", "defaults", "models"];

/** Each can be declined; lists are edited from the end, so that indices stay valid. Pure. */
export function retiredModels(given: Given, config: Json, chosen: Chosen): Finding[] {
  const choices = { ...chosen, added: [] };
  const visit = (value: Json, path: ConfigPath): Finding[] => {
    const place = path.join(".");
    if (isJsonArray(value)) {
      return value
        .flatMap((one, at) =>
          typeof one === "string" ? inList(given, config, choices, value, [...path, at]) : [],
        )
        .toReversed()
        .concat(
          value.flatMap((one, at) => (typeof one === "string" ? [] : visit(one, [...path, at]))),
        );
    }
    if (isJsonObject(value)) {
      return [
        ...Object.entries(value).flatMap(([key, one]) => visit(one, [...path, key])),
        ...(LISTED.test(place) ? listed(given, value, path, choices.model) : []),
      ];
    }
    if (typeof value !== "string" || OWN_MODEL.test(place)) return [];
    const goal = goalOf(given, value, choices.model);
    return goal === null ? [] : [replaced(given, config, choices, path, value, goal)];
  };
  return visit(config, []);
}

/** Null for a reference that the release takes. A model that is gone without a successor leads to the chosen one. */
export function goalOf({ era, shutDown }: Given, ref: string, model: string): Goal | null {
  const to = successorOf(era, ref);
  if (to !== null) return { to, kind: "retired-model" };
  const gone = shutDown.get(ref);
  return gone === undefined ? null : { to: gone ?? model, kind: "shut-down-replaced" };
}

export function replaced(
  given: Given,
  config: Json,
  { model, declined, added }: Chosen & Added,
  path: ConfigPath,
  from: string,
  { to, kind }: Goal,
): Finding {
  const isInPolicy = path.at(-2) === "allow";
  const isNew =
    to !== model && !isInPolicy && !isListedAnyway(given, config, { model, declined }, to);
  const wanted = !isNew || added.includes(to) ? added : [...added, to];
  const allow = isNew ? allowEdits(config, wanted).filter((edit) => names(edit, to)) : [];
  if (isNew && !added.includes(to) && !declined.includes(idOf(path))) added.push(to);
  return {
    id: idOf(path),
    kind,
    data: { from, to },
    important: kind === "shut-down-replaced",
    edits: [{ op: "set", path, value: to }, ...allow],
  };
}

/** An entry of the list of models moves there with all it holds, which an empty entry would replace. */
function isListedAnyway(
  given: Given,
  config: Json,
  { model, declined }: Pick<Chosen, "model" | "declined">,
  to: string,
): boolean {
  const list = valueAt(config, DEFAULT_LIST);
  if (!isJsonObject(list)) return false;
  return Object.keys(list).some(
    (ref) =>
      goalOf(given, ref, model)?.to === to && !declined.includes(idOf([...DEFAULT_LIST, ref])),
  );
}

function names(edit: ConfigEdit, ref: string): boolean {
  return edit.op === "set" && (edit.value === ref || edit.path.at(-1) === ref);
}

function idOf(path: ConfigPath): string {
  const place = path.join(".");
  return `retired-model:${place.replace(/^agents\.defaults\.(?:model\.|(?=models\.))/u, "")}`;
}

/** Avoids duplicates of a successor in its list or as the primary. */
function inList(
  given: Given,
  config: Json,
  choices: Chosen & Added,
  list: readonly Json[],
  path: ConfigPath,
): Finding[] {
  const [parent, at] = [path.slice(0, -1), Number(path.at(-1))];
  const from = list[at];
  if (typeof from !== "string") return [];
  const isFallback = FALLBACKS.test(parent.join("."));
  const without: ConfigEdit[] = [{ op: "remove", path }];
  // The previous default, which the user keeps as a fallback.
  const isKept = choices.otherDefault === "first" && at === 0 && parent[1] === "defaults";
  if (isFallback && given.shutDown.has(from)) {
    if (isKept) return [];
    const id = `shut-down-model:${path.join(".").replace(/^agents\.defaults\.model\./u, "")}`;
    return [{ id, kind: "shut-down-model", data: { from }, important: false, edits: without }];
  }
  const goal = goalOf(given, from, choices.model);
  if (goal === null) return [];
  const { to } = goal;
  const goesTo = (ref: string) => goalOf(given, ref, choices.model)?.to ?? null;
  const ends = (one: Json, index: number): Json =>
    typeof one !== "string" || choices.declined.includes(idOf([...parent, index]))
      ? one
      : (goesTo(one) ?? one);
  const others = [
    ...list.slice(0, at).map(ends),
    ...list.slice(at + 1).filter((one) => typeof one === "string" && goesTo(one) === null),
    ...(isFallback ? [primaryBefore(given.era, config, parent, choices.model)] : []),
  ];
  if (!others.includes(to)) return [replaced(given, config, choices, path, from, goal)];
  const data = { from, to };
  return [{ id: idOf(path), kind: "repeated-model", data, important: false, edits: without }];
}

function primaryBefore(
  era: Given["era"],
  config: Json,
  fallbacks: ConfigPath,
  chosen: string,
): Json {
  const own = valueAt(config, [...fallbacks.slice(0, -1), "primary"]);
  const primary = own ?? valueAt(config, ["agents", "defaults", "model", "primary"]) ?? chosen;
  return typeof primary === "string" && successorOf(era, primary) !== null ? chosen : primary;
}

/** Moves an entry to the successor, or only its alias if the successor has an entry without one. */
function listed(
  given: Given,
  list: { readonly [ref: string]: Json },
  path: ConfigPath,
  model: string,
): Finding[] {
  const taken = new Map(Object.entries(list));
  return Object.entries(list).flatMap(([from, value]): Finding[] => {
    const goal = goalOf(given, from, model);
    if (goal === null) return [];
    const { to, kind } = goal;
    const present = taken.get(to);
    const alias = valueAt(value, ["alias"]);
    const isAliasFree = alias !== undefined && valueAt(present ?? {}, ["alias"]) === undefined;
    const place = [...path, from];
    const named: ConfigEdit[] = isAliasFree
      ? [{ op: "set", path: [...path, to, "alias"], value: alias }]
      : [];
    // A move keeps the comments beside the entry.
    const edits: ConfigEdit[] =
      present === undefined
        ? [{ op: "move", path: place, to: [...path, to], value }]
        : [{ op: "remove", path: place }, ...named];
    if (present === undefined) taken.set(to, value);
    else if (isAliasFree && isJsonObject(present)) taken.set(to, { ...present, alias });
    const important = kind === "shut-down-replaced" || given.era.refusesRetiredInList;
    const said = { important, edits };
    const id = idOf(place);
    if (present === undefined || isAliasFree) return [{ id, kind, data: { from, to }, ...said }];
    if (typeof alias !== "string") {
      return [{ id, kind: "repeated-model", data: { from, to }, ...said }];
    }
    return [{ id, kind: "repeated-alias", data: { from, to, alias }, ...said }];
  });
}
