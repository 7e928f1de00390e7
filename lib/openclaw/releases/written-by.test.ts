import { expect, test } from "vitest";
import { newerWriter } from "@/lib/openclaw/releases/written-by";

const by = (lastTouchedVersion: unknown) => ({ meta: { lastTouchedVersion } }) as never;

test.each<[string, never | object, number | null, string | null, string | null]>([
  ["a newer release by its name", by("2026.9.6"), null, "2026.7.1", "2026.9.6"],
  ["a newer release that has no row yet", by("2026.11.6"), 18, "2026.9.6", "2026.11.6"],
  ["a later repair of the same", by("2026.2.6-3"), null, "2026.2.6", "2026.2.6-3"],
  ["the same release", by("2026.9.6"), 18, "2026.9.6", null],
  ["an older one", by("2026.7.1"), 1, "2026.9.6", null],
  ["a newer one by the database alone", {}, 18, "2026.7.1", "2026.9.6"],
  ["one between two that are known", {}, 9, "2026.7.1", "2026.8.1"],
  ["one whose config went back, its database not", by("2026.7.1"), 18, "2026.7.1", "2026.9.6"],
  ["one newer than all that are known", {}, 40, "2026.9.6", "2026.9.6+"],
  ["a database that may be the own one of a release between", {}, 12, "2026.7.35", null],
  ["nothing that tells", {}, null, "2026.7.1", null],
  ["no release in use", by("2026.9.6"), 18, null, null],
  ["nonsense", by("latest"), null, "2026.7.1", null],
  ["a number", by(7), null, "2026.7.1", null],
])("%s", (_name, config, schema, used, writer) => {
  expect(newerWriter(config as never, schema, used)).toBe(writer);
});
