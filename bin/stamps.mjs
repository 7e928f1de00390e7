// Fingerprints that tell whether the installed packages and the built page are still the right ones.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const SOURCES = [
  "app",
  "bin/open-browser.ts",
  "bin/server.ts",
  "components",
  "lib",
  "messages",
  "next.config.mjs",
  "package-lock.json",
  "postcss.config.mjs",
  "public",
  "tsconfig.json",
];

/**
 * SHA-256 in hex over the names and bytes of everything the page is built from, tests left out.
 * @param {string} root
 */
export function sourcesHash(root) {
  const hash = createHash("sha256");
  /** @param {string} name */
  const add = (name) => {
    const path = join(root, name);
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const child of readdirSync(path).sort()) add(`${name}/${child}`);
    } else if (!/\.test\.tsx?$/u.test(name)) {
      const bytes = readFileSync(path);
      hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    }
  };
  for (const source of SOURCES) add(source);
  return hash.digest("hex");
}

/** @param {string} root */
export function lockHash(root) {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** @param {string} root */
export function buildStampPath(root) {
  return join(root, ".next", "openclaw-setup-sources");
}

/** @param {string} root */
export function installStampPath(root) {
  return join(root, "node_modules", ".openclaw-setup-lock");
}

/** @param {string} root */
export function isBuilt(root) {
  if (!existsSync(join(root, ".next", "BUILD_ID"))) return false;
  if (!existsSync(join(root, "dist", "server.mjs"))) return false;
  return readStamp(buildStampPath(root)) === sourcesHash(root);
}

/**
 * True when node_modules holds what the lock file names: by our stamp, or by npm's own record being
 * as new as the lock file (somebody ran npm by hand).
 * @param {string} root
 * @param {boolean} withDev whether the development packages have to be there too
 */
export function isInstalled(root, withDev) {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const names = [
    ...Object.keys(manifest.dependencies ?? {}),
    ...(withDev ? Object.keys(manifest.devDependencies ?? {}) : []),
  ];
  if (!names.every((name) => existsSync(join(root, "node_modules", name, "package.json"))))
    return false;
  if (readStamp(installStampPath(root)) === lockHash(root)) return true;
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  return statSync(record).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

/** @param {string} path */
function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}
