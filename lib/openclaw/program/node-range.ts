/** Splits a Node range for the messages: `>=24.16.0 <25 || >=26.1.0` is "24.16 or a newer 24, or 26.1 or newer". */

import semver from "semver";

export interface NodeRangePart {
  /** Without trailing zeros, for example "24.16". */
  readonly from: string;
  readonly major: number;
  readonly last: number | null;
}

/** Null for another form of range, which is shown unchanged. */
export function nodeRangeParts(range: string): readonly NodeRangePart[] | null {
  if (semver.validRange(range) === null) return null;
  const parts = new semver.Range(range).set.map(partOf);
  return parts.every((part) => part !== null) ? parts : null;
}

function partOf([low, high, ...more]: readonly semver.Comparator[]): NodeRangePart | null {
  if (low?.operator !== ">=" || more.length > 0) return null;
  const { major, minor, patch, prerelease } = low.semver;
  if (prerelease.length > 0) return null;
  const from = [major, minor, patch].join(".").replace(/(?:\.0){1,2}$/u, "");
  if (high === undefined) return { from, major, last: null };
  const whole = high.semver.minor === 0 && high.semver.patch === 0;
  if (high.operator !== "<" || !whole || high.semver.major <= major) return null;
  return { from, major, last: high.semver.major - 1 };
}
