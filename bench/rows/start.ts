/** From the command to the first page, and the memory at that moment. */

import { rm } from "node:fs/promises";
import nodeModule from "node:module";
import { enter } from "@/e2e/support/raw-visitor";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import type { Context } from "../context";
import { startFloor } from "../floor";
import { type Memory, memoryOf } from "../memory";
import { type Row, rowOf } from "../row";
import { alternately } from "../stats";

/** Before 22.8 Node.js compiles every module at every start, and a start is longer for what we load more. */
const GOAL = "enableCompileCache" in nodeModule ? 1.25 : 1.6;
const MEMORY_GOAL = 1.25;
const FLOOR = "bare page";

interface Start {
  readonly ms: number;
  readonly memory: Memory | null;
}

export async function startRows({ runs, floor, say }: Context): Promise<Row[]> {
  const folder = await floor();
  say("start: both until their first page is served, in turn");
  // One of each that does not count: the file system's cache is warm for all that follow.
  await ours();
  await bare(folder);
  const measured = await alternately(runs(11), ours, () => bare(folder));
  const group = "start";
  const pair = (of: (start: Start) => number, goal: number) => ({
    ours: measured.ours.map(of),
    floor: measured.floor.map(of),
    floorName: FLOOR,
    goal,
  });
  const rows = [
    rowOf({ group, name: "start to first page", unit: "ms", ...pair((start) => start.ms, GOAL) }),
  ];
  if (measured.ours.every(({ memory }) => memory !== null)) {
    const rss = pair(({ memory }) => memory?.rss ?? Number.NaN, MEMORY_GOAL);
    const pss = pair(({ memory }) => memory?.pss ?? Number.NaN, MEMORY_GOAL);
    rows.push(rowOf({ group, name: "memory (RSS) at that moment", unit: "MB", ...rss }));
    rows.push(rowOf({ group, name: "memory (PSS) at that moment", unit: "MB", ...pss }));
  } else say("start: no /proc here, so no memory");
  return rows;
}

function ours(): Promise<Start> {
  return firstPageOf();
}

/** From this program, by default that of `npm start`, until the first page has come whole. */
export async function firstPageOf(program?: string): Promise<Start> {
  const home = await makeHome();
  const begun = performance.now();
  const setup = await startSetup(home, {}, ["--no-open"], undefined, program);
  try {
    const page = await (await enter(setup.url)).get("/");
    const ms = performance.now() - begun;
    if (page.status !== 200) throw new Error(`the first page: ${page.status}`);
    return { ms, memory: memoryOf(setup) };
  } finally {
    await setup.close();
  }
}

async function bare(folder: string): Promise<Start> {
  const home = await makeHome();
  const begun = performance.now();
  const server = await startFloor(folder, home);
  try {
    const page = await fetch(server.url);
    await page.text();
    const ms = performance.now() - begun;
    if (page.status !== 200) throw new Error(`the bare page: ${page.status}`);
    return { ms, memory: memoryOf(server) };
  } finally {
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}
