/**
 * The environment OpenClaw is run with: what the person's own shell gives it, by a list of names.
 * OPENAI_API_KEY and the other providers' keys belong to it, for a key in the environment wins over
 * every file, and an answer without it would not be the person's. Left out is what this program and
 * npm add to their own environment, and NODE_OPTIONS, which may carry a debugger or a preloaded file.
 */

import type { Environment } from "@/lib/openclaw/places/home";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

const PASSED = new RegExp(
  `^(?:${[
    "PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|LC_\\w+|XDG_\\w+",
    "DBUS_SESSION_BUS_ADDRESS",
    // OpenClaw and the login of Codex.
    "OPENCLAW_\\w+|CLAWDBOT_\\w+|CODEX_HOME|PI_CODING_AGENT_DIR",
    // OpenAI and the other providers.
    "OPENAI_\\w+|\\w+_API_KEYS?|\\w+_OAUTH_TOKEN",
    // Proxies and certificates.
    "(?:https?|all|no)_proxy|(?:HTTPS?|ALL|NO)_PROXY",
    "NODE_EXTRA_CA_CERTS|NODE_USE_SYSTEM_CA|NODE_USE_ENV_PROXY|SSL_CERT_FILE|SSL_CERT_DIR",
    "(?:npm_config|NPM_CONFIG)_(?:registry|REGISTRY|cafile|CAFILE)",
    // Windows.
    "SystemRoot|SYSTEMROOT|windir|ComSpec|PATHEXT|Path|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH",
    "APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles(?:\\(x86\\))?",
    // Android.
    "PREFIX|ANDROID_DATA",
  ].join("|")})$`,
  "u",
);

/** Names of this program itself. */
const OWN = /^OPENCLAW_SETUP_/u;

/**
 * The environment for a child. `referenced` are names that the config asks for as `${NAME}`; without
 * them OpenClaw refuses it. `overlay` is laid over everything; undefined there takes a name away.
 */
export function runEnvironment(
  env: Environment,
  referenced: ReadonlySet<string> = new Set(),
  overlay: Environment = {},
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || OWN.test(name)) continue;
    if (PASSED.test(name) || (referenced.has(name) && name !== "NODE_OPTIONS")) {
      passed[name] = value;
    }
  }
  passed["NO_COLOR"] = "1";
  // What is asked of it must not replace it with another release meanwhile (2026.9.6 reads this).
  passed["OPENCLAW_NO_AUTO_UPDATE"] = "1";
  for (const [name, value] of Object.entries(overlay)) {
    if (value === undefined) delete passed[name];
    else passed[name] = value;
  }
  return passed;
}

/**
 * The overlay that has OpenClaw read and write in other places (absolute paths) than the person's, whatever
 * their environment says. `tilde` is what `~` in a path of the config means.
 */
export function movedTo(places: {
  readonly home: string;
  readonly state: string;
  readonly config: string;
  readonly tilde: string;
}): Environment {
  return {
    HOME: places.home,
    USERPROFILE: places.home,
    OPENCLAW_HOME: places.tilde,
    OPENCLAW_STATE_DIR: places.state,
    OPENCLAW_CONFIG_PATH: places.config,
    OPENCLAW_PROFILE: undefined,
    OPENCLAW_AGENT_DIR: undefined,
    PI_CODING_AGENT_DIR: undefined,
    CLAWDBOT_STATE_DIR: undefined,
    CLAWDBOT_CONFIG_PATH: undefined,
    XDG_CONFIG_HOME: undefined,
    XDG_DATA_HOME: undefined,
    XDG_STATE_HOME: undefined,
    XDG_CACHE_HOME: undefined,
  };
}

/** The names of variables that a config refers to: `${NAME}` in any string, `{source:"env", id}`. */
export function variablesIn(config: Json): Set<string> {
  const names = new Set<string>();
  const visit = (value: Json): void => {
    if (typeof value === "string") {
      for (const [, name] of value.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g)) names.add(name as string);
    } else if (isJsonArray(value)) {
      value.forEach(visit);
    } else if (isJsonObject(value)) {
      if (value["source"] === "env" && typeof value["id"] === "string") names.add(value["id"]);
      Object.values(value).forEach(visit);
    }
  };
  visit(config);
  return names;
}
