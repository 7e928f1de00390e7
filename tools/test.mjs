// `npm test`: everything that is checked, in order, ending at the first failure.
//   npm test -- --until=Build   as far as this part

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isNewEnough, NEEDED_NODE } from "../bin/node-version.mjs";
import { chooseLanguage, speaker } from "../bin/words.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const words = speaker(chooseLanguage([], process.env));
const found = process.versions.node;

if (isNewEnough(found)) {
  process.exitCode = await test();
} else {
  process.stderr.write(`${words("nodeTooOld", { needed: NEEDED_NODE, found })}\n`);
  process.exitCode = 1;
}

async function test() {
  const { ensureDependencies } = await import("../bin/prepare/install.mjs");
  const { ensureBuilt } = await import("../bin/prepare/build.mjs");
  const { findChromium } = await import("./chromium.mjs");
  const { findFonts } = await import("./fonts.mjs");
  const { endChildren, run } = await import("../bin/run.mjs");
  /** @type {(key: string) => void} */
  const say = (key) => void process.stdout.write(`${words(key)}\n`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      endChildren();
      process.exit(1);
    });
  }
  if (!(await ensureDependencies({ root, withDev: true, say }))) {
    say("installFailed");
    return 1;
  }

  /** @type {(path: string, ...args: string[]) => Promise<boolean>} */
  const tool = async (path, ...args) => {
    const program = join(root, "node_modules", ...path.split("/"));
    const env = { NEXT_TELEMETRY_DISABLED: "1" };
    return (await run(process.execPath, [program, ...args], { cwd: root, env })) === 0;
  };
  /** @type {Promise<boolean> | undefined} the build runs beside the unit tests, which often wait for a disk or process */
  let building;
  const build = () => {
    building ??= ensureBuilt({ root, verbose: false, say: () => {} });
    return building;
  };
  /** @type {[string, () => Promise<boolean>][]} */
  const steps = [
    [
      "Types",
      // On a fresh clone next-env.d.ts and the types of the routes are not there yet.
      async () =>
        (await tool("next/dist/bin/next", "typegen")) &&
        (await tool("typescript/bin/tsc", "--noEmit")),
    ],
    [
      "Lint, format, what nothing uses",
      async () =>
        (await tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".")) &&
        (await tool("knip/bin/knip.js", "--no-progress")),
    ],
    [
      "Unit and property tests",
      () => {
        // What is wrong with the build is said by its own part.
        build().catch(() => {});
        return tool("vitest/vitest.mjs", "run");
      },
    ],
    ["Build", build],
    [
      "Real OpenClaw releases: oldest, middle, newest",
      async () => {
        const program = join(root, "e2e", "releases", "main.mjs");
        return (await run(process.execPath, [program, "--short"], { cwd: root })) === 0;
      },
    ],
    [
      "Browser tests",
      async () => {
        const specs = readdirSync(join(root, "e2e"), { recursive: true, encoding: "utf8" });
        if (!specs.some((name) => name.endsWith(".spec.ts"))) {
          process.stdout.write("There are none yet.\n");
          return true;
        }
        const chromium = await findChromium(root);
        if (!chromium) {
          process.stderr.write("No Chromium: install one, or set CHROMIUM_PATH to one.\n");
          return false;
        }
        process.stdout.write(`Chromium: ${chromium}\n`);
        process.env["CHROMIUM_PATH"] = chromium;
        const missing = await findFonts();
        if (missing.length > 0) {
          process.stdout.write(
            `Not here and not to be had: ${missing.join(", ")}. Widths are tested without.\n`,
          );
        }
        return tool("@playwright/test/cli.js", "test");
      },
    ],
  ];
  const until = process.argv.find((arg) => arg.startsWith("--until="))?.slice("--until=".length);
  if (until !== undefined && !steps.some(([title]) => title === until)) {
    process.stderr.write(`The parts are: ${steps.map(([title]) => title).join("; ")}.\n`);
    return 2;
  }
  let passed = 0;
  for (const [title, step] of steps) {
    process.stdout.write(`\n== ${title} ==\n`);
    if (!(await step())) {
      endChildren();
      process.stdout.write(
        `\nStopped: ${title} failed. ${passed} of ${steps.length} parts passed.\n`,
      );
      return 1;
    }
    passed += 1;
    if (title === until) {
      process.stdout.write(`\nAs far as asked: ${passed} of ${steps.length} parts passed.\n`);
      return 0;
    }
  }
  process.stdout.write(`\nAll ${passed} parts passed.\n`);
  return 0;
}
