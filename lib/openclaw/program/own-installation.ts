/** Whether an OpenClaw still finishes its own installation, as it does with its first command where no scripts ran. */

import { lstatSync } from "node:fs";
import path from "node:path";

/** Beside `package.json`, from 2026.9.6 on: written by the package, and while a command works on it. */
const MARKS = [".openclaw-lifecycle-pending", ".openclaw-lifecycle-lock"];

/**
 * A command that is ended by force meanwhile leaves the lock behind, and every later command then refuses with
 * "package lifecycle is incomplete" (2026.9.6). `packageDir`: absolute. Reads names alone; never throws.
 */
export function isInstallationUnfinished(packageDir: string): boolean {
  return MARKS.some((name) => {
    try {
      return lstatSync(path.join(packageDir, name), { throwIfNoEntry: false }) !== undefined;
    } catch {
      return false;
    }
  });
}
