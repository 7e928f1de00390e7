// Where this program's own files are: a clone, which builds itself, or a package, which is built and never written to.

// Kept to syntax an old Node can read.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readText } from "../lib/system/read.mjs";

/**
 * `page`: the folder with `.next`, its packages, and the bundled programs in `dist`.
 * @returns {{ root: string, page: string, isPackage: boolean }}
 */
export function ownPlace() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const isPackage = !existsSync(join(root, "bin", "prepare"));
  return { root, page: isPackage ? join(root, "page") : root, isPackage };
}

/**
 * What people type to start it again, up to its options.
 * @param {Record<string, string | undefined>} env
 */
export function ownCommand(env) {
  const { root, isPackage } = ownPlace();
  if (!isPackage) return "npm start --";
  const { name } = JSON.parse(readText(join(root, "package.json")) || "{}");
  return env["npm_command"] === "exec" ? `npx ${name}` : "openclaw-setup";
}
