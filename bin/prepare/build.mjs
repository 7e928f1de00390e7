// Builds the server (esbuild) and the pages (Next.js) for `npm start`.
// Usage: node bin/prepare/build.mjs [--verbose]

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../run.mjs";
import { chooseLanguage, speaker } from "../words.mjs";
import {
  buildStampPath,
  bundleStampPath,
  isBuilt,
  isBundled,
  sourcesGlance,
  sourcesHash,
} from "./fingerprint.mjs";
import { ensureDependencies } from "./install.mjs";
import { withLock } from "./lock.mjs";

/**
 * @typedef {object} BuildOptions
 * @property {string} root
 * @property {boolean} verbose
 * @property {(key: string) => void} say
 * @property {(key: string) => { heard: (line: string) => void, end: () => void }} [wait] shows that a build moves;
 *   without it, it is said once
 */

/**
 * Skips the build if the sources have not changed.
 * @param {BuildOptions} options
 * @returns {Promise<boolean>} false if it failed; its output has been shown
 */
export async function ensureBuilt({ root, verbose, say, wait }) {
  if (isBuilt(root)) return true;
  return withLock(
    root,
    () => say("waiting"),
    async () => {
      if (isBuilt(root)) return true;
      const shown = wait?.("building");
      if (!shown) say("building");
      try {
        return await build(root, verbose, shown?.heard);
      } finally {
        shown?.end();
      }
    },
  );
}

/**
 * @param {string} root
 * @param {boolean} verbose
 * @param {((line: string) => void) | undefined} heard
 */
async function build(root, verbose, heard) {
  const stamp = `${sourcesHash(root)}\n${sourcesGlance(root)}\n`;
  rmSync(buildStampPath(root), { force: true });
  if (!(await bundleServer(root))) return false;
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const how = { cwd: root, env, quiet: !verbose, ...(heard ? { heard } : {}) };
  if ((await run(process.execPath, [next, "build"], how)) !== 0) return false;
  mkdirSync(dirname(buildStampPath(root)), { recursive: true });
  writeFileSync(buildStampPath(root), stamp);
  writeFileSync(bundleStampPath(root), stamp);
  return true;
}

/**
 * Bundles the command line, which needs no built page, if the sources have changed.
 * @param {string} root
 * @param {() => void} onWaiting called once if another process is building
 * @returns {Promise<boolean>} false if it failed; esbuild has printed why
 */
export async function ensureCommandLine(root, onWaiting) {
  if (isBundled(root)) return true;
  return withLock(root, onWaiting, async () => {
    if (isBundled(root)) return true;
    const stamp = `${sourcesHash(root)}\n${sourcesGlance(root)}\n`;
    const { bundleCommandLine } = await import("./bundle.mjs");
    try {
      rmSync(bundleStampPath(root), { force: true });
      await bundleCommandLine(root);
      writeFileSync(bundleStampPath(root), stamp);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param {string} root */
async function bundleServer(root) {
  const { bundlePrograms } = await import("./bundle.mjs");
  try {
    await bundlePrograms(root);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
  const words = speaker(chooseLanguage([], process.env));
  /** @param {string} key */
  const say = (key) => void process.stdout.write(`${words(key)}\n`);
  const verbose = process.argv.includes("--verbose");
  if (!(await ensureDependencies({ root, withDev: false, say }))) {
    say("installFailed");
    process.exitCode = 1;
  } else if (!(await ensureBuilt({ root, verbose, say }))) {
    say("buildFailed");
    process.exitCode = 1;
  }
}
