/** Warns about a place, and pins the variables that lead to it. */

import { existsSync, realpathSync, statSync } from "node:fs";
import { workTreeOf } from "@/lib/openclaw/places/git-work-tree";
import { given, type HomeContext, resolveHome, resolveUserPath } from "@/lib/openclaw/places/home";
import type { Found, LocateNote, StateSource } from "@/lib/openclaw/places/types";
import type { LocationRules } from "@/lib/openclaw/releases/facts";
import { shellCommand } from "@/lib/system/shell-words";

const PATH_VARIABLES = [
  "OPENCLAW_HOME",
  "OPENCLAW_STATE_DIR",
  "OPENCLAW_CONFIG_PATH",
  "CLAWDBOT_STATE_DIR",
  "CLAWDBOT_CONFIG_PATH",
] as const;

/** Makes relative paths absolute, except those that `--profile` sets. */
export function absoluteVariables(
  before: HomeContext,
  after: HomeContext,
  byProfile: (variable: string) => boolean,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of PATH_VARIABLES) {
    const value = byProfile(name) ? given(before.env, name) : given(after.env, name);
    if (value !== undefined && isRelative(after, value)) {
      variables[name] =
        name === "OPENCLAW_HOME" ? resolveHome(after).dir : resolveUserPath(after, value);
    }
  }
  return variables;
}

function isRelative(context: HomeContext, value: string): boolean {
  return !context.path.isAbsolute(value) && !/^~(?=$|[\\/])/.test(value);
}

export function notesOf(
  context: HomeContext,
  rules: LocationRules,
  state: Found<StateSource>,
  setIn: (variable: string) => string | null,
  dotenvPath: string,
): LocateNote[] {
  const { env, path } = context;
  const notes: LocateNote[] = [];
  for (const variable of PATH_VARIABLES) {
    const value = given(env, variable);
    if (value === undefined) continue;
    if (variable.startsWith("CLAWDBOT_") && !rules.clawdbotVariables) {
      notes.push({ code: "variable-ignored", variable });
      continue;
    }
    const file = setIn(variable);
    if (file !== null) notes.push({ code: "redirected", variable, path: file });
    if (isRelative(context, value)) notes.push({ code: "relative-variable", variable, value });
  }
  const home = resolveHome(context).dir;
  if (state.source === "older-directory") {
    const to = path.join(home, ".openclaw");
    const movesOn = rules.olderDirectoryMovesOn;
    notes.push({ code: "older-directory", path: state.dir, to, movesOn });
  }
  for (const name of [".clawdbot", ".moltbot", ".moldbot"]) {
    const dir = path.join(home, name);
    const names = ["openclaw.json", "clawdbot.json", "moltbot.json", "moldbot.json"];
    if (dir === state.dir || !names.some((file) => existsSync(path.join(dir, file)))) continue;
    if (sameDirectory(dir, state.dir)) continue;
    notes.push({ code: "older-directory-unused", path: dir });
  }
  const tree = workTreeOf(dotenvPath);
  if (tree !== null) notes.push({ code: "in-git", path: dotenvPath, root: tree });
  if (openToOthers(state.dir)) {
    const command = shellCommand(["chmod", "go-w", state.dir]);
    notes.push({ code: "open-to-others", path: state.dir, command });
  }
  return notes;
}

/** Whether other users may replace files in it. A group with the user's own number is private. */
function openToOthers(dir: string): boolean {
  if (process.platform === "win32") return false;
  try {
    const found = statSync(dir);
    if (!found.isDirectory()) return false;
    const byGroup = (found.mode & 0o020) !== 0 && found.gid !== found.uid;
    return byGroup || (found.mode & 0o002) !== 0;
  } catch {
    return false;
  }
}

/** OpenClaw leaves a link when it moves an older directory. */
function sameDirectory(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}
