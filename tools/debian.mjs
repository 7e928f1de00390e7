// Debian packages for the browser tests, where this user may install them.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../bin/run.mjs";

let updated = false;

/**
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} false where there is no apt-get, no right to use it, or no such package
 */
export async function installDebianPackages(packages) {
  const apt = onPath(["apt-get"]);
  const sudo = onPath(["sudo"]);
  const isRoot = process.getuid?.() === 0;
  if (!apt || !(isRoot || sudo)) return false;
  /** @param {string[]} args */
  const asRoot = (args) => {
    const options = { cwd: "/", env: { DEBIAN_FRONTEND: "noninteractive" }, quiet: true };
    return isRoot ? run(apt, args, options) : run(sudo ?? "sudo", ["-n", apt, ...args], options);
  };
  if (!updated) await asRoot(["update"]);
  updated = true;
  return (await asRoot(["install", "-y", "--no-install-recommends", ...packages])) === 0;
}

/**
 * @param {readonly string[]} names
 * @returns {string | null} the path of the first of these programs on PATH
 */
export function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const path = join(folder || ".", name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
}
