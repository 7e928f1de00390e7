/** What the installed OpenClaw takes for its own answers after the write, and how much of it is waited for. */

import { delimiter, dirname } from "node:path";
import type { InstalledRelease } from "@/e2e/releases/install";
import { emptyHome, type Home } from "@/e2e/releases/run";
import { configValidate, modelsStatus } from "@/lib/openclaw/command/commands";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen } from "@/lib/setup/testing/machine";
import { prepare, verifySetup } from "@/lib/setup/verify/verify";
import { writePlan } from "@/lib/setup/write/write";
import type { Context } from "../context";
import { type Row, rowOf } from "../row";
import { alternately } from "../stats";

const KEY = "sk-proj-test-works-bench0aaaa1bbbb2cccc3dddd";

interface Alone {
  readonly validate: number;
  readonly status: number;
}

export async function verifyRows({ runs, release, say }: Context): Promise<Row[]> {
  const installed = await release();
  say("verify: the check of the page, and its commands one after the other, in turn");
  const measured = await alternately(
    runs(4),
    () => inHome(installed, whole),
    () => inHome(installed, alone),
  );
  const sum = measured.floor.map(({ validate, status }) => validate + status);
  const group = "verify";
  const part = { group, unit: "ms" };
  return [
    rowOf({
      ...part,
      name: "check after the write",
      ours: measured.ours,
      floor: sum,
      floorName: "its commands in turn",
      goal: 1,
    }),
    rowOf({
      ...part,
      name: "– openclaw config validate",
      ours: measured.floor.map((a) => a.validate),
    }),
    rowOf({ ...part, name: "– openclaw models status", ours: measured.floor.map((a) => a.status) }),
    rowOf({
      group,
      unit: "%",
      name: "of OpenClaw's time beside other work",
      ours: measured.ours.map((ms, i) => Math.max(0, 100 * (1 - ms / (sum[i] ?? ms)))),
    }),
  ];
}

type Environment = Readonly<Record<string, string>>;

/** A home in which the page has just written. */
async function inHome<T>(
  release: InstalledRelease,
  work: (env: Environment) => Promise<T>,
): Promise<T> {
  const home: Home = await emptyHome();
  const PATH = [release.binDir, dirname(release.node), "/usr/bin", "/bin"].join(delimiter);
  const env = { HOME: home.dir, PATH };
  try {
    const snapshot = await takeSnapshot(env, null);
    if (snapshot.version !== release.version) throw new Error(`found ${snapshot.version}`);
    const plan = planSetup(snapshot, chosen({ apiKey: KEY }));
    if (!plan.ok) throw new Error(`no plan: ${plan.error.code}`);
    const written = await writePlan(plan.value, env, new AbortController().signal);
    if (!written.ok) throw new Error("not written");
    return await work(env);
  } finally {
    await home.remove();
  }
}

async function whole(env: Environment): Promise<number> {
  const begun = performance.now();
  const found = await verifySetup(env, null, [KEY], new AbortController().signal);
  const ms = performance.now() - begun;
  if (found.kind !== "answered" || found.verdict !== "usable") {
    throw new Error(`the check found ${JSON.stringify(found)}`);
  }
  return ms;
}

async function alone(env: Environment): Promise<Alone> {
  const ready = await prepare(env, null);
  if ("kind" in ready) throw new Error(ready.kind);
  const options = { signal: new AbortController().signal, secrets: [KEY] };
  const begun = performance.now();
  const checked = await configValidate(ready.runner, options);
  const between = performance.now();
  const status = await modelsStatus(ready.runner, options);
  const ended = performance.now();
  if (!checked.ok || !status.ok) throw new Error("a command failed");
  return { validate: between - begun, status: ended - between };
}
