/**
 * A start over state directories that were synced, unpacked or forged: nothing that is in them is lost,
 * none takes long, and none keeps a signal waiting. FOUND_STATES=10000 for many, FOUND_SEED for others.
 */

import { spawn } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeHome } from "@/lib/setup/testing/found-states";
import type { Started } from "@/lib/setup/testing/start-worker";

const COUNT = Number(process.env["FOUND_STATES"] ?? 60);
const SEED = Number(process.env["FOUND_SEED"] ?? 1);
/** A start may take two seconds; the machine that tests has other work to do. */
const LONGEST_MS = 2000;

let base: string;
let program: string;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "found-states-"));
  program = join(base, "start.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./start-worker.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Every entry with what it is; of a large file its size. */
function everything(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string) => {
    for (const name of readdirSync(path)) {
      const child = join(path, name);
      const stat = lstatSync(child);
      let what = `mode ${stat.mode} ${stat.ino}`;
      if (stat.isSymbolicLink()) what = `link ${readlinkSync(child)}`;
      else if (stat.isFile() && stat.size < 2 << 20) what += readFileSync(child, "latin1");
      else if (stat.isFile()) what += ` ${stat.size} bytes`;
      else if (stat.isDirectory()) what = "folder";
      found.set(child, what);
      if (stat.isDirectory()) walk(child);
    }
  };
  walk(folder);
  return found;
}

it.skipIf(process.platform === "win32")(
  `a start over ${COUNT} state directories that were merely found`,
  { timeout: 60_000 + COUNT * 500 },
  async () => {
    const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const outcomes: Record<string, number> = {};
    const worst = { ms: 0, blocked: 0, sum: 0 };
    for (let seed = SEED; seed < SEED + COUNT; seed += 1) {
      const home = makeHome(base, seed);
      const before = everything(home);
      child.stdin.write(`${home}\n`);
      const { value } = await answers.next();
      const started = JSON.parse(String(value)) as Started;
      const after = everything(home);
      for (const [path, what] of before) expect(after.get(path), `${seed}: ${path}`).toBe(what);
      expect(started.outcome, `seed ${seed}`).not.toContain("threw");
      outcomes[started.outcome] = (outcomes[started.outcome] ?? 0) + 1;
      worst.sum += started.ms;
      worst.ms = Math.max(worst.ms, started.ms);
      worst.blocked = Math.max(worst.blocked, started.blocked);
      expect(started.ms, `seed ${seed}`).toBeLessThan(LONGEST_MS);
      rmSync(home, { recursive: true, force: true });
    }
    child.stdin.end();
    expect(worst.blocked).toBeLessThan(LONGEST_MS);
    expect(outcomes["ok"]).toBeGreaterThan(COUNT / 10);
    const mean = (worst.sum / COUNT).toFixed(0);
    const longest = `${worst.ms.toFixed(0)} ms, at most ${worst.blocked.toFixed(0)} ms without an answer`;
    process.stdout.write(
      `${COUNT} found: ${JSON.stringify(outcomes)}; ${mean} ms each, the longest ${longest}\n`,
    );
  },
);
