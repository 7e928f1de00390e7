// One TypeScript entry point, with what it imports from this project, as one program for the oldest Node we serve.

import { join } from "node:path";
import { build } from "esbuild";

/**
 * The programs that `npm start` loads. Rejects where the sources do not build.
 * @param {string} root
 * @param {string} folder relative to `root`; `npm run dev` has one of its own
 */
export async function bundlePrograms(root, folder = "dist") {
  await bundle(root, "server/server.ts", `${folder}/server.cjs`, ["next", "undici"]);
  await bundle(root, "server/open-browser.ts", `${folder}/open-browser.mjs`);
  await bundleCommandLine(root, `${folder}/cli`);
}

/**
 * The command line, each command in a file of its own that is read when it is asked for. Rejects where the
 * sources do not build.
 * @param {string} root
 * @param {string} folder relative to `root`
 */
export async function bundleCommandLine(root, folder = "dist/cli") {
  await build({
    absWorkingDir: root,
    entryPoints: ["cli/main.ts"],
    outdir: folder,
    bundle: true,
    splitting: true,
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
 * @param {readonly string[]} [apart] the packages to import from node_modules; by default all. Others
 *   become part of the file, which starts faster than reading them one by one.
 * @param {{ define?: Record<string, string>, insteadOf?: readonly [string, string] }} [changed] constants of this
 *   bundle, and a module for whose import another file of the project is taken, which may import it itself
 */
export async function bundle(root, entryPoint, outfile, apart, changed = {}) {
  const { define, insteadOf } = changed;
  await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
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
