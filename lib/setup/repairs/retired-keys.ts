/** Removes, moves or renames keys that this release refuses; each can be declined. */

import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, sameJson, valueAt } from "@/lib/text/json5/value";

interface Retired {
  readonly findings: readonly Finding[];
  readonly config: Json;
}

/** Parts come before the whole. A value stays if its new place is taken or a part is declined. Pure. */
export function retiredKeys(
  config: Json,
  keys: readonly RetiredKey[],
  declined: readonly string[],
): Retired {
  const findings: Finding[] = [];
  const kept: ConfigPath[] = [];
  let now = config;
  for (const key of keys) {
    for (const place of placesOf(now, key.path)) {
      const finding = findingFor(now, key, place, kept);
      if (finding === null || findings.some(({ id }) => id === finding.id)) continue;
      findings.push(finding);
      if (declined.includes(finding.id)) kept.push(place);
      else now = apply(now, finding.edits) ?? now;
    }
  }
  return { findings, config: now };
}

function findingFor(
  config: Json,
  { path, movedTo, values, begins, capability, orGone, pick, factor }: RetiredKey,
  place: ConfigPath,
  kept: readonly ConfigPath[],
): Finding | null {
  const old = valueAt(config, place);
  if (old === undefined) return null;
  const known = values?.find(([value]) => sameJson(value, old));
  if (values && !known) return null;
  const [from, important] = [place.join("."), true];
  const stays = kept.filter((one) => place.every((part, i) => one[i] === part));
  const whole = stays.reduce((now, one) => apply(now, [remove(one)]) ?? now, config);
  const back = stays.flatMap((one): ConfigEdit[] => {
    const value = valueAt(config, one);
    return value === undefined ? [] : [{ op: "set", path: one, value }];
  });
  const value = known ? known[1] : timesAsMuch(factor, valueAt(whole, place));
  const target = movedTo ? fill(movedTo, path, place) : null;
  const present = target && valueAt(config, target);
  const joins = capability !== undefined || (pick !== undefined && isJsonArray(present));
  const isTaken = present !== undefined && present !== null && !joins;
  if (target && isTaken && !orGone) return null;
  if ((target && isTaken) || value === undefined || (!target && !values)) {
    const edits = [remove(place, emptiedAbove(path)), ...back];
    return {
      id: `retired-key:${from}`,
      kind: "retired-key",
      data: { path: from },
      important,
      edits,
    };
  }
  if (!target) {
    const data = { path: from, from: JSON.stringify(old), to: JSON.stringify(value) };
    const edits: ConfigEdit[] = [{ op: "set", path: place, value }];
    return { id: `retired-value:${from}`, kind: "retired-value", data, important, edits };
  }
  const began = begins && valueAt(config, begins.path) === undefined ? [begins] : [];
  const kind = known || capability || pick || factor ? "rewritten-key" : "moved-key";
  const [emptied, first] = [
    emptiedAbove(path),
    began.map((one): ConfigEdit => ({ op: "set", ...one })),
  ];
  const isWhole = back.length === 0 && !capability && !pick && present === undefined;
  const own = capability ? listFor(capability, value, present) : value;
  return {
    id: `${kind}:${from}`,
    kind,
    data: { from, to: target.join(".") },
    important,
    edits: isWhole
      ? [...first, { op: "move", path: place, to: target, value, emptied }]
      : [
          remove(place, emptied),
          ...first,
          {
            op: "set",
            path: target,
            value: pick ? picked(pick, value, present) : own,
          },
          ...back,
        ],
  };
}

function timesAsMuch(factor: number | undefined, value: Json | undefined): Json | undefined {
  return factor !== undefined && typeof value === "number" ? value * factor : value;
}

function picked(name: string, value: Json, present: Json | null | undefined): Json {
  const own = (isJsonArray(value) ? value : []).flatMap((one) =>
    typeof one === "string" ? [one] : (valueAt(one, [name]) ?? []),
  );
  return [...new Set([...(isJsonArray(present) ? present : []), ...own])];
}

/** Puts entries for one use first; skips those that list other uses. */
function listFor(capability: string, value: Json, present: Json | null | undefined): Json {
  const own = (isJsonArray(value) ? value : []).flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const { capabilities } = entry;
    const isMeant = !isJsonArray(capabilities) || capabilities.includes(capability);
    return isMeant ? [{ ...entry, capabilities: [capability] }] : [];
  });
  return [...own, ...(isJsonArray(present) ? present : [])];
}

const remove = (path: ConfigPath, emptied = 0): ConfigEdit => ({ op: "remove", path, emptied });

/** Objects whose mere presence has a meaning. */
const TELLING =
  /^(?:meta|agents|channels\.[^.]+|plugins(?:\.entries(?:\.[^.]+)?)?)$|\.(?:heartbeat|codeMode|\*)$/u;

/** The number of parents that mean nothing when empty. */
function emptiedAbove(path: readonly string[]): number {
  let count = 0;
  for (let above = path.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
    if (TELLING.test(above.join("."))) break;
    count += 1;
  }
  return count;
}

function apply(config: Json, edits: readonly ConfigEdit[]): Json | undefined {
  return edits.reduce<Json | undefined>(
    (now, edit) => (now === undefined ? now : applyEdit(now, edit)),
    config,
  );
}

function fill(to: readonly string[], path: readonly string[], place: ConfigPath): ConfigPath {
  const names = place.filter((_, i) => path[i] === "*");
  let next = 0;
  return to.map((part) => (part === "*" ? (names[next++] ?? part) : part));
}

/** Expands `*` in a path; a name may itself be `*`, as for all groups of a channel. */
function placesOf(config: Json, path: readonly string[]): ConfigPath[] {
  return path.reduce<ConfigPath[]>(
    (places, part) =>
      places.flatMap((place) =>
        (part === "*" ? namesIn(valueAt(config, place)) : [part]).map((name) => [...place, name]),
      ),
    [[]],
  );
}

function namesIn(value: Json | undefined): ReadonlyArray<string | number> {
  if (isJsonArray(value)) return [...value.keys()];
  return isJsonObject(value) ? Object.keys(value) : [];
}
