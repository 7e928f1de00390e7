// Fingerprints that tell whether installed packages and built pages are current.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readNeeded, readText } from "../../lib/system/read.mjs";

const SOURCES = [
  "app",
  "bin/prepare/build.mjs",
  "bin/prepare/bundle.mjs",
  "cli",
  "components",
  "lib",
  "messages",
  "next.config.mjs",
  "package-lock.json",
  "postcss.config.mjs",
  "public",
  "server",
  "tsconfig.json",
];

/**
 * Lists every file that the pages are built from, without tests.
 * @param {string} root
 * @returns {{ name: string, path: string, stat: import("node:fs").Stats }[]}
 */
function sources(root) {
  /** @type {ReturnType<typeof sources>} */
  const found = [];
  /** @param {string} name */
  const add = (name) => {
    const path = join(root, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const child of readdirSync(path).sort()) add(`${name}/${child}`);
    } else if (stat && !/\.test\.tsx?$/u.test(name)) {
      found.push({ name, path, stat });
    }
  };
  for (const source of SOURCES) add(source);
  return found;
}

/**
 * SHA-256 in hex over the names and bytes of the sources.
 * @param {string} root
 */
export function sourcesHash(root) {
  const hash = createHash("sha256");
  for (const { name, path } of sources(root)) {
    const bytes = readNeeded(path);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

/**
 * Hashes sizes and times instead, so that unchanged sources need not be read.
 * @param {string} root
 */
export function sourcesGlance(root) {
  const hash = createHash("sha256");
  for (const { name, stat } of sources(root)) {
    hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\0${stat.ctimeMs}\0`);
  }
  return hash.digest("hex");
}

/** @param {string} root */
export function lockHash(root) {
  return createHash("sha256")
    .update(readNeeded(join(root, "package-lock.json")))
    .digest("hex");
}

/** @param {string} root */
export function buildStampPath(root) {
  return join(root, ".next", "openclaw-setup-sources");
}

/** @param {string} root */
export function bundleStampPath(root) {
  return join(root, "dist", "cli", "openclaw-setup-sources");
}

/** @param {string} root */
export function installStampPath(root) {
  return join(root, "node_modules", ".openclaw-setup-lock");
}

/** @param {string} root */
export function isBuilt(root) {
  if (!existsSync(join(root, ".next", "BUILD_ID"))) return false;
  if (!existsSync(join(root, "dist", "server.cjs"))) return false;
  return isStamped(root, buildStampPath(root));
}

/**
 * @param {string} root
 */
export function isBundled(root) {
  if (!existsSync(join(root, "dist", "cli", "main.js"))) return false;
  return isStamped(root, bundleStampPath(root));
}

/**
 * @param {string} root
 * @param {string} path of the stamp
 */
function isStamped(root, path) {
  const [hash, glance] = readStamp(path)?.split("\n") ?? [];
  return hash !== undefined && (glance === sourcesGlance(root) || hash === sourcesHash(root));
}

/**
 * Accepts our stamp, or npm's own record if it is as new as the lock file.
 * npm's record covers installations made by hand.
 * @param {string} root
 * @param {boolean} withDev whether development packages must be present too
 */
export function isInstalled(root, withDev) {
  const manifest = JSON.parse(readNeeded(join(root, "package.json")).toString("utf8"));
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
  return readText(path)?.trim() ?? null;
}
