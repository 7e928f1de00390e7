/** Has a release that is not tested tell of itself, as the page does, and says what it told. */

import { eraFor } from "@/lib/openclaw/releases/table";
import { type Reading, readingOf, startReading } from "@/lib/setup/machine/told-row";
import { asInstalled, type InstalledRelease } from "./install";
import { baseEnvironment, emptyHome } from "./run";

/** Null for a tested release. Asked once; `lookupOf` has the row from then on. */
export async function readRelease(release: InstalledRelease): Promise<Reading | null> {
  const lookup = eraFor(release.version);
  const installed = asInstalled(release);
  const before = readingOf(lookup, installed);
  if (before === null) return null;
  const home = await emptyHome();
  const node = { path: release.node, version: "" };
  const runtime = { state: "fits", needed: release.needsNode, node } as const;
  const env = baseEnvironment(release, home);
  await startReading({ installed, node: runtime, reading: before }, env)?.settled;
  await home.remove();
  return readingOf(lookup, installed);
}

/** What was read and where, then what was not and why. */
export function toldLines({ read, unread, nearest }: Reading): string[] {
  const facts = read.map(({ fact, source }) => `${fact} (${source})`).join(", ");
  const rest = unread.map(({ fact, source, why }) => `${fact} (${source}: ${why})`).join(", ");
  return [
    `read: ${facts || "nothing"}; the rest as ${nearest}`,
    ...(rest === "" ? [] : [`not read: ${rest}`]),
  ];
}
