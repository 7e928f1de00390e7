// `npm run test:shapes`: what releases accept of made-up configs of the shapes people have, before and after.
//   npm run test:shapes -- 2026.9.6            one release; without any, those of the table in docs/configs.md
//   npm run test:shapes -- --only=mcp-timeouts one config, or several with commas between
//   npm run test:shapes -- --write             also writes the table into docs/configs.md

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "../../bin/prepare/bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const outfile = join(root, "dist", "test-shapes", `program-${process.pid}.mjs`);
await bundle(root, "e2e/shapes/program.ts", outfile);
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2));
