/** Finds the Node that would run OpenClaw, or another one that fits; asks each once (0.05 s). */

import { stat } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import type { Environment } from "@/lib/openclaw/places/home";
import {
  managedNodeDirectories,
  type PlaceOptions,
  pathDirectories,
} from "@/lib/openclaw/program/command-directories";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { runProcess } from "@/lib/system/run-process";

export interface FoundNode {
  readonly path: string;
  readonly version: string;
}

export type NodeRuntime =
  /** `openclaw` as typed runs on `node`. */
  | { readonly state: "fits"; readonly needed: string; readonly node: FoundNode }
  /** `usual` does not fit (null: no Node found), but `node` does. */
  | {
      readonly state: "other-fits";
      readonly needed: string;
      readonly node: FoundNode;
      readonly usual: FoundNode | null;
    }
  | { readonly state: "none-fits"; readonly needed: string; readonly found: readonly FoundNode[] }
  | { readonly state: "own-program" };

/** `fallbackRange` comes from the release table, for packages without a range. */
export async function findNodeRuntime(
  installed: InstalledOpenClaw,
  env: Environment,
  options: PlaceOptions,
  fallbackRange: string,
): Promise<NodeRuntime> {
  if (installed.entry.kind === "program") return { state: "own-program" };
  const stated = installed.needsNode;
  const needed = stated !== null && semver.validRange(stated) !== null ? stated : fallbackRange;
  const fits = (version: string) => semver.satisfies(version, needed);
  const name = options.platform === "win32" ? "node.exe" : "node";
  const beside = path.join(path.dirname(installed.command.path), name);
  const onPath = pathDirectories(env, options).map((dir) => path.join(dir, name));

  const usual = await firstNode(
    installed.ownNode === null ? [...onPath, beside] : [installed.ownNode],
  );
  if (usual !== null && fits(usual.version)) return { state: "fits", needed, node: usual };

  const found = new Map<string, FoundNode>();
  if (usual !== null) found.set(usual.path, usual);
  for (const candidate of [
    ...(options.execPath ? [options.execPath] : []),
    beside,
    ...onPath,
    ...managedNodeDirectories(env, options).map((dir) => path.join(dir, name)),
    ...systemNodes(options, name),
  ]) {
    if (found.has(candidate)) continue;
    // The path names the version, so an unsuitable Node need not run.
    const named = versionInPath(candidate);
    const node =
      named !== null && !fits(named) ? await existing(candidate, named) : await nodeAt(candidate);
    if (node === null) continue;
    if (fits(node.version)) return { state: "other-fits", needed, node, usual };
    found.set(node.path, node);
  }
  return { state: "none-fits", needed, found: [...found.values()] };
}

async function firstNode(candidates: readonly string[]): Promise<FoundNode | null> {
  for (const candidate of candidates) {
    const node = await nodeAt(candidate);
    if (node !== null) return node;
  }
  return null;
}

const asked = new Map<string, Promise<string | null>>();

/** Runs `file --version` once for each state of the file; null if it is no Node. */
export async function nodeAt(file: string): Promise<FoundNode | null> {
  const about = await stat(file).catch(() => null);
  if (!about?.isFile()) return null;
  const key = `${file}\0${about.mtimeMs}\0${about.size}`;
  let version = asked.get(key);
  if (version === undefined) {
    version = askNode(file);
    asked.set(key, version);
  }
  const answer = await version;
  return answer === null ? null : { path: file, version: answer };
}

async function askNode(file: string): Promise<string | null> {
  const answer = await runProcess(file, ["--version"], {
    // A version manager's stand-in needs PATH and HOME.
    env: Object.fromEntries(
      ["PATH", "HOME", "SystemRoot"].flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    // A version manager's stand-in reads settings of this folder and those above, so not of /tmp.
    cwd: path.dirname(file),
    timeoutMs: 5000,
    maxBytes: 1024,
  });
  return answer.code === 0 ? semver.clean(answer.stdout.trim()) : null;
}

async function existing(file: string, version: string): Promise<FoundNode | null> {
  const about = await stat(file).catch(() => null);
  return about?.isFile() ? { path: file, version } : null;
}

/** For example `…/versions/node/v24.1.0/bin/node` → "24.1.0". */
function versionInPath(file: string): string | null {
  const inside = /[\\/]v?(\d+\.\d+\.\d+)[\\/](?:installation[\\/])?(?:bin[\\/])?node(?:\.exe)?$/;
  return inside.exec(file)?.[1] ?? null;
}

function systemNodes(options: PlaceOptions, name: string): string[] {
  const root = options.root ?? "/";
  const kegs = ["node", "node@26", "node@24", "node@22"].flatMap((keg) =>
    ["opt/homebrew/opt", "usr/local/opt", "home/linuxbrew/.linuxbrew/opt"].map((opt) =>
      path.join(root, opt, keg, "bin", name),
    ),
  );
  return [
    ...["usr/local/bin", "opt/homebrew/bin", "usr/bin"].map((dir) => path.join(root, dir, name)),
    ...kegs,
  ];
}
