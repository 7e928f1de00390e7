/** `npm run bench`: the groups of rows one after the other, the table, and bench/results.json. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release as systemRelease, totalmem, type } from "node:os";
import { join } from "node:path";
import { type InstalledRelease, installRelease } from "@/e2e/releases/install";
import { TESTED_RELEASES } from "@/lib/openclaw/releases/table";
import { recordBytes } from "./bytes";
import type { Context, Group } from "./context";
import { buildFloor } from "./floor";
import { type Row, tableOf } from "./row";
import { filesRows } from "./rows/files";
import { jobRows } from "./rows/job";
import { packageRows } from "./rows/package";
import { pagesRows } from "./rows/pages";
import { startRows } from "./rows/start";
import { toldRows } from "./rows/told";
import { verifyRows } from "./rows/verify";

const GROUPS: Readonly<Record<string, Group>> = {
  start: startRows,
  package: packageRows,
  pages: pagesRows,
  files: filesRows,
  job: jobRows,
  verify: verifyRows,
  told: toldRows,
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Returns the exit code: 0 when everything asked for was measured, whether its goal was met or not. */
export async function main(
  args: readonly string[],
  { root, chromium }: { readonly root: string; readonly chromium: string },
): Promise<number> {
  const value = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const only = value("only")?.split(",") ?? Object.keys(GROUPS);
  const unknown = only.filter((name) => !(name in GROUPS));
  if (unknown.length > 0) {
    process.stderr.write(`No rows “${unknown}”. There are: ${Object.keys(GROUPS).join(", ")}.\n`);
    return 2;
  }
  const version = value("release") ?? TESTED_RELEASES.at(-1) ?? "";
  const rounds = Number(value("runs"));
  let floor: Promise<string> | null = null;
  const context: Context = {
    root,
    chromium,
    runs: (usual) => (rounds > 0 ? rounds : usual),
    floor: () => {
      if (floor === null) say("Building the bare page…");
      floor ??= buildFloor(root);
      return floor;
    },
    release: (other = version): Promise<InstalledRelease> => {
      say(`OpenClaw ${other}, installed where it is missing…`);
      return installRelease(other);
    },
    say,
  };
  if (args.includes("--bytes")) {
    await recordBytes(context);
    return 0;
  }
  const rows: Row[] = [];
  for (const name of only) rows.push(...((await GROUPS[name]?.(context)) ?? []));
  say(`\n${tableOf(rows)}\n`);
  const missed = rows.filter(({ met }) => met === false);
  const judged = rows.filter(({ met }) => met !== null);
  say(`${judged.length - missed.length} of ${judged.length} goals met.`);
  const file = join(root, "bench", "results.json");
  const results = { at: new Date().toISOString(), ...machine(root, chromium), openclaw: version };
  // A run of some rows leaves the record of the whole alone.
  if (only.length === Object.keys(GROUPS).length) {
    writeFileSync(file, `${JSON.stringify({ ...results, rows }, null, 2)}\n`);
    say(`Written into ${file}`);
  }
  return 0;
}

function machine(root: string, chromium: string) {
  const [first] = cpus();
  const next = readFileSync(join(root, "node_modules", "next", "package.json"), "utf8");
  return {
    machine: {
      system: `${type()} ${systemRelease()}`,
      cpu: first?.model ?? "unknown",
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    versions: {
      node: process.versions.node,
      next: (JSON.parse(next) as { version: string }).version,
      chromium: execFileSync(chromium, ["--version"], { encoding: "utf8", stdio: "pipe" }).trim(),
    },
  };
}
