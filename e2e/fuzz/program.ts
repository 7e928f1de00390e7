/** The loop over the borders: each in a process of its own, case after case, until the time is over. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { AnyBorder, Border } from "@/e2e/fuzz/border";
import { commands } from "@/e2e/fuzz/commands";
import { files } from "@/e2e/fuzz/files";
import { page } from "@/e2e/fuzz/page";
import { servers } from "@/e2e/fuzz/servers";
import { canarySearch } from "@/e2e/support/canary";

/** No case may keep the process busy for longer; milliseconds of its own time, whatever else runs. */
const LONGEST_MS = 2000;
/** Nothing heard for so long is a hang that no timer ended; milliseconds. */
const SILENT_MS = 180_000;
/** Cases of one seed; then the next. */
const CASES = 100;

const BORDERS: Readonly<Record<string, () => Promise<AnyBorder>>> = {
  files: async () => closed(await files()),
  servers: async () => closed(await servers()),
  commands: async () => closed(await commands()),
  page: async () => closed(await page()),
};

function closed<T>(border: Border<T>): AnyBorder {
  return {
    secrets: border.secrets,
    property: (wrap) =>
      fc.asyncProperty(border.cases, (one) => wrap(() => border.run(one), border.secrets)),
    close: border.close,
  };
}

interface Report {
  readonly cases: number;
  readonly longestMs: number;
  readonly fault: string | null;
}

/** Returns the exit code: 0 where no fault was found. */
export async function main(args: readonly string[]): Promise<number> {
  const option = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const only = option("border");
  const chosen = Object.keys(BORDERS).filter((name) => only === undefined || name === only);
  if (chosen.length === 0) {
    process.stderr.write(`The borders are: ${Object.keys(BORDERS).join(", ")}.\n`);
    return 2;
  }
  const seed = Number(option("seed") ?? Date.now() % 1_000_000_000);
  const until = Date.now() + Number(option("minutes") ?? 1) * 60_000;
  process.stdout.write(`seed ${seed}\n`);
  const totals = await Promise.all(chosen.map((name) => watched(name, seed, until)));
  for (const { name, cases, faults, longestMs } of totals) {
    const longest = `the longest took ${longestMs.toFixed(0)} ms of its own`;
    process.stdout.write(`${name}: ${cases} cases, ${faults} faults, ${longest}\n`);
  }
  return totals.every(({ faults }) => faults === 0) ? 0 : 1;
}

/** Runs one border in processes of their own, a new one after each that ended or fell silent. */
async function watched(name: string, firstSeed: number, until: number) {
  const total = { name, cases: 0, faults: 0, longestMs: 0 };
  const fault = (what: string) => {
    total.faults += 1;
    process.stdout.write(`\n${name}: FAULT ${what}\n`);
  };
  for (let seed = firstSeed; Date.now() < until; ) {
    const child = fork(
      fileURLToPath(import.meta.url),
      ["--child", name, String(seed), String(until)],
      {
        stdio: ["ignore", "inherit", "pipe", "ipc"],
      },
    );
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors = `${errors}${chunk}`.slice(-4000);
    });
    let silence: NodeJS.Timeout | undefined;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        fault(`seed ${seed}: nothing heard for ${SILENT_MS / 1000} s`);
        child.kill("SIGKILL");
      }, SILENT_MS);
    };
    heard();
    child.on("message", (message: Report | "alive") => {
      heard();
      if (message === "alive") return;
      total.cases += message.cases;
      total.longestMs = Math.max(total.longestMs, message.longestMs);
      if (message.fault !== null) fault(`seed ${seed}: ${message.fault}`);
      seed += 1;
    });
    const [code] = await new Promise<[number | null]>((resolve) =>
      child.once("exit", (status) => resolve([status])),
    );
    clearTimeout(silence);
    if (code !== 0 && code !== null) fault(`seed ${seed}: ended with ${code}: ${errors}`);
    if (code !== 0) seed += 1;
  }
  return total;
}

/** In the process of one border. */
async function child(name: string, firstSeed: number, until: number): Promise<void> {
  const send = (message: Report | "alive") => process.send?.(message);
  const border = await BORDERS[name]?.();
  if (!border) throw new Error(`no border ${name}`);
  let stray: unknown = null;
  for (const event of ["unhandledRejection", "uncaughtException"] as const) {
    process.on(event, (error: unknown) => {
      stray = error;
    });
  }
  try {
    for (let seed = firstSeed; Date.now() < until; seed += 1) {
      const state = { cases: 0, longestMs: 0, isShrinking: false };
      const property = border.property(async (work, secrets) => {
        send("alive");
        const began = process.cpuUsage();
        const said = await work();
        const { user, system } = process.cpuUsage(began);
        const ms = (user + system) / 1000;
        if (stray !== null) {
          const error = stray;
          stray = null;
          throw new Error(`nobody caught: ${error instanceof Error ? error.stack : error}`);
        }
        if (!state.isShrinking) state.cases += 1;
        state.longestMs = Math.max(state.longestMs, ms);
        if (ms > LONGEST_MS) throw new Error(`busy for ${ms.toFixed(0)} ms`);
        const search = canarySearch(() => secrets);
        for (const text of said) search.text(text.slice(0, 2000), text);
        if (search.found.length > 0) throw new Error(`a secret in: ${search.found.join("\n")}`);
      });
      const result = await fc.check(property, {
        seed,
        numRuns: CASES,
        interruptAfterTimeLimit: Math.max(1, until - Date.now()),
        markInterruptAsFailure: false,
      });
      const fault =
        result.failed && result.errorInstance !== null
          ? `${result.errorInstance instanceof Error ? result.errorInstance.stack : result.errorInstance}\nsmallest case: ${fc.stringify(result.counterexample).slice(0, 4000)}`
          : null;
      send({ cases: state.cases, longestMs: state.longestMs, fault });
    }
  } finally {
    await border.close();
  }
  process.disconnect();
}

if (process.argv[2] === "--child") {
  const [, , , name = "", seed = "1", until = "0"] = process.argv;
  await child(name, Number(seed), Number(until));
}
