/** Finds OpenClaw without running it: its state directory, its installation, a Node that fits. */

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, readFile, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import semver from "semver";
import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface StateLocation {
  readonly homeDir: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly dotenvPath: string;
}

export interface InstalledOpenClaw {
  readonly version: string;
  readonly packageDir: string;
  /** What to run: JavaScript for Node, or a program of its own. */
  readonly entry: { readonly kind: "node" | "program"; readonly path: string };
  /** `engines.node`; null where the package does not say. */
  readonly needsNode: string | null;
}

export interface NodeRuntime {
  readonly path: string;
  readonly version: string;
  readonly fits: boolean;
}

/**
 * OPENCLAW_HOME, OPENCLAW_STATE_DIR, OPENCLAW_CONFIG_PATH and the profile, in the order that
 * 2026.9.6 showed with `openclaw config file`; else the older directories where only they exist.
 */
export async function locateState(
  env: Environment,
  profile: string | null,
): Promise<StateLocation> {
  const home = given(env, "OPENCLAW_HOME");
  const homeDir = home ? resolve(expand(home, homedir())) : (given(env, "HOME") ?? homedir());
  const stateGiven = given(env, "OPENCLAW_STATE_DIR");
  const configGiven = given(env, "OPENCLAW_CONFIG_PATH");
  const named = profile ?? given(env, "OPENCLAW_PROFILE");
  const suffix = named && named.toLowerCase() !== "default" ? `-${named}` : "";
  const usual = join(homeDir, `.openclaw${suffix}`);
  let stateDir = stateGiven ? resolve(expand(stateGiven, homeDir)) : usual;
  let configName = "openclaw.json";
  if (!stateGiven && !suffix && !(await exists(usual))) {
    for (const [folder, file] of [
      [".clawdbot", "clawdbot.json"],
      [".moltbot", "moltbot.json"],
    ] as const) {
      if (await exists(join(homeDir, folder, file))) {
        [stateDir, configName] = [join(homeDir, folder), file];
        break;
      }
    }
  }
  const configPath = configGiven
    ? resolve(expand(configGiven, homeDir))
    : join(stateDir, configName);
  return { homeDir, stateDir, configPath, dotenvPath: join(stateDir, ".env") };
}

const Package = z.object({
  name: z.string(),
  version: z.string(),
  engines: z.object({ node: z.string() }).partial().optional(),
});

/** OPENCLAW_BIN, the PATH, then the usual folders of package managers. Null: not installed. */
export async function findInstalled(env: Environment): Promise<InstalledOpenClaw | null> {
  const home = given(env, "HOME") ?? homedir();
  const explicit = given(env, "OPENCLAW_BIN");
  const folders = [
    ...(env["PATH"] ?? "").split(delimiter).filter(isAbsolute),
    ...[".npm-global/bin", ".local/bin", ".local/share/pnpm", "Library/pnpm", ".openclaw/bin"].map(
      (folder) => join(home, folder),
    ),
    "/opt/homebrew/bin",
    "/usr/local/bin",
    "/home/linuxbrew/.linuxbrew/bin",
  ];
  const candidates = explicit
    ? [resolve(expand(explicit, home))]
    : folders.map((folder) => join(folder, "openclaw"));
  for (const candidate of candidates) {
    const found = (await isFile(candidate)) ? await packageOf(candidate) : null;
    if (found) return found;
  }
  return null;
}

async function packageOf(command: string): Promise<InstalledOpenClaw | null> {
  const target = await realpath(command);
  // A package manager's shell shim names the JavaScript file it starts.
  const shimmed = /["'\s]([^"'\s]*\/openclaw\/(?:openclaw\.mjs|dist\/[\w.]+\.m?js))/u.exec(
    (await readFile(target)).subarray(0, 4096).toString("utf8"),
  )?.[1];
  const script = shimmed?.replace(/^\$basedir/u, dirname(target)) ?? target;
  for (
    let folder = dirname(script), last = "";
    folder !== last;
    last = folder, folder = dirname(folder)
  ) {
    const read = await readFile(join(folder, "package.json"), "utf8").catch(() => null);
    const parsed = read === null ? null : Package.safeParse(safeJson(read));
    if (!parsed?.success || parsed.data.name !== "openclaw") continue;
    const kind = /\.m?js$/u.test(script) ? "node" : "program";
    return {
      version: parsed.data.version,
      packageDir: folder,
      entry: { kind, path: kind === "node" ? script : command },
      needsNode: parsed.data.engines?.node ?? null,
    };
  }
  return null;
}

/** The first Node that fits on the PATH, beside the CLI, or running this page; else the one on the PATH. */
export async function findNode(
  env: Environment,
  installed: InstalledOpenClaw,
  fallbackRange: string,
): Promise<NodeRuntime | null> {
  const range = installed.needsNode ?? fallbackRange;
  const onPath = (env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  const prefix = resolve(installed.packageDir, "../../../bin");
  const candidates = [...onPath, prefix, "/usr/local/bin", "/opt/homebrew/bin"].map((folder) =>
    join(folder, "node"),
  );
  let first: NodeRuntime | null = null;
  const seen = new Set<string>();
  for (const path of [...candidates, process.execPath]) {
    if (seen.has(path) || !(await isFile(path))) continue;
    seen.add(path);
    const version = await nodeVersion(path);
    if (version === null) continue;
    const runtime = { path, version, fits: semver.satisfies(version, range) };
    if (runtime.fits) return runtime;
    first ??= runtime;
  }
  return first;
}

const versions = new Map<string, Promise<string | null>>();
function nodeVersion(path: string): Promise<string | null> {
  const known = versions.get(path);
  if (known) return known;
  const asked =
    path === process.execPath
      ? Promise.resolve(process.versions.node)
      : promisify(execFile)(path, ["--version"], { timeout: 5000 }).then(
          ({ stdout }) => semver.clean(stdout.trim()),
          () => null,
        );
  versions.set(path, asked);
  return asked;
}

function given(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

function expand(path: string, home: string): string {
  return path === "~" || path.startsWith("~/") ? join(home, path.slice(1)) : path;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
