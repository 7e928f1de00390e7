// Locates this program's files: a clone builds itself; a package comes built and is never written to.

// Uses only syntax that old versions of Node can parse.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readText } from "../lib/system/read.mjs";

/**
 * `page` is the folder with `.next`, its packages and the bundled programs in `dist`.
 * @returns {{ root: string, page: string, isPackage: boolean }}
 */
export function ownPlace() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const isPackage = !existsSync(join(root, "bin", "prepare"));
  return { root, page: isPackage ? join(root, "page") : root, isPackage };
}

/**
 * The command that starts this program, without options.
 * @param {Record<string, string | undefined>} env
 */
export function ownCommand(env) {
  const { root, isPackage } = ownPlace();
  if (!isPackage) return "npm start --";
  const { name } = JSON.parse(readText(join(root, "package.json")) || "{}");
  return env["npm_command"] === "exec" ? `npx ${name}` : "openclaw-setup";
}
