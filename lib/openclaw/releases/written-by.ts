/** Which release wrote the data last, as the data itself tells it, and whether the one in use is older than that. */

import { compareReleases } from "@/lib/openclaw/releases/table";
import type { Json } from "@/lib/text/json5/types";
import { textAt } from "@/lib/text/json5/value";

/**
 * `user_version` of `state/openclaw.sqlite` that a release leaves after a command of its own; each was seen. One
 * that meets a higher number than its own refuses: "uses newer schema version".
 */
const STATE_SCHEMAS: ReadonlyArray<readonly [release: string, schema: number]> = [
  ["2026.7.1", 1],
  ["2026.8.1", 15],
  ["2026.9.6", 18],
];

/**
 * By `meta.lastTouchedVersion`, which a release writes with every change of its own, else by the schema of the state
 * database. `2026.9.6+`: newer than the newest known. Null where the one in use is as new, or nothing tells.
 */
export function newerWriter(
  config: Json,
  schema: number | null,
  used: string | null,
): string | null {
  if (used === null) return null;
  const writer = writerOf(config);
  if (writer !== null && compareReleases(writer, used) > 0) return writer;
  // Only a release that is known to write less, and is no older than the one in use, proves that.
  const isNewer = STATE_SCHEMAS.some(
    ([release, own]) => compareReleases(release, used) >= 0 && own < (schema ?? 0),
  );
  if (!isNewer) return null;
  const known = STATE_SCHEMAS.find(([, own]) => own >= (schema ?? 0));
  return known?.[0] ?? `${STATE_SCHEMAS.at(-1)?.[0]}+`;
}

/** The release that changed the config last, as it says itself; null where it says nothing, or no release. */
export function writerOf(config: Json): string | null {
  const writer = textAt(config, ["meta", "lastTouchedVersion"]) ?? "";
  return isRelease(writer) ? writer : null;
}

export function isRelease(text: string): boolean {
  return text.length <= 60 && RELEASE.test(text);
}

const RELEASE = /^20\d\d\.\d{1,2}\.\d{1,3}(?:-[0-9A-Za-z.]+)?$/u;
