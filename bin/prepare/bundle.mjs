// Bundles a TypeScript entry point into one program for the oldest supported Node.

import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * @typedef {object} Programs
 * @property {string} [folder] relative to the root, or absolute; `npm run dev` has its own
 * @property {boolean} [isSmall] minified, as in a package
 */

/**
 * Bundles the programs that `npm start` loads. Rejects if the sources do not build.
 * @param {string} root
 * @param {Programs} [programs]
 */
export async function bundlePrograms(root, { folder = "dist", isSmall = false } = {}) {
  const apart = ["next", "undici"];
  await bundle(root, "server/server.ts", `${folder}/server.cjs`, { apart, isSmall });
  // A package has no dependencies to import.
  const browser = isSmall ? { apart: [], isSmall } : {};
  await bundle(root, "server/open-browser.ts", `${folder}/open-browser.mjs`, browser);
  await bundleCommandLine(root, { folder: `${folder}/cli`, isSmall });
}

/**
 * Bundles the command line with one file per command, read on demand. Rejects if the sources do not build.
 * @param {string} root
 * @param {Programs} [programs]
 */
export async function bundleCommandLine(root, { folder = "dist/cli", isSmall = false } = {}) {
  // File names contain hashes, so files of earlier sources would stay.
  rmSync(resolve(root, folder), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["cli/main.ts"],
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: isSmall,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["undici"],
    // Of a package without `exports`, `import()` of its CommonJS form has no named exports.
    mainFields: ["module", "main"],
    // Bundled CommonJS packages call `require`, which modules lack.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    alias: { "@": root },
    logLevel: "error",
  });
}

/**
 * Rejects if the sources do not build; esbuild has printed why.
 * @param {string} root the project's directory
 * @param {string} entryPoint relative to `root`
 * @param {string} outfile relative to `root` or absolute
 * @param {{ apart?: readonly string[], isSmall?: boolean, define?: Record<string, string>, insteadOf?: readonly [string, string] }} [options]
 *   `apart`: the packages to import from node_modules; by default all. Others become part of the file, which starts
 *   faster than reading them one by one. `define`, `insteadOf`: constants of this bundle, and a module for whose
 *   import another file of the project is taken, which may import it itself.
 */
export async function bundle(root, entryPoint, outfile, options = {}) {
  const { apart, isSmall = false, define, insteadOf } = options;
  await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    minify: isSmall,
    platform: "node",
    // Bundled CommonJS packages call `require`, which modules lack.
    format: outfile.endsWith(".cjs") ? "cjs" : "esm",
    target: "node20",
    ...(apart ? { external: [...apart] } : { packages: "external" }),
    alias: { "@": root },
    ...(define ? { define } : {}),
    ...(insteadOf ? { plugins: [replacing(join(root, insteadOf[1]), insteadOf[0])] } : {}),
    logLevel: "error",
  });
}

/**
 * @param {string} file
 * @param {string} module
 * @returns {import("esbuild").Plugin}
 */
function replacing(file, module) {
  return {
    name: "replacing",
    setup({ onResolve }) {
      onResolve({ filter: /^@\// }, ({ path, importer }) =>
        path === module && importer !== file ? { path: file } : undefined,
      );
    },
  };
}
