// `npm run learn`: writes what a release refuses of the configs of older ones into lib/openclaw/releases/learned-keys.json,
// from its JSON schema and from what its own doctor makes of made-up values.
//   npm run learn -- 2026.9.6                 held against the tested release before it
//   npm run learn -- 2026.9.6 --check         writes nothing; ends with 1 where the file says otherwise
//   npm run learn -- 2026.9.6 --keep=FILE     also keeps the schemas and the runs
//   npm run learn -- 2026.9.6 --from=FILE     tells from those, without any release

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "../../bin/prepare/bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const outfile = join(root, "dist", "learn", `program-${process.pid}.mjs`);
await bundle(root, "e2e/learn/program.ts", outfile);
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2));
