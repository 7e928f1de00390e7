/**
 * How a release looks for its files, as data: which variables, directories and names it still honours.
 * Seen by running `config get`, `config file` and `models status` of 2026.2.9, 2026.4.15, 2026.6.10,
 * 2026.8.2 and 2026.9.6 in temporary homes; 2026.3.13 and 2026.7.1 were read, not run.
 */

import { compareReleases } from "@/lib/openclaw/releases/table";

export interface LocationRules {
  /** First release with these rules. */
  readonly since: string;
  /** Older state directories below the home, in the order tried. */
  readonly olderDirectories: readonly string[];
  /** Older names of the config file, in the order tried after `openclaw.json`. */
  readonly olderConfigNames: readonly string[];
  /** `CLAWDBOT_STATE_DIR` and `CLAWDBOT_CONFIG_PATH` count where the newer names are unset. */
  readonly clawdbotVariables: boolean;
  /** A `.env` in the directory where OpenClaw is started may set its own variables and provider keys. */
  readonly workingDirectoryDotenv: boolean;
  /** Reads the `.env` beside OPENCLAW_CONFIG_PATH, and `~/.config/openclaw/gateway.env`. */
  readonly furtherDotenv: boolean;
  /** With OPENCLAW_STATE_DIR set and no config in it, the config of the usual directory is read. */
  readonly configOutsideStateDir: boolean;
  /** "undefined" and "null" as the value of a home variable stand for unset. */
  readonly undefinedIsUnset: boolean;
  /** `--profile` replaces OPENCLAW_STATE_DIR where that is the directory of the inherited profile. */
  readonly profileReplacesInherited: boolean;
  /** Which commands move an older state directory to `~/.openclaw`, leaving a link behind. */
  readonly olderDirectoryMovesOn: "any-command" | "agent-and-doctor";
}

const OLDEST: LocationRules = {
  since: "2026.2.0",
  olderDirectories: [".clawdbot", ".moltbot", ".moldbot"],
  olderConfigNames: ["clawdbot.json", "moltbot.json", "moldbot.json"],
  clawdbotVariables: true,
  workingDirectoryDotenv: true,
  furtherDotenv: false,
  configOutsideStateDir: true,
  undefinedIsUnset: false,
  profileReplacesInherited: false,
  olderDirectoryMovesOn: "any-command",
};

/** Old behaviour last seen in 2026.3.13, this one first in 2026.4.15. */
const SINCE_APRIL: LocationRules = {
  since: "2026.4.15",
  olderDirectories: [".clawdbot"],
  olderConfigNames: ["clawdbot.json"],
  clawdbotVariables: false,
  workingDirectoryDotenv: false,
  furtherDotenv: true,
  configOutsideStateDir: false,
  undefinedIsUnset: true,
  profileReplacesInherited: false,
  olderDirectoryMovesOn: "agent-and-doctor",
};

/** Old behaviour last seen in 2026.7.1, this one first in 2026.8.2. */
const SINCE_AUGUST: LocationRules = {
  ...SINCE_APRIL,
  since: "2026.8.2",
  profileReplacesInherited: true,
};

const RULES: readonly LocationRules[] = [OLDEST, SINCE_APRIL, SINCE_AUGUST];

/** The rules of a release such as "2026.9.6"; without one, those of the newest. */
export function locationRules(release: string | null): LocationRules {
  if (release === null) return SINCE_AUGUST;
  return RULES.findLast((rules) => compareReleases(rules.since, release) <= 0) ?? OLDEST;
}
