/** Lists directories of installed commands: the PATH, then the usual ones. */

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Environment, given } from "@/lib/openclaw/places/home";
import { readText } from "@/lib/system/read.mjs";

export interface PlaceOptions {
  readonly platform: NodeJS.Platform;
  readonly homedir: string;
  /** npm keeps its commands beside this Node. */
  readonly execPath?: string;
  readonly root?: string;
}

/** Relative entries are skipped, since they depend on the working directory. */
export function pathDirectories(env: Environment, options: PlaceOptions): string[] {
  const name =
    options.platform === "win32"
      ? (Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH")
      : "PATH";
  const delimiter = options.platform === "win32" ? ";" : ":";
  return unique((env[name] ?? "").split(delimiter).filter((dir) => path.isAbsolute(dir)));
}

export function usualDirectories(env: Environment, options: PlaceOptions): string[] {
  const home = (dir: string) => path.join(options.homedir, dir);
  const root = (dir: string) => path.join(options.root ?? "/", dir);
  const below = (variable: string, ...parts: string[]) => {
    const base = given(env, variable);
    return base && path.isAbsolute(base) ? [path.join(base, ...parts)] : [];
  };
  const npmPrefixes = toldPrefixes(env, options).flatMap((dir) => [dir, path.join(dir, "bin")]);
  const windows =
    options.platform === "win32"
      ? [
          ...below("APPDATA", "npm"),
          ...below("LOCALAPPDATA", "pnpm"),
          ...below("LOCALAPPDATA", "Yarn", "bin"),
          ...below("ProgramFiles", "nodejs"),
        ]
      : [];
  return unique([
    ...npmPrefixes,
    ...below("OPENCLAW_PREFIX", "bin"),
    home(".openclaw/bin"),
    home(".npm-global/bin"),
    home(".local/bin"),
    ...below("PNPM_HOME"),
    ...below("PNPM_HOME", "bin"),
    ...[".local/share/pnpm", ".local/share/pnpm/bin", "Library/pnpm", "Library/pnpm/bin"].map(home),
    ...below("BUN_INSTALL", "bin"),
    home(".bun/bin"),
    ...[".yarn/bin", ".config/yarn/global/node_modules/.bin"].map(home),
    ...windows,
    ...["opt/homebrew/bin", "usr/local/bin", "home/linuxbrew/.linuxbrew/bin"].map(root),
    ...["usr/bin", "opt/local/bin"].map(root),
    ...(options.execPath ? [path.dirname(options.execPath)] : []),
    ...managedNodeDirectories(env, options),
  ]);
}

/** Where this program installs OpenClaw and Node for users without a place of their own. */
export function privateInstallDirectory(homedir: string): string {
  return path.join(homedir, ".local", "share", "openclaw-setup");
}

export function managedNodeDirectories(env: Environment, options: PlaceOptions): string[] {
  const home = (dir: string) => path.join(options.homedir, dir);
  const or = (variable: string, fallback: string) => given(env, variable) ?? home(fallback);
  const data = or("XDG_DATA_HOME", ".local/share");
  const mac = home("Library/Application Support");
  const windows = options.platform === "win32";
  const keepers: ReadonlyArray<readonly [directory: string, inside: string]> = [
    [path.join(or("NVM_DIR", ".nvm"), "versions/node"), "bin"],
    [path.join(or("XDG_CONFIG_HOME", ".config"), "nvm/versions/node"), "bin"],
    ...[given(env, "FNM_DIR"), path.join(data, "fnm"), path.join(mac, "fnm"), home(".fnm")].flatMap(
      (dir) =>
        dir
          ? [
              [
                path.join(dir, "node-versions"),
                windows ? "installation" : "installation/bin",
              ] as const,
            ]
          : [],
    ),
    [path.join(or("VOLTA_HOME", ".volta"), "tools/image/node"), windows ? "" : "bin"],
    [path.join(or("ASDF_DATA_DIR", ".asdf"), "installs/nodejs"), "bin"],
    [path.join(given(env, "MISE_DATA_DIR") ?? path.join(data, "mise"), "installs/node"), "bin"],
    [path.join(or("NODENV_ROOT", ".nodenv"), "versions"), "bin"],
    [path.join(or("N_PREFIX", ".n"), "n/versions/node"), "bin"],
    [path.join(options.root ?? "/", "usr/local/n/versions/node"), "bin"],
    // OpenClaw's installer uses tools/node-v24.19.0 beside the alias tools/node.
    [home(".openclaw/tools"), "bin"],
  ];
  const found: string[] = [
    path.join(privateInstallDirectory(options.homedir), "node_modules", ".bin"),
  ];
  for (const [directory, inside] of keepers) {
    for (const version of newestFirst(directory)) {
      found.push(path.join(directory, version, inside));
    }
  }
  return unique(found);
}

/** Volta keeps packages apart from its Nodes and starts them itself. */
export function voltaPackage(env: Environment, options: PlaceOptions): string {
  const volta = given(env, "VOLTA_HOME") ?? path.join(options.homedir, ".volta");
  const library = options.platform === "win32" ? "node_modules" : "lib/node_modules";
  return path.join(volta, "tools/image/packages/openclaw", library, "openclaw");
}

function newestFirst(directory: string): string[] {
  const names = readOr([], directory, () => readdirSync(directory));
  return names.sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
}

/** npm's global folder from the environment or the user's `.npmrc`, in npm's order. */
export function toldPrefixes(env: Environment, options: PlaceOptions): string[] {
  const prefix = given(env, "npm_config_prefix") ?? given(env, "NPM_CONFIG_PREFIX");
  return [prefix, prefixOfNpmrc(options.homedir)].flatMap((dir) =>
    dir && path.isAbsolute(dir) ? [dir] : [],
  );
}

function prefixOfNpmrc(homedir: string): string | undefined {
  const file = path.join(homedir, ".npmrc");
  const lines = (readText(file) ?? "").slice(0, 65_536).split("\n");
  const said = lines.map((line) => /^\s*prefix\s*=(.*)$/su.exec(line)?.[1]?.trim()).find(Boolean);
  const value = said?.replace(/^["']/u, "").replace(/["']$/u, "").trim();
  return value?.replace(/^(?:~|\$\{HOME\})(?=\/|$)/, () => homedir);
}

/** Checking first is far cheaper than an error, and most places are missing. */
function readOr<T>(fallback: T, place: string, read: () => T): T {
  try {
    return existsSync(place) ? read() : fallback;
  } catch {
    return fallback;
  }
}

function unique(directories: readonly string[]): string[] {
  return [...new Set(directories)];
}
