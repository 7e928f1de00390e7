// Installs the packages of the lock file if they are missing or outdated.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run.mjs";
import { installStampPath, isInstalled, lockHash } from "./fingerprint.mjs";
import { withLock } from "./lock.mjs";

/**
 * @param {{ root: string, withDev: boolean, say: (key: string) => void }} options
 * @returns {Promise<boolean>} false if npm failed; its output has been shown
 */
export async function ensureDependencies({ root, withDev, say }) {
  if (isInstalled(root, withDev)) return true;
  return withLock(
    root,
    () => say("waiting"),
    async () => {
      if (isInstalled(root, withDev)) return true;
      say("installing");
      // `npm ci` fails when a registry lacks packages of other platforms. Installed development packages stay.
      const dev = withDev || existsSync(join(root, "node_modules", "vitest"));
      const args = ["install", "--no-save", dev ? "--include=dev" : "--omit=dev"];
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
