/** The words for a place: where OpenClaw keeps its files and why there. */

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
  /** An older file name, such as `clawdbot.json`, in the state directory. */
  | "older-name"
  /** The state directory has none; the release reads this one elsewhere. */
  | "elsewhere"
  | "profile"
  | "OPENCLAW_CONFIG_PATH"
  | "CLAWDBOT_CONFIG_PATH";

/** Why a path was chosen. `setIn` is the `.env` file that sets the variable, null for the environment. */
export interface Chosen<Source> {
  readonly source: Source;
  readonly setIn: string | null;
}

/** What a person should know about the place. Words in `messages/*.json` under `locate.<code>`. */
export type LocateNote =
  /** The variable holds a relative path: another start directory means another place. */
  | { readonly code: "relative-variable"; readonly variable: string; readonly value: string }
  /** The variable is set and this release does not look at it. */
  | { readonly code: "variable-ignored"; readonly variable: string }
  /** A `.env` file redirects OpenClaw to another place. */
  | { readonly code: "redirected"; readonly variable: string; readonly path: string }
  /** The state is in an older directory, which the release will move to `to`. */
  | {
      readonly code: "older-directory";
      readonly path: string;
      readonly to: string;
      readonly movesOn: LocationRules["olderDirectoryMovesOn"];
    }
  /** An older directory with a config in it exists and is not looked at. */
  | { readonly code: "older-directory-unused"; readonly path: string }
  /** Other users of the machine may put files of their own in the place of OpenClaw's. */
  /** `path`, the `.env`, would go into a commit: `root` is a git work tree whose lists do not ignore it. */
  | { readonly code: "in-git"; readonly path: string; readonly root: string }
  | { readonly code: "open-to-others"; readonly path: string; readonly command: string };

export interface StateLocation {
  readonly homeDir: string;
  readonly stateDir: string;
  readonly stateReason: Chosen<StateSource>;
  readonly configPath: string;
  readonly configReason: Chosen<ConfigSource>;
  /** Where a variable for OpenClaw is to be written. */
  readonly dotenvPath: string;
  /** All the `.env` files it reads, the one that counts most first. */
  readonly dotenvFiles: readonly DotenvFile[];
  /** Names that a further file sets to something, the one of the working directory excepted: a gateway has another. */
  readonly furtherVariables: readonly string[];
  /** `<state>/agents/<id>/agent` for the directories that exist, `main` always and first. */
  readonly agents: readonly { readonly id: string; readonly dir: string }[];
  readonly profile: string | null;
  /** Variables that make OpenClaw find the same place from any directory; to lay over its environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly notes: readonly LocateNote[];
}

export interface LocateProblem {
  /** Letters, digits, `_` and `-`, first a letter or digit, at most 64: OpenClaw ends with code 2. */
  readonly code: "invalid-profile";
  readonly profile: string;
}

/** A directory and what led to it. */
export interface Found<Source> {
  readonly dir: string;
  readonly source: Source;
}
