/** Finds this machine's OpenClaw, its files, its release and a Node for it. */

import { homedir } from "node:os";
import type { Environment } from "@/lib/openclaw/places/home";
import { locateState } from "@/lib/openclaw/places/locate";
import type { StateLocation } from "@/lib/openclaw/places/types";
import {
  type Detection,
  detectOpenClaw,
  type InstalledOpenClaw,
} from "@/lib/openclaw/program/detect";
import { findNodeRuntime, type NodeRuntime } from "@/lib/openclaw/program/node-runtime";
import { askVersion } from "@/lib/openclaw/program/version";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { type EraCertainty, eraFor } from "@/lib/openclaw/releases/table";
import { writerOf } from "@/lib/openclaw/releases/written-by";
import { type Reading, readingOf } from "@/lib/setup/machine/told-row";
import { readBytes } from "@/lib/system/read.mjs";
import { parseConfig } from "@/lib/text/json5/parse";

export interface Installation {
  readonly location: StateLocation;
  readonly detection: Detection;
  readonly installed: InstalledOpenClaw | null;
  readonly node: NodeRuntime | null;
  /** The release to plan for; null if none is installed, chosen or named by a config. */
  readonly release: string | null;
  /** The source of `release`; `config` means `meta.lastTouchedVersion`. */
  readonly releaseBy: "installed" | "chosen" | "config" | null;
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
  /** What an untested installation reported, merged into `era`; else null. */
  readonly reading: Reading | null;
}

/**
 * Runs only `node --version`, and `openclaw --version` for an unknown wrapper. An installed
 * release overrides `target`. Throws for an invalid profile.
 */
export async function findInstallation(
  env: Environment,
  profile: string | null,
  target: string | null = null,
): Promise<Installation> {
  const where = places(env);
  const detection = await detectOpenClaw(env, where);
  const installed = await releaseOf(detection, env, where.homedir);
  const writer = installed || target ? null : configWriter(env, profile, where);
  const release = installed?.version ?? target ?? writer;
  const releaseBy = installed ? "installed" : target ? "chosen" : writer ? "config" : null;
  const lookup = eraFor(release);
  const reading = readingOf(lookup, installed);
  const [era, { certainty }] = [reading?.row ?? lookup.era, lookup];
  const location = locateState(env, { ...where, profile, release });
  if (!location.ok) throw new Error(`invalid profile name: ${location.error.profile}`);
  const node = installed ? await findNodeRuntime(installed, env, where, era.node) : null;
  return {
    location: location.value,
    detection,
    installed,
    node,
    release,
    releaseBy,
    era,
    certainty,
    reading,
  };
}

function configWriter(
  env: Environment,
  profile: string | null,
  where: ReturnType<typeof places>,
): string | null {
  const location = locateState(env, { ...where, profile, release: null });
  const bytes = location.ok ? readBytes(location.value.configPath) : null;
  const config = bytes === null ? null : parseConfig(bytes);
  return config?.ok ? writerOf(config.value.value) : null;
}

export function places(env: Environment) {
  return {
    platform: process.platform,
    homedir: env["HOME"] || homedir(),
    execPath: process.execPath,
  };
}

/** Locates OpenClaw's files by reading only. Throws for an invalid profile name. */
export async function findLocation(
  env: Environment,
  profile: string | null,
): Promise<StateLocation> {
  const where = places(env);
  const detection = await detectOpenClaw(env, where);
  const release = detection.state === "found" ? detection.installed.version : null;
  const location = locateState(env, { ...where, profile, release });
  if (!location.ok) throw new Error(`invalid profile name: ${location.error.profile}`);
  return location.value;
}

const asked = new Map<string, Promise<InstalledOpenClaw | null>>();

async function releaseOf(
  detection: Detection,
  env: Environment,
  cwd: string,
): Promise<InstalledOpenClaw | null> {
  if (detection.state === "found") return detection.installed;
  if (detection.state !== "wrapper") return null;
  const { command } = detection;
  const answer = asked.get(command.path) ?? askVersion(command, env, { cwd });
  asked.set(command.path, answer);
  return answer;
}
