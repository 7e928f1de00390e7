// One TypeScript entry point, with what it imports from this project, as one program for the oldest Node we serve.

import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * @typedef {object} Programs
 * @property {string} [folder] relative to the root or absolute; `npm run dev` has one of its own
 * @property {boolean} [isSmall] written for programs alone to read, as in a package
 */

/**
 * The programs that `npm start` loads. Rejects where the sources do not build.
 * @param {string} root
 * @param {Programs} [programs]
 */
export async function bundlePrograms(root, { folder = "dist", isSmall = false } = {}) {
  const apart = ["next", "undici"];
  await bundle(root, "server/server.ts", `${folder}/server.cjs`, { apart, isSmall });
  // A package has no dependency that it could be imported from.
  const browser = isSmall ? { apart: [], isSmall } : {};
  await bundle(root, "server/open-browser.ts", `${folder}/open-browser.mjs`, browser);
  await bundleCommandLine(root, { folder: `${folder}/cli`, isSmall });
}

/**
 * The command line, each command in a file of its own that is read when it is asked for. Rejects where the
 * sources do not build.
 * @param {string} root
 * @param {Programs} [programs]
 */
export async function bundleCommandLine(root, { folder = "dist/cli", isSmall = false } = {}) {
  // Names hold a hash of the content: those of earlier sources would stay.
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
    // CommonJS packages that become part of a file call `require`, which a module does not have.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    alias: { "@": root },
    logLevel: "error",
  });
}

/**
 * Rejects where the sources do not build; esbuild has printed why.
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
    // CommonJS packages that become part of the file call `require`, which a module does not have.
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
