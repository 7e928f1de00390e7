/** Lists a release's retired keys: those learned from releases, and a few written by hand. */

import { learnedKeys, takenAgain } from "@/lib/openclaw/releases/learned-keys";
import {
  HARNESS_KEYS,
  LEFT_TO_DOCTOR,
  QUEUE_WORDS,
  SPRING_KEYS,
  SUMMER_FIRST,
  SUMMER_LAST,
} from "@/lib/openclaw/releases/retired-by-hand";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";

interface Step {
  readonly since: string;
  /** Written by hand: before and after the learned ones. */
  readonly first?: readonly RetiredKey[];
  readonly last?: readonly RetiredKey[];
}

/** Oldest first. */
const STEPS: readonly Step[] = [
  { since: "2026.5.7", first: SPRING_KEYS },
  { since: "2026.5.18", first: QUEUE_WORDS },
  { since: "2026.5.28", first: HARNESS_KEYS },
  { since: "2026.8.1", first: SUMMER_FIRST, last: SUMMER_LAST },
  { since: "2026.9.5" },
  { since: "2026.9.6" },
];

/** `release` is the first of a row that refuses further keys; earlier rows' keys come first. */
export function retiredKeysOf(release: string): readonly RetiredKey[] {
  const last = STEPS.findIndex(({ since }) => since === release);
  if (last < 0) throw new Error(`no keys are known to be retired with ${release}`);
  return STEPS.slice(0, last + 1).reduce<readonly RetiredKey[]>((keys, step) => {
    const again = takenAgain(step.since);
    return [...keys.filter(({ path }) => !again.includes(path.join("."))), ...keysOf(step)];
  }, []);
}

/** A key written by hand replaces the learned one of the same place. */
function keysOf({ since, first = [], last = [] }: Step): readonly RetiredKey[] {
  const byHand = new Set([...first, ...last].map(({ path }) => path.join(".")));
  const told = learnedKeys(since);
  const learned = told.filter(({ path }) => {
    const place = path.join(".");
    return !byHand.has(place) && !isLeft(place) && !isOfAgent(place);
  });
  const isTheirs = ({ path }: RetiredKey) =>
    !byHand.has(path.join(".")) &&
    (path.length > 4 || told.some((one) => one.path.join(".") === path.join(".")));
  const agents = learned.flatMap(ofEachAgent).filter(isTheirs);
  const all = [...learned, ...agents].toSorted((a, b) => b.path.length - a.path.length);
  return [...first, ...unique(all), ...last];
}

function isLeft(place: string): boolean {
  return LEFT_TO_DOCTOR.some((one) => place === one || place.startsWith(`${one}.`));
}

const AGENTS = ["agents.list.*", "agents.entries.*"];

/**
 * Agents share the settings of the defaults, apart from a few.
 * Doctor of 2026.8.1 shows no moves in an agent, because it lists agents anew without what it
 * moved.
 */
function isOfAgent(place: string): boolean {
  return AGENTS.some((agent) => place.startsWith(`${agent}.`)) && !ONLY_OF_AGENTS.test(place);
}

const ONLY_OF_AGENTS = /^agents\.(?:list|entries)\.\*\.(?:groupChat|tools|tts)\./u;

function ofEachAgent({ path, movedTo, ...rest }: RetiredKey): RetiredKey[] {
  const [first, second, ...own] = path;
  if (first !== "agents" || second !== "defaults") return [];
  return AGENTS.flatMap((agent): RetiredKey[] => {
    const to = movedTo && placeOfAgent(agent, movedTo);
    if (to === null) return [];
    const place = [...agent.split("."), ...own];
    return [{ path: place, ...(to === undefined ? {} : { movedTo: to }), ...rest }];
  });
}

/** Null if the setting is shared by all agents. */
function placeOfAgent(agent: string, to: readonly string[]): readonly string[] | null {
  const [first, second, ...own] = to;
  if (first === "agents" && second === "defaults") return [...agent.split("."), ...own];
  return first === "memory" && second !== undefined ? [...agent.split("."), ...to] : null;
}

function unique(keys: readonly RetiredKey[]): readonly RetiredKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
