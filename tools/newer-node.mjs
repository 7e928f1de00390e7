// `npm run test:newer-node`: the fast unit tests on Node 24, which comes from npm as for the release runs.

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "../bin/prepare/bundle.mjs";
import { run } from "../bin/run.mjs";

const VERSION = "24.21.0";

const root = fileURLToPath(new URL("..", import.meta.url));
const outfile = join(root, "dist", "newer-node", `install-${process.pid}.mjs`);
await bundle(root, "e2e/releases/install.ts", outfile);
const { installNodeVersion } = await import(pathToFileURL(outfile).href);
const node = await installNodeVersion(VERSION);
process.stdout.write(`Fast unit tests on Node ${VERSION}\n`);
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
process.exitCode = await run(node, [vitest, "run", "--project=fast"], { cwd: root });
