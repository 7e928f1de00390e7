/**
 * Builds OpenClaw's environment from an allowlist with provider keys, which override every file.
 * It omits npm's and our own variables, and NODE_OPTIONS, which may load a debugger or a file.
 */

import type { Environment } from "@/lib/openclaw/places/home";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

const PASSED = new RegExp(
  `^(?:${[
    "PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|LC_\\w+|XDG_\\w+",
    "DBUS_SESSION_BUS_ADDRESS",
    "OPENCLAW_\\w+|CLAWDBOT_\\w+|CODEX_HOME|PI_CODING_AGENT_DIR",
    "OPENAI_\\w+|\\w+_API_KEYS?|\\w+_OAUTH_TOKEN",
    "(?:https?|all|no)_proxy|(?:HTTPS?|ALL|NO)_PROXY",
    "NODE_EXTRA_CA_CERTS|NODE_USE_SYSTEM_CA|NODE_USE_ENV_PROXY|SSL_CERT_FILE|SSL_CERT_DIR",
    "(?:npm_config|NPM_CONFIG)_(?:registry|REGISTRY|cafile|CAFILE)",
    "SystemRoot|SYSTEMROOT|windir|ComSpec|PATHEXT|Path|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH",
    "APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles(?:\\(x86\\))?",
    "PREFIX|ANDROID_DATA",
  ].join("|")})$`,
  "u",
);

const OWN = /^OPENCLAW_SETUP_/u;

/** OpenClaw rejects a config without its `referenced` variables. `overlay` wins; undefined removes a name. */
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
  // The release must not update itself while it is asked (read by 2026.9.6).
  passed["OPENCLAW_NO_AUTO_UPDATE"] = "1";
  for (const [name, value] of Object.entries(overlay)) {
    if (value === undefined) delete passed[name];
    else passed[name] = value;
  }
  return passed;
}

/** Redirects OpenClaw to other absolute paths. `tilde` replaces `~` in config paths. */
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

/** OpenClaw refuses other names (2026.9.6); a name goes into the commands and files of an export. */
const NAME = /^[A-Za-z_]\w{0,127}$/u;

export function variablesIn(config: Json): Set<string> {
  const names = new Set<string>();
  const visit = (value: Json): void => {
    if (typeof value === "string") {
      for (const [, name] of value.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g)) names.add(name as string);
    } else if (isJsonArray(value)) {
      value.forEach(visit);
    } else if (isJsonObject(value)) {
      const { source, id } = value;
      if (source === "env" && typeof id === "string" && NAME.test(id)) names.add(id);
      Object.values(value).forEach(visit);
    }
  };
  visit(config);
  return names;
}
