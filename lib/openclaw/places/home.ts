/** Resolves OpenClaw's home directory and paths in variables. */

import nodePath from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

export type HomeSource = "OPENCLAW_HOME" | "HOME" | "USERPROFILE" | "account" | "working-directory";

export interface HomeContext {
  readonly env: Environment;
  readonly path: nodePath.PlatformPath;
  /** `os.homedir()`, used if no variable names a home. */
  readonly homedir: string | null;
  readonly cwd: string;
  readonly undefinedIsUnset: boolean;
}

export function pathsOf(platform: NodeJS.Platform): nodePath.PlatformPath {
  return platform === "win32" ? nodePath.win32 : nodePath.posix;
}

export function given(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** OPENCLAW_HOME, else the account's home; the same order in 2026.2.9 to 2026.9.6. */
export function resolveHome(context: HomeContext): { dir: string; source: HomeSource } {
  const account = accountHome(context);
  const own = homeValue(context, context.env["OPENCLAW_HOME"]);
  if (own === undefined) return { dir: absolute(context, account.dir), source: account.source };
  return {
    dir: absolute(context, startsWithHome(own) ? expand(own, account.dir) : own),
    source: "OPENCLAW_HOME",
  };
}

/** Resolves like OpenClaw: trimmed, `~` is the home, `~other` is a relative name. */
export function resolveUserPath(context: HomeContext, value: string): string {
  const trimmed = value.trim();
  return absolute(context, expand(trimmed, resolveHome(context).dir));
}

function accountHome(context: HomeContext): { dir: string; source: HomeSource } {
  for (const source of ["HOME", "USERPROFILE"] as const) {
    const dir = homeValue(context, context.env[source]);
    if (dir !== undefined) return { dir, source };
  }
  const dir = homeValue(context, context.homedir ?? undefined);
  return dir === undefined
    ? { dir: context.cwd, source: "working-directory" }
    : { dir, source: "account" };
}

function homeValue(context: HomeContext, value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  if (!trimmed) return undefined;
  if (context.undefinedIsUnset && (trimmed === "undefined" || trimmed === "null")) return undefined;
  return trimmed;
}

function startsWithHome(value: string): boolean {
  return /^~(?=$|[\\/])/.test(value);
}

function expand(value: string, home: string): string {
  return value.replace(/^~(?=$|[\\/])/, () => home);
}

function absolute(context: HomeContext, value: string): string {
  return context.path.resolve(context.cwd, value);
}
