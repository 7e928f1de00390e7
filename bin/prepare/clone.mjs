// Prepares a clone: installs its packages and builds its programs and pages.

import { ensureBuilt } from "./build.mjs";
import { ensureDependencies } from "./install.mjs";

/**
 * @param {string} root
 * @param {boolean} dev builds only the programs; pages are compiled on demand
 * @param {(key: string) => void} say
 * @param {(key: string) => { heard: (line: string) => void, end: () => void }} wait shows progress
 * @returns {Promise<{ word: string, detail: string } | null>} the error; output of npm or the build has been shown
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
    // An earlier start as root leaves folders that root owns.
    const denied = /^(?:EACCES|EPERM|EROFS)\b/u.test(detail);
    return { word: denied ? "folderDenied" : "failed", detail };
  }
}
