/** Detects an OpenClaw that still finishes its installation, as its first command does after npm skips scripts. */

import { lstatSync } from "node:fs";
import path from "node:path";

/** Markers beside `package.json` since 2026.9.6: pending work, and a command working on it. */
const MARKS = [".openclaw-lifecycle-pending", ".openclaw-lifecycle-lock"];

/** After a kill meanwhile, commands fail with "package lifecycle is incomplete" (2026.9.6). Never throws. */
export function isInstallationUnfinished(packageDir: string): boolean {
  return MARKS.some((name) => {
    try {
      return lstatSync(path.join(packageDir, name), { throwIfNoEntry: false }) !== undefined;
    } catch {
      return false;
    }
  });
}
