// Installs the packages of the lock file when they are missing or no longer the right ones.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run.mjs";
import { installStampPath, isInstalled, lockHash } from "./fingerprint.mjs";
import { withLock } from "./lock.mjs";

/**
 * @param {{ root: string, withDev: boolean, say: (key: string) => void }} options
 * @returns {Promise<boolean>} false when npm failed; its output has been shown
 */
export async function ensureDependencies({ root, withDev, say }) {
  if (isInstalled(root, withDev)) return true;
  return withLock(
    root,
    () => say("waiting"),
    async () => {
      if (isInstalled(root, withDev)) return true;
      say("installing");
      // Not `npm ci`: it refuses a lock file without the packages of platforms that a registry lacks.
      // Who had the development packages keeps them.
      const dev = withDev || existsSync(join(root, "node_modules", "vitest"));
      const args = ["install", "--no-save", dev ? "--include=dev" : "--omit=dev"];
      // In a terminal npm shows by itself how far it is.
      const quiet = !process.stderr.isTTY;
      if (!quiet) args.push("--no-audit", "--no-fund", "--loglevel=error");
      const npm = process.env["npm_execpath"];
      const status =
        npm && /npm-cli\.c?js$/u.test(npm)
          ? await run(process.execPath, [npm, ...args], { cwd: root, quiet })
          : await run("npm", args, { cwd: root, quiet });
      if (status === 0) writeFileSync(installStampPath(root), `${lockHash(root)}\n`);
      return status === 0;
    },
  );
}
