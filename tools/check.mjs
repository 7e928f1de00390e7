// `npm run check`: types, lint and the fast unit tests, for every small change. `npm test` is the whole.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "../bin/prepare/install.mjs";
import { chooseLanguage, speaker } from "../bin/words.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const words = speaker(chooseLanguage([], process.env));
/** @type {(key: string) => void} */
const say = (key) => void process.stdout.write(`${words(key)}\n`);

process.exitCode = await check();

async function check() {
  if (!(await ensureDependencies({ root, withDev: true, say }))) {
    say("installFailed");
    return 1;
  }
  const began = performance.now();
  if (!existsSync(join(root, "next-env.d.ts"))) await tool("next/dist/bin/next", "typegen");
  // Types need one core and a minute's quarter; the other core has time for the rest.
  const types = tool("typescript/bin/tsc", "--noEmit");
  const lint = await tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".");
  const tests = await tool("vitest/vitest.mjs", "run", "--project=fast", "--reporter=dot");
  const parts = { types: await types, lint, "fast unit tests": tests };
  const failed = Object.entries(parts).filter(([, part]) => part.status !== 0);
  for (const { output } of Object.values(parts)) process.stdout.write(output);
  const seconds = Math.round((performance.now() - began) / 1000);
  const end = failed.length === 0 ? "passed" : `failed: ${failed.map(([name]) => name).join(", ")}`;
  process.stdout.write(`\nChecked in ${seconds} s: ${end}.\n`);
  return failed.length === 0 ? 0 : 1;
}

/**
 * Runs a program of node_modules; its output is kept, since two run at once.
 * @param {string} path below node_modules
 * @param {...string} args
 * @returns {Promise<{ status: number, output: string }>}
 */
function tool(path, ...args) {
  return new Promise((resolve) => {
    const program = join(root, "node_modules", ...path.split("/"));
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("close", (code) => resolve({ status: code ?? 1, output }));
  });
}
