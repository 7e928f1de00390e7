/** Finds the table row of a release, and orders releases. */
import semver from "semver";
import { type ReleaseEra, withFacts } from "@/lib/openclaw/releases/facts";
import { OLDEST_FACTS, ROWS } from "@/lib/openclaw/releases/rows";

export const ERAS: readonly ReleaseEra[] = wholeRows();

function wholeRows(): ReleaseEra[] {
  let before = OLDEST_FACTS;
  return ROWS.map(({ since, observed, tested: _tested, ...facts }) => {
    before = withFacts(before, facts);
    return { ...before, since, observed };
  });
}

/** Run by `npm run test:releases`, oldest first, with at least one per row. */
export const TESTED_RELEASES: readonly string[] = ROWS.flatMap(({ tested }) => tested);

export type EraCertainty =
  | "tested"
  | "between"
  /** Newer than every tested release; uses the newest row. */
  | "newer"
  /** Older than the first row; uses the oldest row. */
  | "older"
  /** No known release; uses the newest row. */
  | "assumed";

export interface EraLookup {
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
}

/** A preview uses its release's row and never counts as tested; an unreadable version gives the newest row. */
export function eraFor(version: string | null): EraLookup {
  const newest = ERAS[ERAS.length - 1];
  const oldest = ERAS[0];
  if (!newest || !oldest) throw new Error("the table of releases is empty");
  const parsed = version === null ? null : semver.parse(version);
  if (!parsed) return { era: newest, certainty: "assumed" };
  const release = parsed.version;
  const row = ERAS.findLast((era) => parsed.compareMain(era.since) >= 0);
  if (!row) return { era: oldest, certainty: "older" };
  if (TESTED_RELEASES.includes(release)) return { era: row, certainty: "tested" };
  const lastTested = TESTED_RELEASES[TESTED_RELEASES.length - 1] ?? newest.since;
  const certainty = compareReleases(release, lastTested) > 0 ? "newer" : "between";
  return { era: row, certainty };
}

/** Orders "-3" after the release (2026.2.6-3 is newer than 2026.2.6), unlike semver; "-beta.1" comes before. */
export function compareReleases(a: string, b: string): number {
  const [x, y] = [semver.parse(a), semver.parse(b)];
  if (!x || !y) return a < b ? -1 : a > b ? 1 : 0;
  return x.compareMain(y) || repair(x) - repair(y) || comparePrerelease(x, y);
}

function repair(version: semver.SemVer): number {
  const [first] = version.prerelease;
  if (first === undefined) return 0;
  return typeof first === "number" ? first : -1;
}

function comparePrerelease(x: semver.SemVer, y: semver.SemVer): number {
  return repair(x) === -1 ? x.comparePre(y) : 0;
}
