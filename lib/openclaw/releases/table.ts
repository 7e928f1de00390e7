/** The row of the table for a release, and the order of releases. */
import semver from "semver";
import { type ReleaseEra, withFacts } from "@/lib/openclaw/releases/facts";
import { OLDEST_FACTS, ROWS } from "@/lib/openclaw/releases/rows";

/** Oldest first; each row is whole. */
export const ERAS: readonly ReleaseEra[] = wholeRows();

function wholeRows(): ReleaseEra[] {
  let before = OLDEST_FACTS;
  return ROWS.map(({ since, observed, tested: _tested, ...facts }) => {
    before = withFacts(before, facts);
    return { ...before, since, observed };
  });
}

/** The releases that `npm run test:releases` runs over, oldest first: at least one of every row. */
export const TESTED_RELEASES: readonly string[] = ROWS.flatMap(({ tested }) => tested);

/** How far the knowledge about a release reaches. */
export type EraCertainty =
  /** The very release is in `TESTED_RELEASES`. */
  | "tested"
  /** Between two tested releases. */
  | "between"
  /** Newer than every tested release: the newest row is used. */
  | "newer"
  /** Older than the first row: the oldest row is used. */
  | "older"
  /** Nothing is installed, or nothing tells the release: the newest row is used. */
  | "assumed";

export interface EraLookup {
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
}

/**
 * The row for a release such as "2026.9.6" or "2026.2.6-3". A preview such as "2026.6.1-beta.2" has the
 * row of its release, which it leads up to, and is never called tested.
 * `null` (nothing installed) or an unreadable version gives the newest row, as does an unknown newer release.
 */
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

/**
 * Order of two releases. A suffix such as "-3" is a later repair of the same release (2026.2.6-3 came
 * after 2026.2.6), unlike semver's reading of it; "-beta.1" comes before.
 */
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
