/** Finds every OpenClaw on this machine, since two can disturb each other's files. */

import { realpath } from "node:fs/promises";
import type { Environment } from "@/lib/openclaw/places/home";
import {
  type PlaceOptions,
  pathDirectories,
  usualDirectories,
} from "@/lib/openclaw/program/command-directories";
import { commandIn, type InstalledOpenClaw, identify } from "@/lib/openclaw/program/detect";

/** One per package: the PATH first, then the usual directories. Omits `used`, and wrappers of unknown release. */
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

async function keyOf({ packageDir, command }: InstalledOpenClaw): Promise<string> {
  const path = packageDir ?? command.path;
  return realpath(path).catch(() => path);
}
