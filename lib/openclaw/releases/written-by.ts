/** Detects data that was written by a newer release than the one in use. */

import { compareReleases } from "@/lib/openclaw/releases/table";
import type { Json } from "@/lib/text/json5/types";
import { textAt } from "@/lib/text/json5/value";

/** The `user_version` in `state/openclaw.sqlite`, as seen; older releases refuse it: "uses newer schema version". */
const STATE_SCHEMAS: ReadonlyArray<readonly [release: string, schema: number]> = [
  ["2026.7.1", 1],
  ["2026.8.1", 15],
  ["2026.9.6", 18],
];

/** Reads `meta.lastTouchedVersion`, else the database schema; `2026.9.6+` is newer than the newest known release. */
export function newerWriter(
  config: Json,
  schema: number | null,
  used: string | null,
): string | null {
  if (used === null) return null;
  const writer = writerOf(config);
  if (writer !== null && compareReleases(writer, used) > 0) return writer;
  // Proven only by a known release, at least as new as the one in use, that writes a lower number.
  const isNewer = STATE_SCHEMAS.some(
    ([release, own]) => compareReleases(release, used) >= 0 && own < (schema ?? 0),
  );
  if (!isNewer) return null;
  const known = STATE_SCHEMAS.find(([, own]) => own >= (schema ?? 0));
  return known?.[0] ?? `${STATE_SCHEMAS.at(-1)?.[0]}+`;
}

export function writerOf(config: Json): string | null {
  const writer = textAt(config, ["meta", "lastTouchedVersion"]) ?? "";
  return isRelease(writer) ? writer : null;
}

export function isRelease(text: string): boolean {
  return text.length <= 60 && RELEASE.test(text);
}

const RELEASE = /^20\d\d\.\d{1,2}\.\d{1,3}(?:-[0-9A-Za-z.]+)?$/u;
