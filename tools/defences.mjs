// `npm run test:defences`: takes out one defence after another, in a copy, and demands that its test fails.
// `npm run test:defences -- <words>` does those whose name or attack contains the words; `--no-page`
// leaves out those for which the page has to be built again, `--page` all others.

import { spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt } from "../bin/prepare/build.mjs";
import { bundlePrograms } from "../bin/prepare/bundle.mjs";
import { buildStampPath, sourcesHash } from "../bin/prepare/fingerprint.mjs";
import { findChromium } from "./chromium.mjs";
import { DEFENCES } from "./defences-list.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const words = args.filter((arg) => !arg.startsWith("--")).join(" ");
const wanted = DEFENCES.filter(
  ({ attack, name, builds }) =>
    (words === "" || `${attack} ${name}`.includes(words)) &&
    !(args.includes("--no-page") && builds === "page") &&
    !(args.includes("--page") && builds !== "page"),
);

/** @type {(command: string, args: string[], cwd: string) => Promise<{ status: number, output: string }>} */
function capture(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("close", (code) => resolve({ status: code ?? 1, output }));
  });
}

/** Everything the repository and the last build hold; packages by second names of their files. */
async function copyAll() {
  const copy = mkdtempSync(join(tmpdir(), "openclaw-setup-defences-"));
  const listed = await capture("git", ["ls-files", "-z", "-co", "--exclude-standard"], root);
  for (const name of listed.output.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    copyFileSync(join(root, name), join(copy, name));
  }
  for (const name of [".next", "dist"].filter((each) => existsSync(join(root, each)))) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  const packages = [join(root, "node_modules"), join(copy, "node_modules")];
  const linked = await capture("cp", ["-al", ...packages], root);
  // On another disk files cannot have a second name.
  if (linked.status !== 0) await capture("cp", ["-a", ...packages], root);
  return copy;
}

/** @type {(copy: string, builds: import("./defences-list.mjs").Defence["builds"]) => Promise<boolean>} */
async function build(copy, builds) {
  if (builds === "page") return ensureBuilt({ root: copy, verbose: false, say: () => {} });
  if (builds === "server") await bundlePrograms(copy);
  if (!existsSync(join(copy, ".next"))) return true;
  writeFileSync(buildStampPath(copy), `${sourcesHash(copy)}\n`);
  return true;
}

/** @type {(copy: string, spec: string, title: string) => Promise<{ status: number, output: string }>} */
function runTest(copy, spec, title) {
  if (spec.endsWith(".test.ts")) {
    const vitest = join(copy, "node_modules", "vitest", "vitest.mjs");
    return capture(process.execPath, [vitest, "run", "--no-color", spec, "-t", title], copy);
  }
  const playwright = join(copy, "node_modules", "@playwright", "test", "cli.js");
  return capture(process.execPath, [playwright, "test", spec, "-g", title], copy);
}

/** @type {(copy: string, defence: import("./defences-list.mjs").Defence) => Promise<{ good: boolean, why: string }>} */
async function tryWithout(copy, { edits, builds, spec, title }) {
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(copy, file), "utf8");
    if (!text.includes(from)) return { good: false, why: `no longer in ${file}: ${from.trim()}` };
    writeFileSync(join(copy, file), text.replaceAll(from, to));
  }
  if (!(await build(copy, builds))) return { good: false, why: "it does not build" };
  const { status, output } = await runTest(copy, spec, title);
  const failed = output.split("\n").filter((line) => /^\s+[✘×]/u.test(line));
  const reason = /^\s+(?:Test timeout|(?:\w*Error|expect)\b).*$/mu.exec(output)?.[0].trim() ?? "";
  if (status === 0 || failed.length === 0)
    return { good: false, why: "its test passes without it" };
  // A program that does not even start proves nothing.
  if (/ended with \d+:/u.test(output)) return { good: false, why: `it does not start: ${reason}` };
  return { good: true, why: reason };
}

process.env["CHROMIUM_PATH"] = (await findChromium(root)) ?? "";
const say = () => {};
// Tests of parts need no page.
const needsPage = wanted.some(({ spec }) => !spec.endsWith(".test.ts"));
if (needsPage && !(await ensureBuilt({ root, verbose: false, say }))) process.exit(1);
const copy = await copyAll();
await build(copy, "none");
let bad = 0;
/** Whether a test passes while nothing is missing: one that fails anyway proves nothing. @type {Map<string, boolean>} */
const passes = new Map();
try {
  for (const defence of wanted) {
    const { spec, title } = defence;
    const test = `${spec} ${title}`;
    if (!passes.has(test)) passes.set(test, (await runTest(copy, spec, title)).status === 0);
    const { good, why } = passes.get(test)
      ? await tryWithout(copy, defence)
      : { good: false, why: "its test fails anyway" };
    if (!good) bad += 1;
    const verdict = good ? "fails without" : "NOT SHOWN";
    process.stdout.write(`${defence.attack}. ${verdict}: ${defence.name} (${why})\n`);
    for (const { file } of defence.edits) copyFileSync(join(root, file), join(copy, file));
    // The page of the next one is the real one again.
    if (defence.builds === "page") {
      rmSync(join(copy, ".next"), { recursive: true });
      cpSync(join(root, ".next"), join(copy, ".next"), { recursive: true });
    }
    if (defence.builds !== "none")
      cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
    await build(copy, "none");
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(
  `${wanted.length - bad} of ${wanted.length} defences: their test fails without them.\n`,
);
process.exitCode = bad > 0 || wanted.length === 0 ? 1 : 0;
