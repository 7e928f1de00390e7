// `npm run test:fuzz`: odd input at every border of the program until the time is over; see program.ts.
//   npm run test:fuzz -- --minutes=60
//   npm run test:fuzz -- --border=files --seed=7   one border, with the numbers of one seed

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureBuilt } from "../../bin/prepare/build.mjs";
import { bundle } from "../../bin/prepare/bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
if (!(await ensureBuilt({ root, verbose: false, say: () => {} }))) process.exit(1);
const outfile = join(root, "dist", "test-fuzz", `program-${process.pid}.mjs`);
await bundle(root, "e2e/fuzz/program.ts", outfile);
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2));
