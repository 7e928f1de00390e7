// `npm run test:endurance`: what `npm test` does a little of, at length, with its counts.
// ENDURANCE_RUNS=<n> and CRASH_ROUNDS=<n> change how long.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "../bin/prepare/install.mjs";
import { run } from "../bin/run.mjs";
import { chooseLanguage, speaker } from "../bin/words.mjs";

/** Generated configs per property. */
const CONFIGS = process.env["ENDURANCE_RUNS"] ?? "100000";
/** `kill -9` at random moments of a write over two files. */
const KILLS = process.env["CRASH_ROUNDS"] ?? "1000";

/** State directories made up at random, each with a start. */
const FOUND = process.env["FOUND_STATES"] ?? "10000";

const PARTS = [
  "lib/text/json5/scan.property.test.ts",
  "lib/text/json5/edit.property.test.ts",
  "lib/setup/plan/plan.property.test.ts",
  "lib/text/json5/size.test.ts",
  "lib/files/crash.test.ts",
  "lib/setup/testing/found-states.test.ts",
];

const root = fileURLToPath(new URL("..", import.meta.url));
const words = speaker(chooseLanguage([], process.env));
/** @type {(key: string) => void} */
const say = (key) => void process.stdout.write(`${words(key)}\n`);

if (await ensureDependencies({ root, withDev: true, say })) {
  process.stdout.write(`${CONFIGS} configs for each property, ${KILLS} kills.\n`);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  // Each file in a process of its own; two at a time, since the kills want a machine that answers.
  const args = [
    vitest,
    "run",
    "--pool=forks",
    "--maxWorkers=2",
    "--disableConsoleIntercept",
    ...PARTS,
  ];
  const env = { ENDURANCE_RUNS: CONFIGS, CRASH_ROUNDS: KILLS, FOUND_STATES: FOUND };
  process.exitCode = (await run(process.execPath, args, { cwd: root, env })) === 0 ? 0 : 1;
} else {
  say("installFailed");
  process.exitCode = 1;
}
