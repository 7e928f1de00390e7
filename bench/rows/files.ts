/** Plan and apply for configs of four sizes, over a bare write + fsync + rename of the same bytes. */

import { mkdir, mkdtemp, open, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen } from "@/lib/setup/testing/machine";
import { writePlan } from "@/lib/setup/write/write";
import type { Context } from "../context";
import { configOf } from "../fixtures";
import { type Row, rowOf } from "../row";
import { alternately, summarize } from "../stats";

const SIZES = [2, 20, 200, 2000];
/** The size at which the cost of a write, not of the text, is what a person has. */
const JUDGED = 20;
const KEY = "sk-proj-bench0aaaa1bbbb2cccc3dddd4eeee5ffff";

interface Write {
  readonly plan: number;
  readonly apply: number;
}

export async function filesRows({ runs, say }: Context): Promise<Row[]> {
  const rows: Row[] = [];
  const totals: number[] = [];
  for (const size of SIZES) {
    say(`files: a config of ${size} kB`);
    const after = await afterOf(configOf(size * 1000, -1));
    // The first rounds are compiled while they run; a person has one write, so they count as well.
    const measured = await alternately(
      runs(size > 1000 ? 7 : 21),
      (round) => ours(configOf(size * 1000, round)),
      (round) => bare(configOf(size * 1000, round), after),
    );
    const of = (value: (write: Write) => number) => measured.ours.map(value);
    const row = {
      group: "files",
      unit: "ms",
      floor: measured.floor,
      floorName: "write + fsync + rename",
    };
    const whole = of(({ plan, apply }) => plan + apply);
    totals.push(summarize(whole).median);
    const goal = size === JUDGED ? { goal: 3 } : {};
    rows.push(rowOf({ ...row, name: `plan and apply, ${size} kB`, ours: whole, ...goal }));
    const parts = { group: "files", unit: "ms" };
    rows.push(rowOf({ ...parts, name: `– of it the plan, ${size} kB`, ours: of((w) => w.plan) }));
    rows.push(rowOf({ ...parts, name: `– of it the write, ${size} kB`, ours: of((w) => w.apply) }));
  }
  const [, , middle = 0, large = 0] = totals;
  const growth = [large / middle];
  const name = "growth from 200 kB to 2 MB, 10 times the size";
  return [...rows, rowOf({ group: "files", name, unit: "times", ours: growth, limit: 12 })];
}

async function inHome<T>(
  before: Uint8Array,
  work: (home: string, config: string) => Promise<T>,
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), "openclaw-setup-bench-"));
  const config = join(home, ".openclaw", "openclaw.json");
  try {
    await mkdir(dirname(config), { mode: 0o700 });
    await writeFile(config, before, { mode: 0o600 });
    return await work(home, config);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function planIn(home: string) {
  const snapshot = await takeSnapshot({ HOME: home, PATH: "" }, null, null);
  const plan = planSetup(snapshot, chosen({ apiKey: KEY }));
  if (!plan.ok) throw new Error(`no plan: ${plan.error.code}`);
  return plan.value;
}

function ours(before: Uint8Array): Promise<Write> {
  return inHome(before, async (home) => {
    const begun = performance.now();
    const plan = await planIn(home);
    const planned = performance.now();
    const written = await writePlan(plan, { HOME: home, PATH: "" }, new AbortController().signal);
    const ended = performance.now();
    if (!written.ok) throw new Error(`not written: ${JSON.stringify(written.error)}`);
    return { plan: planned - begun, apply: ended - planned };
  });
}

/** The bytes that ours writes, by the name of the file in the state directory. */
function afterOf(before: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  return inHome(before, async (home) => {
    const { files, snapshot } = await planIn(home);
    const name = (path: string) => path.slice(snapshot.stateDir.length + 1);
    return new Map(
      files.flatMap(({ path, after }) => (after === null ? [] : [[name(path), after] as const])),
    );
  });
}

/** What any program does that wants its files whole: no lock, no look, no backup. */
function bare(before: Uint8Array, after: ReadonlyMap<string, Uint8Array>): Promise<number> {
  return inHome(before, async (_home, config) => {
    const begun = performance.now();
    for (const [name, bytes] of after) {
      const target = join(dirname(config), name);
      const handle = await open(`${target}.tmp`, "wx", 0o600);
      await handle.writeFile(bytes);
      await handle.sync();
      await handle.close();
      await rename(`${target}.tmp`, target);
    }
    return performance.now() - begun;
  });
}
