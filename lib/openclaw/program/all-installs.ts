/** Every OpenClaw of this machine, not only the one that is used: two of them on the same files get in each other's way. */

import { realpath } from "node:fs/promises";
import type { Environment } from "@/lib/openclaw/places/home";
import {
  type PlaceOptions,
  pathDirectories,
  usualDirectories,
} from "@/lib/openclaw/program/command-directories";
import { commandIn, type InstalledOpenClaw, identify } from "@/lib/openclaw/program/detect";

/**
 * Those on the PATH in its order, then those in the usual directories; one for each package. `used` is left out, and
 * so is a wrapper whose release only running it would tell.
 */
export async function otherInstalls(
  env: Environment,
  options: PlaceOptions,
  used: InstalledOpenClaw,
): Promise<readonly InstalledOpenClaw[]> {
  const onPath = pathDirectories(env, options).map((dir) => ({ dir, place: "path" as const }));
  const usual = usualDirectories(env, options).map((dir) => ({
    dir,
    place: "usual-place" as const,
  }));
  const seen = new Set([await keyOf(used)]);
  const found: InstalledOpenClaw[] = [];
  for (const { dir, place } of [...onPath, ...usual]) {
    const path = commandIn(dir, "openclaw", env, options);
    if (path === null) continue;
    const detection = await identify({ path, place }, env, options);
    if (detection.state !== "found") continue;
    const key = await keyOf(detection.installed);
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(detection.installed);
  }
  return found;
}

/** Two names for one package are one install. */
async function keyOf({ packageDir, command }: InstalledOpenClaw): Promise<string> {
  const path = packageDir ?? command.path;
  return realpath(path).catch(() => path);
}
