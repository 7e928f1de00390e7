/** Builds the row of an untested release from what its installation reports. */

import type { Environment } from "@/lib/openclaw/places/home";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import type { NodeRuntime } from "@/lib/openclaw/program/node-runtime";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";
import { ERAS, type EraLookup } from "@/lib/openclaw/releases/table";
import { answersSoFar, askInstallation, type ToldAnswers } from "@/lib/openclaw/told/answers";
import { readToldFiles } from "@/lib/openclaw/told/files";
import { type Told, type ToldRow, toldRow } from "@/lib/openclaw/told/row";
import type { Job } from "@/lib/system/job";

export interface Reading extends ToldRow<ReleaseEra> {
  /** The release whose row fills the gaps. */
  readonly nearest: string;
  /** `asking`: commands have not answered yet, so the nearest row's facts apply. */
  readonly state: "unasked" | "asking" | "answered" | "failed";
  /** False also if its help was not read yet. */
  readonly signsInByMethod: boolean;
}

type Package = Pick<InstalledOpenClaw, "packageDir" | "version" | "needsNode" | "command">;

/** Null for a tested release or without an installation. Reads plain files only. */
export function readingOf(
  { era, certainty }: EraLookup,
  installed: Package | null,
): Reading | null {
  if (installed === null || certainty === "tested") return null;
  const { packageDir, version, needsNode } = installed;
  const files = packageDir === null ? null : readToldFiles(packageDir, version);
  const job = answersSoFar(placeOf(installed), version);
  const answers = job?.result?.kind === "done" ? job.result.value : null;
  const told = { openAi: files?.openAi ?? null, answers, node: needsNode };
  const row = keptRow(placeOf(installed), era, told);
  const state =
    job === null ? "unasked" : job.result === null ? "asking" : answers ? "answered" : "failed";
  const signsInByMethod = answers?.signIn.ok === true && answers.signIn.value.includes("--method");
  return {
    ...row,
    nearest: era.observed.at(-1) ?? era.since,
    state,
    signsInByMethod,
  };
}

const rows = new Map<
  string,
  { readonly era: ReleaseEra; readonly told: Told; readonly row: ToldRow<ReleaseEra> }
>();

/** Cached, because it takes ten milliseconds and every page needs it. */
function keptRow(place: string, era: ReleaseEra, told: Told): ToldRow<ReleaseEra> {
  const kept = rows.get(place);
  const isSame =
    kept?.era === era &&
    kept.told.openAi === told.openAi &&
    kept.told.answers === told.answers &&
    kept.told.node === told.node;
  if (kept && isSame) return kept.row;
  const row = toldRow(era, told, knownKeys());
  rows.set(place, { era, told, row });
  return row;
}

/** Starts asking an untested release in the background, once. Null if nothing needs asking. */
export function startReading(
  {
    installed,
    node,
    reading,
  }: {
    readonly installed: InstalledOpenClaw | null;
    readonly node: NodeRuntime | null;
    readonly reading: Reading | null;
  },
  env: Environment,
): Job<ToldAnswers> | null {
  if (!reading || !installed || !node || node.state === "none-fits") return null;
  return askInstallation({
    packageDir: placeOf(installed),
    version: installed.version,
    installed,
    node: node.state === "own-program" ? null : node.node,
    env,
  });
}

function placeOf({ packageDir, command }: Pick<Package, "packageDir" | "command">): string {
  return packageDir ?? command.path;
}

/** Merges all rows, newest first, in an order in which each key can be repaired. */
function knownKeys(): readonly RetiredKey[] {
  const all = ERAS.toReversed().flatMap(({ retiredKeys }) => retiredKeys);
  return [
    ...new Map(all.toReversed().map((key) => [JSON.stringify(key), key])).values(),
  ].toReversed();
}
