// A clone before it serves: its packages installed, its programs and its page built.

import { ensureBuilt } from "./build.mjs";
import { ensureDependencies } from "./install.mjs";

/**
 * @param {string} root
 * @param {boolean} dev builds the programs alone; each page is compiled when it is asked for
 * @param {(key: string) => void} say
 * @param {(key: string) => { heard: (line: string) => void, end: () => void }} wait shows that a build moves
 * @returns {Promise<{ word: string, detail: string } | null>} what went wrong; what npm or the build said of it has been shown
 */
export async function prepareClone(root, dev, say, wait) {
  try {
    if (!(await ensureDependencies({ root, withDev: dev, say })))
      return { word: "installFailed", detail: "" };
    if (dev) {
      Object.assign(process.env, { NODE_ENV: "development" });
      await (await import("./bundle.mjs")).bundlePrograms(root, { folder: "dist/dev" });
    } else if (!(await ensureBuilt({ root, verbose: false, say, wait })))
      return { word: "buildFailed", detail: "" };
    return null;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    // As after a start by the administrator, to whom the folders then belong.
    const denied = /^(?:EACCES|EPERM|EROFS)\b/u.test(detail);
    return { word: denied ? "folderDenied" : "failed", detail };
  }
}
