/** The retired keys of a release: learned from the releases one by one, beside the few that are written by hand. */

import { learnedKeys } from "@/lib/openclaw/releases/learned-keys";
import {
  CODE_MODE_KEYS,
  HARNESS_KEYS,
  LEFT_TO_DOCTOR,
  SEPTEMBER_KEYS,
  SPRING_KEYS,
  SUMMER_FIRST,
  SUMMER_LAST,
} from "@/lib/openclaw/releases/retired-by-hand";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";

interface Step {
  readonly since: string;
  /** By hand: before and after what was learned. */
  readonly first: readonly RetiredKey[];
  readonly last?: readonly RetiredKey[];
}

/** Oldest first. */
const STEPS: readonly Step[] = [
  { since: "2026.5.7", first: SPRING_KEYS },
  { since: "2026.5.28", first: HARNESS_KEYS },
  { since: "2026.8.1", first: SUMMER_FIRST, last: SUMMER_LAST },
  { since: "2026.9.5", first: SEPTEMBER_KEYS },
  { since: "2026.9.6", first: CODE_MODE_KEYS },
];

/** `release`: the first of a row that refuses further keys; those of the rows before it come first. */
export function retiredKeysOf(release: string): readonly RetiredKey[] {
  const last = STEPS.findIndex(({ since }) => since === release);
  if (last < 0) throw new Error(`no keys are known to be retired with ${release}`);
  return STEPS.slice(0, last + 1).flatMap(keysOf);
}

/** What is written by hand of a place counts in place of what was learned of it. */
function keysOf({ since, first, last = [] }: Step): readonly RetiredKey[] {
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
 * An agent has what the defaults of all have, but for a few settings of the defaults alone. What doctor of 2026.8.1 makes of an agent's own shows no moves: it lists
 * the agents anew and leaves out what it has moved.
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

/** Null: what all agents share is not one agent's. */
function placeOfAgent(agent: string, to: readonly string[]): readonly string[] | null {
  const [first, second, ...own] = to;
  if (first === "agents" && second === "defaults") return [...agent.split("."), ...own];
  return first === "memory" && second !== undefined ? [...agent.split("."), ...to] : null;
}

function unique(keys: readonly RetiredKey[]): readonly RetiredKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
