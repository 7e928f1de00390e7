/** Rules for the keys that a release refuses, told from what its own doctor made of made-up ones. Pure. */

import { ANY_NAME } from "@/e2e/learn/made-up";
import { claimedBy, type Outcome, outcomeOf, spread, type Word } from "@/e2e/learn/outcomes";
import type { Recording } from "@/e2e/learn/recording";
import { type LostPlace, type Place, toldPlaces } from "@/e2e/learn/schema-places";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

/** What becomes of a place; without any of the others it is gone. */
export interface Rule {
  readonly path: Place;
  readonly to?: Place;
  readonly values?: readonly Word[];
  readonly factor?: number;
}

export interface Learned {
  readonly rules: readonly Rule[];
  /** Refused, and doctor leaves it or does what no rule tells: where each is, and what was seen. */
  readonly open: readonly string[];
}

interface Found {
  readonly place: Place;
  readonly outcome: Outcome;
}

export function learned({ older, newer, runs }: Recording): Learned {
  const spreads = runs.map(spread);
  const lost = toldPlaces(older, newer);
  const leaves = lost.flatMap(({ path }) => leavesOf(path, spreads));
  const claimed = claimedBy(leaves, spreads);
  const all = lost.map((one) => ofPlace(one, foundAt(one.path, spreads, claimed)));
  return {
    rules: unique(all.flatMap(({ rules }) => rules)),
    open: [...new Set(all.flatMap(({ open }) => open))].toSorted(),
  };
}

type Spreads = ReadonlyArray<ReturnType<typeof spread>>;

/** The innermost values at a place, and what became of each. */
function foundAt(place: Place, spreads: Spreads, claimed: ReturnType<typeof claimedBy>): Found[] {
  return leavesOf(place, spreads).map((leaf) => {
    const hasIt = ({ given }: Spreads[number]) => valueAt(given, leaf.path) !== undefined;
    const without = spreads.filter((one) => !hasIt(one));
    return {
      place: leaf.place,
      outcome: outcomeOf(leaf, spreads.filter(hasIt), claimed, without),
    };
  });
}

interface InnerPlace {
  readonly place: Place;
  readonly path: ConfigPath;
}

function leavesOf(place: Place, spreads: Spreads): readonly InnerPlace[] {
  const paths = new Map<string, InnerPlace>();
  for (const { given } of spreads) {
    for (const leaf of leavesIn(given, place)) paths.set(JSON.stringify(leaf.path), leaf);
  }
  return [...paths.values()];
}

function leavesIn(given: Json, place: Place): InnerPlace[] {
  const at = place.reduce<{ path: ConfigPath; value: Json | undefined }>(
    ({ path, value }, part) => {
      const own = part === "*" ? (isJsonArray(value) ? 0 : ANY_NAME) : part;
      return { path: [...path, own], value: value === undefined ? value : valueAt(value, [own]) };
    },
    { path: [], value: given },
  );
  return at.value === undefined ? [] : innermost(at.value, place, at.path);
}

function innermost(value: Json, place: Place, path: ConfigPath): InnerPlace[] {
  if (isJsonArray(value) && value.some(isJsonObject)) {
    return innermost(value[0] ?? null, [...place, "*"], [...path, 0]);
  }
  if (!isJsonObject(value)) return [{ place, path }];
  return Object.entries(value).flatMap(([name, one]) =>
    innermost(one, [...place, name === ANY_NAME ? "*" : name], [...path, name]),
  );
}

