/** Finds OpenClaw's state, config and `.env` as `openclaw config file` would, without running it. */

import { existsSync, readdirSync } from "node:fs";
import { type DotenvFile, loadDotenvFiles } from "@/lib/openclaw/places/dotenv-files";
import {
  type Environment,
  given,
  type HomeContext,
  pathsOf,
  resolveHome,
  resolveUserPath,
} from "@/lib/openclaw/places/home";
import { absoluteVariables, notesOf } from "@/lib/openclaw/places/notes";
import { applyProfile, isProfileName } from "@/lib/openclaw/places/profile";
import type {
  ConfigSource,
  Found,
  LocateProblem,
  StateLocation,
  StateSource,
} from "@/lib/openclaw/places/types";
import type { LocationRules } from "@/lib/openclaw/releases/facts";
import { eraFor } from "@/lib/openclaw/releases/table";
import { err, ok, type Result } from "@/lib/result";

export interface LocateOptions {
  /** `--profile NAME`; OPENCLAW_PROFILE alone changes nothing (2026.2.9 to 2026.9.6). */
  readonly profile?: string | null;
  readonly platform: NodeJS.Platform;
  readonly homedir: string;
  /** Where OpenClaw would start; the base of relative paths and, for old releases, of another `.env`. */
  readonly cwd?: string;
  readonly release?: string | null;
}

/** Finds the state directory and config as the release would. Fails for a profile's name that it refuses. */
export function locateState(
  env: Environment,
  options: LocateOptions,
): Result<StateLocation, LocateProblem> {
  const profile = options.profile?.trim() ?? null;
  if (profile !== null && !isProfileName(profile)) return err({ code: "invalid-profile", profile });
  const rules = eraFor(options.release ?? null).era.locations;
  const path = pathsOf(options.platform);
  const cwd = options.cwd ?? process.cwd();
  const contextOf = (from: Environment): HomeContext => ({
    env: from,
    path,
    homedir: options.homedir || null,
    cwd,
    undefinedIsUnset: rules.undefinedIsUnset,
  });
  const started = profile === null ? env : applyProfile(contextOf(env), rules, profile);
  const loaded = loadDotenvFiles(
    contextOf(started),
    rules,
    (from) => stateDirOf(contextOf(from), rules).dir,
    options.cwd ?? null,
  );
  const context = contextOf(loaded.env);
  const setIn = (variable: string) => loaded.origin.get(variable)?.path ?? null;
  const home = resolveHome(context);
  const state = stateDirOf(context, rules);
  const config = configOf(context, rules, state.dir);
  const byProfile = (variable: string) => given(env, variable) !== given(started, variable);
  const stateVariable = variableOf(state.source);
  const configVariable = variableOf(config.source);
  const dotenvPath = dotenvPathOf(context, rules, state.dir, loaded.files);
  return ok({
    homeDir: home.dir,
    stateDir: state.dir,
    stateReason:
      stateVariable !== null && byProfile(stateVariable)
        ? { source: "profile", setIn: null }
        : { source: state.source, setIn: stateVariable && setIn(stateVariable) },
    configPath: config.path,
    configReason:
      configVariable !== null && byProfile(configVariable)
        ? { source: "profile", setIn: null }
        : { source: config.source, setIn: configVariable && setIn(configVariable) },
    dotenvPath,
    dotenvFiles: loaded.files,
    furtherVariables: [...loaded.origin].flatMap(([name, { path: file, role }]) =>
      role === "working-directory" || file === dotenvPath || !loaded.env[name]?.trim()
        ? []
        : [name],
    ),
    agents: agentsOf(context, state.dir),
    profile,
    variables: absoluteVariables(contextOf(env), context, byProfile),
    notes: notesOf(context, rules, state, setIn, dotenvPath),
  });
}

function variableOf(source: StateSource | ConfigSource): string | null {
  return /^(?:OPENCLAW|CLAWDBOT)_/.test(source) ? source : null;
}

function stateDirOf(context: HomeContext, rules: LocationRules): Found<StateSource> {
  const { env, path } = context;
  for (const variable of ["OPENCLAW_STATE_DIR", "CLAWDBOT_STATE_DIR"] as const) {
    const value = given(env, variable);
    if (value === undefined || (variable === "CLAWDBOT_STATE_DIR" && !rules.clawdbotVariables)) {
      continue;
    }
    return { dir: resolveUserPath(context, value), source: variable };
  }
  const home = resolveHome(context).dir;
  const usual = path.join(home, ".openclaw");
  const older = rules.olderDirectories.map((name) => path.join(home, name));
  const existing = existsSync(usual) ? undefined : older.find((dir) => existsSync(dir));
  return existing === undefined
    ? { dir: usual, source: "default" }
    : { dir: existing, source: "older-directory" };
}

function configOf(
  context: HomeContext,
  rules: LocationRules,
  stateDir: string,
): { readonly path: string; readonly source: ConfigSource } {
  const { env, path } = context;
  for (const variable of ["OPENCLAW_CONFIG_PATH", "CLAWDBOT_CONFIG_PATH"] as const) {
    const value = given(env, variable);
    if (value === undefined || (variable === "CLAWDBOT_CONFIG_PATH" && !rules.clawdbotVariables)) {
      continue;
    }
    return { path: resolveUserPath(context, value), source: variable };
  }
  const canonical = path.join(stateDir, "openclaw.json");
  const home = resolveHome(context).dir;
  const moved =
    given(env, "OPENCLAW_STATE_DIR") !== undefined ||
    (rules.clawdbotVariables && given(env, "CLAWDBOT_STATE_DIR") !== undefined);
  const usual = [".openclaw", ...rules.olderDirectories].map((name) => path.join(home, name));
  const dirs = moved && !rules.configOutsideStateDir ? [stateDir] : [stateDir, ...usual];
  for (const dir of dirs) {
    for (const name of ["openclaw.json", ...rules.olderConfigNames]) {
      const candidate = path.join(dir, name);
      if (!existsSync(candidate)) continue;
      if (dir !== stateDir) return { path: candidate, source: "elsewhere" };
      const source = name === "openclaw.json" ? "state-directory" : "older-name";
      return { path: candidate, source };
    }
  }
  return { path: canonical, source: "state-directory" };
}

/** 2026.2.9 reads only the first state directory's `.env`, even if that redirects it. */
function dotenvPathOf(
  context: HomeContext,
  rules: LocationRules,
  stateDir: string,
  files: readonly DotenvFile[],
): string {
  const own = context.path.join(stateDir, ".env");
  if (rules.furtherDotenv) return own;
  return files.find((file) => file.role === "state-directory")?.path ?? own;
}

function agentsOf(context: HomeContext, stateDir: string): StateLocation["agents"] {
  const agents = context.path.join(stateDir, "agents");
  const others = directoriesIn(agents).filter((id) => id !== "main");
  return ["main", ...others].map((id) => ({ id, dir: context.path.join(agents, id, "agent") }));
}

function directoriesIn(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}
