/** `npm run test:releases`: real releases, one after the other, a few cases at a time, each in a home of its own. */
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { ERAS, eraFor, TESTED_RELEASES } from "@/lib/openclaw/releases/table";
import type { Case } from "./case";
import { casesOf } from "./cases";
import { type InstalledRelease, installRelease } from "./install";
import { keptModels } from "./kept-models";
import { type ModelServer, startModelServer } from "./model-server";
import { readRelease, toldLines } from "./reading";
import {
  intoDocument,
  intoLeftOut,
  type Outcome,
  type ReleaseReport,
  summaryTable,
} from "./report";
import { repositoryRoot } from "./repository";
import { emptyHome } from "./run";
import { Wrong } from "./verdict";

/** What `npm test` runs: the oldest, a middle one and the newest. */
const SHORT = [TESTED_RELEASES.at(0), "2026.7.1", TESTED_RELEASES.at(-1)].filter(
  (version) => version !== undefined,
);

/** The first and the last release on which each row was seen: where a row begins too late or too early, one fails. */
const EDGES = [
  ...new Set(ERAS.flatMap(({ observed }) => [observed.at(0), observed.at(-1)])),
].filter((version) => version !== undefined);

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Returns the exit code: 0 when every case passed. */
export async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith("--"));
  const named = args.filter((arg) => !arg.startsWith("--"));
  const forget = flags.find((flag) => flag.startsWith("--forget="))?.slice("--forget=".length);
  const short = flags.includes("--short") || forget !== undefined;
  const only = flags.find((flag) => flag.startsWith("--only="))?.slice("--only=".length);
  const groups = only?.split(",");
  const wanted = (one: Case) =>
    groups
      ? groups.includes(one.group) || groups.includes(one.name) || only === one.name
      : one.group !== "plugin" && (!short || one.short === true);
  const asked = flags.find((flag) => flag.startsWith("--jobs="))?.slice("--jobs=".length);
  const jobs = Math.max(1, Number(asked ?? Math.min(4, availableParallelism())) || 1);
  const edges = flags.includes("--edges");
  const releases = named.length > 0 ? named : edges ? EDGES : short ? SHORT : TESTED_RELEASES;

  const reports: ReleaseReport[] = [];
  const file = path.join(repositoryRoot(), "docs", "releases.md");
  for (const version of releases) {
    const release = await installRelease(version);
    const report = await testRelease(release, wanted, jobs, flags.includes("--write"));
    reports.push(report);
    // At once, so that a run of an hour that breaks off keeps what it has measured.
    if (flags.includes("--write")) {
      const document = await readFile(file, "utf8");
      const now =
        forget !== undefined && report.reading !== null
          ? intoLeftOut(document, report, forget, report.reading)
          : intoDocument(document, [report]);
      await writeFile(file, now);
      say(`  written into ${path.relative(process.cwd(), file)}`);
    }
  }
  say(`\n${summaryTable(reports)}`);
  const failed = reports.flatMap((report) =>
    report.outcomes.filter(({ ok }) => !ok).map(({ name }) => `${report.version}: ${name}`),
  );
  // The needs of a release are always looked at.
  const ran = reports.some(({ outcomes }) => outcomes.some(({ group }) => group !== "needs"));
  if (!ran) say("\nNo case has that name.");
  const count = reports.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  say(`\n${count - failed.length} of ${count} cases passed.`);
  for (const one of failed) say(`failed: ${one}`);
  return failed.length === 0 && ran ? 0 : 1;
}

async function testRelease(
  release: InstalledRelease,
  wanted: (one: Case) => boolean,
  jobs: number,
  writes: boolean,
): Promise<ReleaseReport> {
  const { version } = release;
  const { era, certainty } = eraFor(version);
  const row = certainty === "tested" ? `row ${era.since}` : `row ${era.since} (${certainty})`;
  const reading = await readRelease(release);
  const node = /node\/(?<version>[\d.]+)\//u.exec(release.node)?.groups?.["version"] ?? "";
  say(`\nOpenClaw ${version}: ${row}, Node ${node}`);
  for (const line of reading ? toldLines(reading) : []) say(`  ${line}`);
  const needs: Outcome[] = [];
  if (certainty === "tested" && era.observed.includes(version)) {
    const ok = era.node === release.needsNode;
    needs.push({ group: "needs", name: "Node", ok, detail: release.needsNode, ms: 0 });
    if (!ok) say(`  FAILED  Node: it needs ${release.needsNode}, the table says ${era.node}`);
  }
  needs.push(...(await keptModels(release, writes)));
  const cases = casesOf({ release }).filter(wanted);
  const outcomes: Outcome[] = [];
  const queue = cases.entries();
  // A worker has a server of its own, so that the requests it sees are those of its case.
  const work = async () => {
    const server = await startModelServer();
    try {
      for (const [index, one] of queue) outcomes[index] = await testCase(one, release, server);
    } finally {
      await server.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, cases.length) }, work));
  return { version, since: era.since, certainty, node, outcomes: [...needs, ...outcomes], reading };
}

async function testCase(
  one: Case,
  release: InstalledRelease,
  server: ModelServer,
): Promise<Outcome> {
  const home = await emptyHome();
  server.reset();
  const began = performance.now();
  let outcome: Pick<Outcome, "ok" | "detail">;
  try {
    outcome = { ok: true, detail: await one.run({ release, home, server }) };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    outcome = { ok: false, detail: error.message };
  } finally {
    await home.remove();
  }
  const ms = Math.round(performance.now() - began);
  const verdict = outcome.ok ? "ok    " : "FAILED";
  say(`  ${verdict}  ${one.group}: ${one.name} (${seconds(ms)})  ${outcome.detail}`);
  return { group: one.group, name: one.name, ms, ...outcome };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
