// A command of the command line: its program is bundled where it is not yet, which needs no built page.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readText } from "../lib/system/read.mjs";
import { ownPlace } from "./place.mjs";

const PROGRAM = join("dist", "cli", "main.js");

/**
 * Runs it, and gives the number it ends with.
 * @param {string[]} args
 * @param {string} language one of `LOCALES`
 * @param {(key: string, values?: Record<string, string | number>) => string} words
 * @param {(end: () => void) => void} takeOver has a signal to end answered by `end` from now on
 * @returns {Promise<number>}
 */
export async function runCommandLine(args, language, words, takeOver) {
  const { root, page, isPackage } = ownPlace();
  const ending = new AbortController();
  takeOver(() => {
    // Asked again: at once. The next write takes back what was half done.
    if (ending.signal.aborted) process.exit(130);
    ending.abort();
  });
  if (!isPackage && !(await isReady(root, words))) return 1;
  const { main } = await import(pathToFileURL(join(page, PROGRAM)).href);
  const messages = JSON.parse(readText(join(root, "messages", `${language}.json`)) ?? "{}");
  // What waits for others may hold on to nothing, and the process would end as if all were done.
  const alive = setInterval(() => {}, 60_000);
  try {
    return await main(args, { locale: language, messages, signal: ending.signal });
  } finally {
    clearInterval(alive);
  }
}

/**
 * A clone installs and bundles what is missing. Standard output is for the command.
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
