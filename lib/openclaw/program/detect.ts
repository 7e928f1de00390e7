/** Finds the installed OpenClaw through links and start scripts, without running anything. */

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { type Environment, given, pathsOf } from "@/lib/openclaw/places/home";
import {
  managedNodeDirectories,
  type PlaceOptions,
  pathDirectories,
  usualDirectories,
  voltaPackage,
} from "@/lib/openclaw/program/command-directories";
import { isCompiled, readShim } from "@/lib/openclaw/program/shim";
import { readText } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";
import { isVisible } from "@/lib/text/visible";

/** `usual-place` is not on the PATH, so the user cannot type `openclaw`. */
export type CommandPlace = "OPENCLAW_BIN" | "path" | "usual-place";

export interface FoundCommand {
  readonly path: string;
  readonly place: CommandPlace;
}

export interface InstalledOpenClaw {
  readonly version: string;
  readonly command: FoundCommand;
  readonly entry: { readonly kind: "script" | "program"; readonly path: string };
  /** Null if the version came from running the program. */
  readonly packageDir: string | null;
  /** `engines.node`; null if unknown. */
  readonly needsNode: string | null;
  /** An existing Node named by the start script; null means the one on the PATH. */
  readonly ownNode: string | null;
}

export type Detection =
  | { readonly state: "found"; readonly installed: InstalledOpenClaw }
  /** A command without `package.json`; use `askVersion`. */
  | { readonly state: "wrapper"; readonly command: FoundCommand }
  | { readonly state: "missing-bin"; readonly path: string }
  | { readonly state: "none" };

const Package = z.object({
  name: z.literal("openclaw"),
  version: z.string().regex(/^\d{1,6}(?:\.\d{1,6}){0,3}(?:[-+][\w.+-]{1,64})?$/u),
  bin: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .catch(undefined),
  engines: z
    .object({ node: z.string().max(200).refine(isVisible) })
    .optional()
    .catch(undefined),
});

/** Looks at OPENCLAW_BIN, then PATH, then the usual places. Runs no OpenClaw. */
export async function detectOpenClaw(env: Environment, options: PlaceOptions): Promise<Detection> {
  const bin = given(env, "OPENCLAW_BIN");
  if (bin !== undefined && !isBareName(bin)) {
    const file = resolveBin(bin, options);
    const isScript = /\.[cm]?js$/.test(file) && isFile(file);
    if (!isScript && !isProgram(file, options)) return { state: "missing-bin", path: file };
    return identify({ path: file, place: "OPENCLAW_BIN" }, env, options);
  }
  const name = bin ?? "openclaw";
  const place = bin === undefined ? "path" : "OPENCLAW_BIN";
  for (const dir of pathDirectories(env, options)) {
    const file = commandIn(dir, name, env, options);
    if (file !== null) return identify({ path: file, place }, env, options);
  }
  if (bin !== undefined) return { state: "missing-bin", path: bin };
  let wrapper: Detection = { state: "none" };
  for (const dir of usualDirectories(env, options)) {
    const file = commandIn(dir, name, env, options);
    if (file === null) continue;
    const detection = await identify({ path: file, place: "usual-place" }, env, options);
    if (detection.state === "found") return detection;
    if (wrapper.state === "none") wrapper = detection;
  }
  return wrapper;
}

/** Finds the package behind a command; `wrapper` if it is none of the known kinds. */
export async function identify(
  command: FoundCommand,
  env: Environment,
  options: PlaceOptions,
): Promise<Detection> {
  const installed =
    (await follow(command, command.path, 0)) ??
    (await behindManager(command, env, options)) ??
    (await besideProgram(command));
  return installed ? { state: "found", installed } : { state: "wrapper", command };
}

/** Follows links and at most five start scripts to the package. */
async function follow(
  command: FoundCommand,
  file: string,
  depth: number,
): Promise<InstalledOpenClaw | null> {
  if (depth > 5) return null;
  const real = await realpath(file).catch(() => null);
  if (real === null) return null;
  const direct = await packageAbove(command, real);
  if (direct !== null) return direct;
  const shim = await readShim(real);
  for (const target of shim?.targets ?? []) {
    if (target === real || target === file) continue;
    const installed = await follow(command, target, depth + 1);
    if (installed === null) continue;
    const ownNode = shim?.nodes.find(isFile) ?? installed.ownNode;
    const entry = shim?.hasOwnWays
      ? ({ kind: "program", path: command.path } as const)
      : installed.entry;
    return { ...installed, ownNode, entry };
  }
  return null;
}

