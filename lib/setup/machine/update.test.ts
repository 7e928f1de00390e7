import { expect, it } from "vitest";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";
import { updateFor } from "@/lib/setup/machine/update";

const at = (version: string): InstalledOpenClaw => ({
  version,
  command: { path: `/opt/${version}/openclaw`, place: "path" },
  entry: { kind: "script", path: "" },
  packageDir: null,
  needsNode: null,
  ownNode: null,
});
const offered = (
  version: string | null,
  newerWriter: string | null,
  lacksModels = false,
  others: readonly string[] = [],
) =>
  updateFor(
    { installed: version === null ? null : at(version), newerWriter, others: others.map(at) },
    lacksModels,
  );

it.each<[string, ReturnType<typeof offered>, object | null]>([
  ["nothing installed", offered(null, null, true), null],
  ["nothing known against it", offered("2026.2.9", null), null],
  [
    "data of a newer one",
    offered("2026.2.9", "2026.9.5"),
    { release: NEWEST_RELEASE, why: "data" },
  ],
  ["data of one newer than all tested", offered("2026.9.6", "2027.1.2"), { release: "2027.1.2" }],
  ["a newer one that is here too", offered("2026.2.9", "2026.9.5", false, ["2026.9.6"]), null],
  ["an account without its models", offered("2026.2.9", null, true), { why: "models" }],
  ["the newest, without its models", offered(NEWEST_RELEASE, null, true), null],
])("%s", (_, update, expected) => {
  if (expected === null) expect(update).toBe(null);
  else expect(update).toMatchObject(expected);
});
