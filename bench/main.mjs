// `npm run bench`: installs and builds what is missing, bundles the program, which is TypeScript, and runs it.
//   npm run bench                      every row
//   npm run bench -- --only=start,job  these groups of rows: start, package, pages, files, job, verify, told
//   npm run bench -- --runs=3          fewer (or more) repetitions
//   npm run bench -- --release=2026.9.6 another OpenClaw release
//   npm run bench -- --bytes           records what the bare page weighs, for the size budget

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureBuilt } from "../bin/prepare/build.mjs";
import { bundle } from "../bin/prepare/bundle.mjs";
import { ensureDependencies } from "../bin/prepare/install.mjs";
import { chooseLanguage, speaker } from "../bin/words.mjs";
import { findChromium } from "../tools/chromium.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const words = speaker(chooseLanguage([], process.env));
/** @type {(key: string) => void} */
const say = (key) => void process.stdout.write(`${words(key)}\n`);

process.exitCode = await bench();

async function bench() {
  if (!(await ensureDependencies({ root, withDev: true, say }))) return failed("installFailed");
  if (!(await ensureBuilt({ root, verbose: false, say }))) return failed("buildFailed");
  const chromium = await findChromium(root);
  if (!chromium) {
    process.stderr.write("No Chromium: install one, or set CHROMIUM_PATH to one.\n");
    return 1;
  }
  const outfile = join(root, "dist", "bench", `program-${process.pid}.mjs`);
  await bundle(root, "bench/program.ts", outfile);
  const { main } = await import(pathToFileURL(outfile).href);
  process.chdir(root);
  return main(process.argv.slice(2), { root, chromium });
}

/** @param {string} word */
function failed(word) {
  say(word);
  return 1;
}
