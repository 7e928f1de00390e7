/** Replaces references to models that no longer work, anywhere in a config. */

import { successorOf } from "@/lib/openclaw/releases/retired-models";
import type { Choices } from "@/lib/setup/choices";
import { allowEdits } from "@/lib/setup/repairs/default-model";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

type Given = Pick<Snapshot, "era" | "shutDown">;
interface Added {
  readonly added: string[];
}
type Chosen = Pick<Choices, "model" | "declined" | "otherDefault">;

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
        ...(LISTED.test(place) ? listed(given, value, path) : []),
      ];
    }
    if (typeof value !== "string" || OWN_MODEL.test(place)) return [];
    const to = successorOf(given.era, value);
    return to === null ? [] : [replaced(given.era, config, choices, path, value, to)];
  };
  return visit(config, []);
}

function replaced(
  era: Given["era"],
  config: Json,
  { model, declined, added }: Chosen & Added,
  path: ConfigPath,
  from: string,
  to: string,
): Finding {
  const isInPolicy = path.at(-2) === "allow";
  const isNew = to !== model && !isInPolicy && !isListedAnyway(era, config, declined, to);
  const wanted = !isNew || added.includes(to) ? added : [...added, to];
  const allow = isNew ? allowEdits(config, wanted).filter((edit) => names(edit, to)) : [];
  if (isNew && !added.includes(to) && !declined.includes(idOf(path))) added.push(to);
  return {
    id: idOf(path),
    kind: "retired-model",
    data: { from, to },
    important: false,
    edits: [{ op: "set", path, value: to }, ...allow],
  };
}

/** An entry of the list of models moves there with all it holds, which an empty entry would replace. */
function isListedAnyway(
  era: Given["era"],
  config: Json,
  declined: readonly string[],
  to: string,
): boolean {
  const list = valueAt(config, DEFAULT_LIST);
  if (!isJsonObject(list)) return false;
  return Object.keys(list).some(
    (ref) => successorOf(era, ref) === to && !declined.includes(idOf([...DEFAULT_LIST, ref])),
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
  { era, shutDown }: Given,
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
  if (isFallback && shutDown.includes(from) && !isKept) {
    const id = `shut-down-model:${path.join(".").replace(/^agents\.defaults\.model\./u, "")}`;
    return [{ id, kind: "shut-down-model", data: { from }, important: false, edits: without }];
  }
  const to = successorOf(era, from);
  if (to === null) return [];
  const ends = (one: Json, index: number): Json =>
    typeof one !== "string" || choices.declined.includes(idOf([...parent, index]))
      ? one
      : (successorOf(era, one) ?? one);
  const others = [
    ...list.slice(0, at).map(ends),
    ...list.slice(at + 1).filter((one) => typeof one === "string" && !successorOf(era, one)),
    ...(isFallback ? [primaryBefore(era, config, parent, choices.model)] : []),
  ];
  if (!others.includes(to)) return [replaced(era, config, choices, path, from, to)];
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
  { era }: Given,
  list: { readonly [ref: string]: Json },
  path: ConfigPath,
): Finding[] {
  const taken = new Map(Object.entries(list));
  return Object.entries(list).flatMap(([from, value]): Finding[] => {
    const to = successorOf(era, from);
    if (to === null) return [];
    const present = taken.get(to);
    const alias = valueAt(value, ["alias"]);
    const isAliasFree = alias !== undefined && valueAt(present ?? {}, ["alias"]) === undefined;
    const moved: ConfigEdit[] =
      present === undefined
        ? [{ op: "set", path: [...path, to], value }]
        : isAliasFree
          ? [{ op: "set", path: [...path, to, "alias"], value: alias }]
          : [];
    if (present === undefined) taken.set(to, value);
    else if (isAliasFree && isJsonObject(present)) taken.set(to, { ...present, alias });
    const said = { important: era.refusesRetiredInList, edits: [removed(path, from), ...moved] };
    const id = idOf([...path, from]);
    if (moved.length > 0) return [{ id, kind: "retired-model", data: { from, to }, ...said }];
    if (typeof alias !== "string") {
      return [{ id, kind: "repeated-model", data: { from, to }, ...said }];
    }
    return [{ id, kind: "repeated-alias", data: { from, to, alias }, ...said }];
  });
}

function removed(path: ConfigPath, key: string): ConfigEdit {
  return { op: "remove", path: [...path, key] };
}