async function packageAbove(
  command: FoundCommand,
  file: string,
): Promise<InstalledOpenClaw | null> {
  for (let dir = path.dirname(file), last = ""; dir !== last; last = dir, dir = path.dirname(dir)) {
    const text = readText(path.join(dir, "package.json"));
    if (text === null) continue;
    const installed = await fromPackage(command, dir, text, file);
    if (installed !== null) return installed;
    // A file of another package is not OpenClaw's.
    if (/\.[cm]?js$/.test(file)) return null;
  }
  return null;
}

async function fromPackage(
  command: FoundCommand,
  dir: string,
  text: string,
  file: string | null,
): Promise<InstalledOpenClaw | null> {
  const parsed = Package.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { version, bin, engines } = parsed.data;
  const named = typeof bin === "string" ? bin : bin?.["openclaw"];
  // A package names its own script; any other file is not OpenClaw.
  const script = named === undefined ? null : fileInside(dir, named);
  const entry = script !== null && isFile(script) ? script : file;
  if (entry === null) return null;
  return {
    version,
    command,
    entry: { kind: /\.[cm]?js$/.test(entry) ? "script" : "program", path: entry },
    packageDir: dir,
    needsNode: engines?.node ?? null,
    ownNode: null,
  };
}

/** Volta, asdf, mise and nodenv use one program for all commands, so the package must be unambiguous. */
async function behindManager(
  command: FoundCommand,
  env: Environment,
  options: PlaceOptions,
): Promise<InstalledOpenClaw | null> {
  if (!isManaged(command.path, env, options)) return null;
  const libraries = managedNodeDirectories(env, options).map((bin) =>
    path.join(bin, "../lib/node_modules/openclaw"),
  );
  const found = new Map<string, InstalledOpenClaw>();
  for (const dir of [voltaPackage(env, options), ...libraries]) {
    const text = readText(path.join(dir, "package.json"));
    const installed = text === null ? null : await fromPackage(command, dir, text, null);
    if (installed !== null) found.set(await realpath(dir), installed);
  }
  const [only] = found.values();
  if (found.size !== 1 || only === undefined) return null;
  return { ...only, entry: { kind: "program", path: command.path } };
}

/** A compiled wrapper of Nix has the package in its own prefix. */
async function besideProgram(command: FoundCommand): Promise<InstalledOpenClaw | null> {
  const real = await realpath(command.path).catch(() => null);
  if (real === null || !(await isCompiled(real))) return null;
  const dir = path.join(path.dirname(real), "../lib/node_modules/openclaw");
  const text = readText(path.join(dir, "package.json"));
  const installed = text === null ? null : await fromPackage(command, dir, text, null);
  return installed && { ...installed, entry: { kind: "program", path: command.path } };
}

function isManaged(file: string, env: Environment, options: PlaceOptions): boolean {
  const volta = given(env, "VOLTA_HOME") ?? path.join(options.homedir, ".volta");
  return path.basename(path.dirname(file)) === "shims" || file.startsWith(volta + path.sep);
}

function fileInside(dir: string, name: string): string | null {
  const file = path.join(dir, name);
  const isInside = (from: string, to: string) => {
    const way = path.relative(from, to);
    return way !== "" && !path.isAbsolute(way) && way.split(path.sep)[0] !== "..";
  };
  try {
    return isInside(dir, file) && isInside(realpathSync(dir), realpathSync(file)) ? file : null;
  } catch {
    return null;
  }
}

function isBareName(bin: string): boolean {
  return !/[\\/]/.test(bin) && bin !== "~";
}

function resolveBin(bin: string, options: PlaceOptions): string {
  const expanded = bin.replace(/^~(?=[\\/])/, () => options.homedir);
  return pathsOf(options.platform).resolve(expanded);
}

/** Synchronous, because dozens of missing places are faster to check than to await. */
export function commandIn(
  dir: string,
  name: string,
  env: Environment,
  options: PlaceOptions,
): string | null {
  const extensions =
    options.platform === "win32"
      ? (given(env, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";")
      : [""];
  for (const extension of extensions) {
    const file = path.join(dir, name + extension.toLowerCase());
    if (isProgram(file, options)) return file;
  }
  return null;
}

function isProgram(file: string, options: PlaceOptions): boolean {
  if (!isFile(file)) return false;
  if (options.platform === "win32") return true;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}
