/**
 * `kill -9` at random moments: some dozens in an ordinary run, as many as CRASH_ROUNDS says otherwise.
 * POWER_CUTS=<n> adds that many runs in which everything not yet on the disk is lost as well.
 */

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  watch,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { recover } from "@/lib/files/recover";
import {
  buildWorker,
  ended,
  isRoot,
  makeTemporaryFolder,
  run,
  startWorker,
  unwrap,
  type Worker,
  works,
} from "@/lib/files/testing/harness";

const rounds = Number(process.env["CRASH_ROUNDS"] ?? 36);
/** The share of kills that must find a write whose record stands and whose files are on their way. */
const LEAST_HIT = 0.3;
const powerCuts = Number(process.env["POWER_CUTS"] ?? 0);

let worker: Worker;
let base: string;

beforeAll(async () => {
  worker = await buildWorker();
});

afterAll(() => worker.remove());

beforeEach(() => {
  base = makeTemporaryFolder();
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

const transactionsOf = (root: string) => join(root, ".openclaw-setup", "transactions");

/** The generation that both files are of. Throws when they are of two, or torn. */
function generationOf(root: string): number {
  const config = read(join(root, "openclaw.json"));
  const env = read(join(root, ".env"));
  if (config === null && env === null) return 0;
  const parsed = JSON.parse(config ?? "null") as { generation: number; f: string };
  const number = parsed.generation;
  expect(parsed.f).toBe("x".repeat((number * 37) % 5000));
  expect(env).toBe(number % 10 === 0 ? null : `GENERATION=${number}\n`);
  return number;
}

/** Nothing of ours lies about: no temporary file, no unfinished transaction. */
function expectClean(root: string): void {
  const strange = readdirSync(root).filter(
    (name) => ![".openclaw-setup", "openclaw.json", ".env"].includes(name),
  );
  expect(strange).toEqual([]);
  const transactions = transactionsOf(root);
  for (const id of readdirSync(transactions))
    expect(readdirSync(join(transactions, id))).toContain("done.json");
}

/** Resolves in the middle of a write: a random moment after its folder came into being. */
async function withinWrite(root: string, writeMs: number): Promise<void> {
  const watcher = watch(transactionsOf(root));
  await once(watcher, "change");
  watcher.close();
  // A timer is too coarse for a moment within a few milliseconds.
  const moment = performance.now() + Math.random() * writeMs;
  while (performance.now() < moment);
}

/**
 * Starts the writer, kills it at a random moment, or within a write where `aimed`, and returns the last
 * generation it reported.
 */
async function killAtRandom(root: string, aimed = false): Promise<number> {
  const child: ChildProcess = startWorker(worker, { do: "count", root });
  const end = ended(child);
  const first = child.stdout ? await Promise.race([once(child.stdout, "data"), end]) : null;
  const writeMs = Number(/"ms":(\d+)/.exec(String(first))?.[1] ?? 5);
  if (aimed) await Promise.race([withinWrite(root, writeMs), end]);
  else await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
  child.kill("SIGKILL");
  const { signal, output, errors } = await end;
  if (signal !== "SIGKILL") throw new Error(`the writer stopped by itself: ${output}${errors}`);
  const reported = [...output.matchAll(/"done":(\d+)/g)].map((match) => Number(match[1]));
  return reported.at(-1) ?? 0;
}

it(`leaves two files of one generation after each of ${rounds} kills`, {
  timeout: 60_000 + rounds * 2000,
}, async () => {
  const root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
  const counts = { clean: 0, finished: 0, rolledBack: 0, transactions: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const reported = await killAtRandom(root, round % 4 > 0);
    const report = unwrap(await recover(root));
    const generation = generationOf(root);
    expect(generation).toBeGreaterThanOrEqual(reported);
    expect(generation).toBeLessThanOrEqual(reported + 1);
    expect(report.leftAlone).toEqual([]);
    expectClean(root);
    expect(unwrap(await recover(root)).finished).toEqual([]);
    if (report.finished.length > 0) counts.finished += 1;
    else if (report.rolledBack.length > 0) counts.rolledBack += 1;
    else counts.clean += 1;
    counts.transactions = generation;
  }
  process.stdout.write(`${rounds} kills: ${JSON.stringify(counts)}\n`);
  // A few kills are no sample.
  if (rounds >= 300) {
    expect(counts.finished + counts.rolledBack).toBeGreaterThanOrEqual(rounds * LEAST_HIT);
  }
});

const canLoop = isRoot && works("mkfs.ext4", "-V") && works("losetup", "-f");

it.skipIf(powerCuts === 0 || !canLoop)(
  `keeps what it reported through ${powerCuts} power cuts (needs POWER_CUTS, mkfs.ext4 and mount)`,
  { timeout: 60_000 + powerCuts * 5000 },
  async () => {
    const disk = join(base, "disk.img");
    const mountPoint = join(base, "mounted");
    mkdirSync(mountPoint);
    writeFileSync(disk, "");
    truncateSync(disk, 16 * 1024 * 1024);
    run("mkfs.ext4", "-q", disk);
    const counts = { clean: 0, finished: 0, rolledBack: 0, transactions: 0 };
    for (let round = 0; round < powerCuts; round += 1) {
      // Without the kindness of writing a renamed file out early, which other systems do not know.
      run("mount", "-o", "loop,noauto_da_alloc", disk, mountPoint);
      const root = join(mountPoint, "state");
      let reported: number;
      const after = join(base, "after.img");
      try {
        reported = await killAtRandom(root);
        // What the file system has not yet sent to the disk is not in the copy.
        copyFileSync(disk, after);
      } finally {
        run("umount", mountPoint);
      }
      copyFileSync(after, disk);
      run("mount", "-o", "loop", disk, mountPoint);
      try {
        const report = unwrap(await recover(root));
        const generation = generationOf(root);
        expect(generation).toBeGreaterThanOrEqual(reported);
        expect(generation).toBeLessThanOrEqual(reported + 1);
        expectClean(root);
        if (report.finished.length > 0) counts.finished += 1;
        else if (report.rolledBack.length > 0) counts.rolledBack += 1;
        else counts.clean += 1;
        counts.transactions = generation;
      } finally {
        run("umount", mountPoint);
      }
    }
    process.stdout.write(`${powerCuts} power cuts: ${JSON.stringify(counts)}\n`);
  },
);
