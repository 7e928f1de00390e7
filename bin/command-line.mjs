// Runs a command of the command line, and first bundles its program if needed. No built page is required.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readText } from "../lib/system/read.mjs";
import { ownPlace } from "./place.mjs";

const PROGRAM = join("dist", "cli", "main.js");

/**
 * Resolves to the exit status.
 * @param {string[]} args
 * @param {string} language one of `LOCALES`
 * @param {(key: string, values?: Record<string, string | number>) => string} words
 * @param {(end: () => void) => void} takeOver makes signals call `end` from now on
 * @param {boolean} [offersPage] the user may choose the page instead
 * @returns {Promise<number | null>} null: the page was chosen
 */
export async function runCommandLine(args, language, words, takeOver, offersPage = false) {
  const { root, page, isPackage } = ownPlace();
  const ending = new AbortController();
  takeOver(() => {
    // A second signal ends it at once; the next write rolls back what was unfinished.
    if (ending.signal.aborted) process.exit(130);
    ending.abort();
  });
  if (!isPackage && !(await isReady(root, words))) return 1;
  const { main } = await import(pathToFileURL(join(page, PROGRAM)).href);
  const messages = JSON.parse(readText(join(root, "messages", `${language}.json`)) ?? "{}");
  // Keeps the process alive while a command waits without holding anything open.
  const alive = setInterval(() => {}, 60_000);
  try {
    return await main(args, { locale: language, messages, signal: ending.signal, offersPage });
  } finally {
    clearInterval(alive);
  }
}

/**
 * Installs and bundles what a clone lacks. Messages go to standard error, since standard output is for the command.
 * @param {string} root
 * @param {(key: string, values?: Record<string, string | number>) => string} words
 */
async function isReady(root, words) {
  /** @type {(key: string) => void} */
  const say = (key) => void process.stderr.write(`${words(key)}\n`);
  try {
    const { ensureDependencies } = await import("./prepare/install.mjs");
    const { ensureCommandLine } = await import("./prepare/build.mjs");
    if (!(await ensureDependencies({ root, withDev: false, say }))) say("installFailed");
    else if (!(await ensureCommandLine(root, () => say("waiting")))) say("buildFailed");
    else return true;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const denied = /^(?:EACCES|EPERM|EROFS)\b/u.test(detail);
    process.stderr.write(`${words(denied ? "folderDenied" : "failed", { detail, root })}\n`);
  }
  return false;
}
