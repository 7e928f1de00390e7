/** The types for where OpenClaw keeps its files, and why there. */

import type { DotenvFile } from "@/lib/openclaw/places/dotenv-files";
import type { LocationRules } from "@/lib/openclaw/releases/facts";

export type StateSource =
  | "default"
  | "older-directory"
  | "profile"
  | "OPENCLAW_STATE_DIR"
  | "CLAWDBOT_STATE_DIR";

export type ConfigSource =
  | "state-directory"
  /** An older file name in the state directory, such as `clawdbot.json`. */
  | "older-name"
  /** The state directory has no config, so the release reads this one. */
  | "elsewhere"
  | "profile"
  | "OPENCLAW_CONFIG_PATH"
  | "CLAWDBOT_CONFIG_PATH";

/** `setIn` is the `.env` file that sets the variable; null for the environment. */
export interface Chosen<Source> {
  readonly source: Source;
  readonly setIn: string | null;
}

/** Each code has a message in `messages/*.json` under `locate.<code>`. */
export type LocateNote =
  /** A relative path depends on where OpenClaw starts. */
  | { readonly code: "relative-variable"; readonly variable: string; readonly value: string }
  | { readonly code: "variable-ignored"; readonly variable: string }
  | { readonly code: "redirected"; readonly variable: string; readonly path: string }
  /** The release will move this older directory to `to`. */
  | {
      readonly code: "older-directory";
      readonly path: string;
      readonly to: string;
      readonly movesOn: LocationRules["olderDirectoryMovesOn"];
    }
  /** An older directory contains a config that is not used. */
  | { readonly code: "older-directory-unused"; readonly path: string }
  /** Other users may replace OpenClaw's files. */
  /** A commit would include `path`, the `.env`; `root` is the work tree. */
  | { readonly code: "in-git"; readonly path: string; readonly root: string }
  | { readonly code: "open-to-others"; readonly path: string; readonly command: string };

export interface StateLocation {
  readonly homeDir: string;
  readonly stateDir: string;
  readonly stateReason: Chosen<StateSource>;
  readonly configPath: string;
  readonly configReason: Chosen<ConfigSource>;
  readonly dotenvPath: string;
  /** All `.env` files that OpenClaw reads, highest precedence first. */
  readonly dotenvFiles: readonly DotenvFile[];
  /** Names set by other files, without the working directory's, which differs for a gateway. */
  readonly furtherVariables: readonly string[];
  /** Existing `<state>/agents/<id>/agent` directories; `main` is always first. */
  readonly agents: readonly { readonly id: string; readonly dir: string }[];
  readonly profile: string | null;
  /** Make OpenClaw find the same place from any directory. */
  readonly variables: Readonly<Record<string, string>>;
  readonly notes: readonly LocateNote[];
}

export interface LocateProblem {
  readonly code: "invalid-profile";
  readonly profile: string;
}

export interface Found<Source> {
  readonly dir: string;
  readonly source: Source;
}
