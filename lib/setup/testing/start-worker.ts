/**
 * What a start does with a home, in a process of its own that can be watched: for each line of input,
 * a home, it mends what was cut off and looks at the machine, and prints how long that took.
 */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import type { Environment } from "@/lib/openclaw/places/home";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { UnreadableFile } from "@/lib/setup/machine/unreadable-file";
import { recoverAtStart } from "@/lib/setup/write/recovery";

/** `blocked`: the longest time for which no signal would have been answered. Milliseconds. */
export interface Started {
  readonly ms: number;
  readonly blocked: number;
  /** Of the mending: `ok`, a refusal's code, or what was thrown. */
  readonly outcome: string;
}

async function start(home: string): Promise<Started> {
  const env: Environment = { HOME: home, PATH: "" };
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const began = performance.now();
  let outcome: string;
  try {
    const mended = await recoverAtStart(env, null);
    outcome = mended.ok ? "ok" : mended.error.code;
    await takeSnapshot(env, null);
  } catch (error) {
    // Such a file has a page of its own.
    const known = error instanceof UnreadableFile;
    outcome = known ? "unreadable" : `threw ${error instanceof Error ? error.stack : error}`;
  }
  delay.disable();
  return { ms: performance.now() - began, blocked: delay.max / 1e6, outcome };
}

for await (const home of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await start(home))}\n`);
}
