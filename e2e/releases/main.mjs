// `npm run test:releases`: bundles the program, which is TypeScript, and runs it.
//   npm run test:releases                     every release of the list, every case
//   npm run test:releases -- 2026.5.7         any release, in the list or not
//   npm run test:releases -- --short          three releases, the cases that `npm test` runs
//   npm run test:releases -- --edges          the first and the last release of each row, of those it was seen on
//   npm run test:releases -- --only=login,key these groups of cases
//   npm run test:releases -- --jobs=1         so many cases at a time; without it one per core, at most four
//   npm run test:releases -- --write          also writes the rows into docs/releases.md
//   npm run test:releases -- 2026.9.6 --forget=2026.8.1
//                                             by what the release tells of itself, without the rows from there on:
//                                             the short cases

import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "../../bin/prepare/bundle.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const outfile = join(root, "dist", "test-releases", `program-${process.pid}.mjs`);
const flag = "--forget=";
const forget = process.argv.find((argument) => argument.startsWith(flag))?.slice(flag.length);
await bundle(
  root,
  "e2e/releases/program.ts",
  outfile,
  forget === undefined
    ? {}
    : {
        define: { FORGET: JSON.stringify(forget) },
        insteadOf: ["@/lib/openclaw/releases/rows", "e2e/releases/forgotten-rows.ts"],
      },
);
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2));