function ofPlace({ path, values }: LostPlace, found: readonly Found[]): Learned {
  if (found.length === 0) return { rules: [], open: [`${path.join(".")}: not tried`] };
  const open = found.flatMap(openWords);
  const clear = found.filter((one) => openWords(one).length === 0);
  if (values) {
    const gone = clear.filter(({ outcome }) => outcome.kind === "gone");
    const words = gone.length > 0 ? [{ path, values: values.map((word): Word => [word]) }] : [];
    return { rules: [...words, ...clear.flatMap((one) => ruleOf(one, null))], open };
  }
  if (open.length === 0 && clear.every(({ outcome }) => outcome.kind === "gone")) {
    return { rules: [{ path }], open };
  }
  const whole = open.some((one) => one.endsWith(LEFT)) ? null : wholeMove(path, clear);
  const rules = clear
    .filter(({ outcome }) => outcome.kind !== "gone")
    .filter((one) => whole === null || !isCarried(one, whole))
    .flatMap((one) => ruleOf(one, whole));
  const isAnyGone = clear.some(({ outcome }) => outcome.kind === "gone");
  const rest = isAnyGone ? [{ path }] : [];
  const gone = open.length === 0 && whole === null ? rest : goneBelow(path, found);
  return { rules: [...rules, ...gone, ...(whole ? [whole] : [])], open };
}

const LEFT = "left by doctor";

function openWords({ place, outcome }: Found): string[] {
  const at = place.join(".");
  if (outcome.kind === "left") return [`${at}: ${LEFT}`];
  if (outcome.kind !== "unclear") return [];
  const seen = outcome.seen.map((one) => one.replaceAll("\0", ".").replaceAll("#", ""));
  return [`${at}: ${seen.length === 0 ? "not always the same" : `part of ${seen[0]}`}`];
}

interface Move {
  readonly path: Place;
  readonly to: Place;
}

/** The place as a whole to another, where most of what is in it went there under its own name. */
function wholeMove(path: Place, found: readonly Found[]): Move | null {
  const votes = new Map<string, number>();
  for (const { place, outcome } of found) {
    if (outcome.kind !== "moved" || outcome.factor !== undefined) continue;
    const rest = place.slice(path.length);
    const to = outcome.to.slice(0, outcome.to.length - rest.length);
    const isSame = rest.every((part, i) => outcome.to[to.length + i] === part);
    if (isSame && to.length > 0) votes.set(to.join("\0"), (votes.get(to.join("\0")) ?? 0) + 1);
  }
  const [best] = [...votes].toSorted((a, b) => b[1] - a[1]);
  // A single one goes by itself: its new place may have been there before.
  const isWhole = best !== undefined && (best[1] > 1 || best[1] === found.length);
  return isWhole ? { path, to: best[0].split("\0") } : null;
}

function isCarried({ place, outcome }: Found, { path, to }: Move): boolean {
  const goal = [...to, ...place.slice(path.length)].join(".");
  return outcome.kind === "moved" && outcome.factor === undefined && outcome.to.join(".") === goal;
}

/** Before a whole moves, what goes elsewhere in it goes there at its old place. */
function ruleOf({ place, outcome }: Found, whole: Move | null): Rule[] {
  const back = (to: Place) =>
    whole && isBelow(to, whole.to) ? [...whole.path, ...to.slice(whole.to.length)] : to;
  if (outcome.kind === "moved") {
    const { to, factor } = outcome;
    return [{ path: place, to: back(to), ...(factor === undefined ? {} : { factor }) }];
  }
  if (outcome.kind !== "reworded") return [];
  const { to, values } = outcome;
  return values.length === 0
    ? []
    : [{ path: place, ...(to === undefined ? {} : { to: back(to) }), values }];
}

function isBelow(place: Place, above: Place): boolean {
  return above.every((part, i) => place[i] === part);
}

/** As high up as everything is gone. */
function goneBelow(path: Place, found: readonly Found[]): Rule[] {
  const here = found.filter(({ place }) => isBelow(place, path));
  if (here.length === 0) return [];
  if (here.every(({ outcome }) => outcome.kind === "gone")) return [{ path }];
  const next = [...new Set(here.flatMap(({ place }) => place[path.length] ?? []))];
  return next.flatMap((part) => goneBelow([...path, part], here));
}

function unique(rules: readonly Rule[]): readonly Rule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
