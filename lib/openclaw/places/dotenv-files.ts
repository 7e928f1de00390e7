/** Reads a release's `.env` files in its order, and applies them to the environment. */

import { given, type HomeContext, resolveHome, resolveUserPath } from "@/lib/openclaw/places/home";
import type { LocationRules } from "@/lib/openclaw/releases/facts";
import { readText } from "@/lib/system/read.mjs";
import { MAX_DOTENV_BYTES, readDotenv } from "@/lib/text/dotenv/edit";

export type DotenvRole =
  | "working-directory"
  | "state-directory"
  /** Beside the file of OPENCLAW_CONFIG_PATH. */
  | "config-directory"
  /** `~/.config/openclaw/gateway.env`. */
  | "gateway";

export interface DotenvFile {
  readonly path: string;
  readonly role: DotenvRole;
  readonly exists: boolean;
}

export interface LoadedEnvironment {
  /** Files never replace a name that is set, even if it is empty. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In reading order; earlier files win. */
  readonly files: readonly DotenvFile[];
  readonly origin: ReadonlyMap<string, DotenvFile>;
}

export function loadDotenvFiles(
  context: HomeContext,
  rules: LocationRules,
  stateDirOf: (env: HomeContext["env"]) => string,
  workingDirectory: string | null,
): LoadedEnvironment {
  const { path } = context;
  const env: Record<string, string | undefined> = { ...context.env };
  const files: DotenvFile[] = [];
  const origin = new Map<string, DotenvFile>();
  const load = (file: string, role: DotenvRole, only?: (name: string) => boolean) => {
    if (files.some((known) => known.path === file)) return;
    const text = readText(file, { largest: MAX_DOTENV_BYTES });
    const entry = { path: file, role, exists: text !== null };
    files.push(entry);
    for (const [name, value] of text === null ? [] : readDotenv(text)) {
      if (env[name] !== undefined || (only && !only(name))) continue;
      env[name] = value;
      origin.set(name, entry);
    }
  };

  if (workingDirectory !== null && rules.workingDirectoryDotenv) {
    load(path.join(workingDirectory, ".env"), "working-directory");
  }
  const before = { ...context, env: { ...env } };
  // 2026.2.9 reads `~/.openclaw/.env` even while the state is in an older directory, which it then moves.
  load(path.join(stateDirOf(env), ".env"), "state-directory");
  if (rules.furtherDotenv) {
    const state = given(env, "OPENCLAW_STATE_DIR");
    const config = given(env, "OPENCLAW_CONFIG_PATH");
    const after = { ...context, env };
    if (state !== undefined) load(path.join(stateDirOf(env), ".env"), "state-directory");
    else if (config !== undefined) {
      const dir = path.dirname(resolveUserPath(after, config));
      load(path.join(dir, ".env"), "config-directory");
    }
    const home = resolveHome(before).dir;
    const movedAway =
      before.env["OPENCLAW_STATE_DIR"] !== undefined &&
      stateDirOf(before.env) !== path.join(home, ".openclaw");
    if (!movedAway) load(path.join(home, ".config", "openclaw", "gateway.env"), "gateway");
  }
  return { env, files, origin };
}
