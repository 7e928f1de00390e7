/** Runs of a release's own doctor over made-up configs of an older one: what `learned` tells rules from. */

import { type Leaf, leavesAt, madeUpConfig, numbering, runsFor } from "@/e2e/learn/made-up";
import type { DoctorRun } from "@/e2e/learn/outcomes";
import { toldPlaces } from "@/e2e/learn/schema-places";
import { doctored, type Issue, issuesOf } from "@/e2e/learn/trials";
import type { InstalledRelease } from "@/e2e/releases/install";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { sameJson } from "@/lib/text/json5/value";

export interface Recording {
  /** Their schemas. */
  readonly older: Json;
  readonly newer: Json;
  /** The doctor of the newer one. */
  readonly runs: readonly DoctorRun[];
}

/** Doctors at a time. */
const JOBS = 2;
/** One place that doctor leaves keeps it from writing all others, and it names only some at once. */
const MOST_ROUNDS = 6;

type Say = (line: string) => void;

/** Runs over what `isTold` lets through of the places that the newer release lacks. */
export async function record(
  releases: { readonly older: InstalledRelease; readonly newer: InstalledRelease },
  schemas: { readonly older: Json; readonly newer: Json },
  say: Say,
): Promise<Recording> {
  const { older, newer } = schemas;
  const numbers = numbering();
  const leaves = toldPlaces(older, newer).flatMap(({ path, values }) =>
    leavesAt(older, path, values, numbers),
  );
  const count = runsFor(numbers.few());
  say(`${leaves.length} values, ${count} runs`);
  const tried = await taken(releases.older, older, leaves, count, say);
  const refused = await refusedOnes(releases.newer, older, tried, say);
  const runs = refused.length === 0 ? [] : await runsOf(releases.newer, older, refused, count, say);
  return { ...schemas, runs };
}

/** Those that the older release takes, in the first runs. */
async function taken(
  older: InstalledRelease,
  schema: Json,
  all: readonly Leaf[],
  count: number,
  say: Say,
): Promise<readonly Leaf[]> {
  let leaves = all;
  for (const run of [0, 1, 2].filter((one) => one < count)) {
    for (let round = 0; round < MOST_ROUNDS && leaves.length > 0; round += 1) {
      const issues = await issuesOf(older, madeUpConfig(schema, leaves, run));
      if (issues.length === 0) break;
      leaves = without(leaves, issues.flatMap(placesOf), say, "not taken by the older release");
    }
  }
  return leaves;
}

/** Those that the newer release refuses; some it still reads. */
async function refusedOnes(
  newer: InstalledRelease,
  schema: Json,
  all: readonly Leaf[],
  say: Say,
): Promise<readonly Leaf[]> {
  if (all.length === 0) return [];
  const config = madeUpConfig(schema, all, 0);
  const places = (await issuesOf(newer, config)).flatMap(placesOf);
  // Agents are told by name, whichever way they are listed.
  const listed = places.map(([first, second, , ...rest]) =>
    first === "agents" && second === "entries" ? ["agents", "list", 0, ...rest] : null,
  );
  const told = [...places, ...listed.filter((one) => one !== null)];
  const isRefused = (leaf: Leaf) =>
    told.some((path) => isAbove(path, leaf.path) || isAbove(leaf.path, path));
  for (const leaf of all.filter((one) => !isRefused(one)))
    say(`still taken: ${leaf.place.join(".")}`);
  return all.filter(isRefused);
}

/** All runs, without what doctor leaves. */
async function runsOf(
  newer: InstalledRelease,
  schema: Json,
  all: readonly Leaf[],
  count: number,
  say: Say,
): Promise<readonly DoctorRun[]> {
  let leaves = all;
  let first: DoctorRun | null = null;
  for (let round = 0; round < MOST_ROUNDS && first === null; round += 1) {
    const given = madeUpConfig(schema, leaves, 0);
    const { after, blocked } = await doctored(newer, given);
    if (!sameJson(after, given)) first = { given, after };
    else if (blocked.length > 0) leaves = without(leaves, blocked, say, "left by doctor");
    else throw new Error("doctor wrote nothing and named no place");
  }
  if (first === null) throw new Error("doctor wrote nothing");
  say(`run 0: written`);
  // By their number, whichever ends first: what is told of them stands in that order.
  const runs = new Map<number, DoctorRun>([[0, first]]);
  const queue = Array.from({ length: count - 1 }, (_, i) => i + 1).values();
  const work = async () => {
    for (const run of queue) {
      const given = madeUpConfig(schema, leaves, run);
      const { after, blocked } = await doctored(newer, given);
      if (sameJson(after, given)) {
        say(`run ${run}: nothing written for ${blocked.map((path) => path.join(".")).join(", ")}`);
      } else {
        runs.set(run, { given, after });
        say(`run ${run}: written`);
      }
    }
  };
  await Promise.all(Array.from({ length: JOBS }, work));
  return [...runs].toSorted(([a], [b]) => a - b).map(([, run]) => run);
}

function without(
  leaves: readonly Leaf[],
  refused: readonly ConfigPath[],
  say: Say,
  why: string,
): readonly Leaf[] {
  const isAt = (leaf: Leaf) => refused.some((path) => isAbove(path, leaf.path));
  const left = leaves.filter((leaf) => !isAt(leaf));
  for (const leaf of leaves.filter(isAt)) say(`${why}: ${leaf.place.join(".")}`);
  if (left.length === leaves.length) {
    const names = refused.map((path) => path.join(".")).join(", ");
    throw new Error(`${why}, and none of the places: ${names}`);
  }
  return left;
}

function isAbove(path: ConfigPath, other: ConfigPath): boolean {
  return path.every((part, i) => String(other[i]) === String(part));
}

/** `a.b[0]`, and the names in "Unrecognized keys" below it. */
function placesOf({ path, message }: Issue): ConfigPath[] {
  const at = path === "<root>" ? [] : path.replace(/\[(\d+)\]/gu, ".$1").split(".");
  const { names } = /^Unrecognized keys?: (?<names>".*")/u.exec(message)?.groups ?? {};
  return names
    ? names
        .slice(1, -1)
        .split('", "')
        .map((name) => [...at, name])
    : [at];
}
