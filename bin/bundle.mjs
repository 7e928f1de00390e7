// One TypeScript entry point, with what it imports from this project, as one program for the oldest Node we serve.

import { build } from "esbuild";

/**
 * Rejects where the sources do not build; esbuild has printed why.
 * @param {string} root the project's directory
 * @param {string} entryPoint relative to `root`
 * @param {string} outfile relative to `root` or absolute
 */
export async function bundle(root, entryPoint, outfile) {
  await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "@": root },
    logLevel: "error",
  });
}
