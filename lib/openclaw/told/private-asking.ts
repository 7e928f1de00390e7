/** Runs an installed release in a private home, without the user's files or the network. */

import path from "node:path";
import type { CommandOptions } from "@/lib/openclaw/command/commands";
import type { CommandFailureCode } from "@/lib/openclaw/command/failure";
import { type Runner, type RunResult, runOpenClaw } from "@/lib/openclaw/command/run";
import type { Environment } from "@/lib/openclaw/places/home";
import { movedTo } from "@/lib/openclaw/program/environment";
import type { Result } from "@/lib/result";
import { isSecretName } from "@/lib/secrets/places";
import { privateDirectory, withPrivateFolder } from "@/lib/system/private-folder";

/** Why something is unread; `odd`: the answer has an unknown format. */
export type Unread = CommandFailureCode | "odd";

interface Private {
  readonly folder: string;
  readonly runner: Runner;
  readonly options: CommandOptions;
  readonly run: (args: readonly string[], stdin?: string) => Promise<RunResult>;
}

export type AskInPrivate = <T>(
  work: (asked: Private) => Promise<Result<T, Unread>>,
) => Promise<Result<T, Unread>>;

export const PRIVATE_STATE = "state";

/** Generous: on a busy machine, two seconds of work take twenty. */
const LIMIT_MS = 180_000;
/** The schema of 2026.9.6 has 2.4 MB. */
const MOST_BYTES = 16 * 1024 * 1024;
const NOWHERE = "http://127.0.0.1:9/";

/** Each question gets its own temporary home. */
export function privateAsking(
  { installed, node, env }: Pick<Runner, "installed" | "node" | "env">,
  signal: AbortSignal,
): AskInPrivate {
  return (work) =>
    withPrivateFolder(async (folder) => {
      const [home, state] = [path.join(folder, "home"), path.join(folder, PRIVATE_STATE)];
      for (const one of [home, state]) await privateDirectory(one);
      const config = path.join(state, "openclaw.json");
      const runner = { installed, node, env, location: { profile: null, variables: {} } };
      const overlay: Environment = {
        ...withoutSecrets(env),
        ...movedTo({ home, state, config, tilde: home }),
        ...WITHOUT_A_WAY_OUT,
      };
      const options = { signal, timeoutMs: LIMIT_MS, env: overlay };
      const run = (args: readonly string[], stdin?: string) =>
        runOpenClaw(runner, args, {
          ...options,
          maxBytes: MOST_BYTES,
          ...(stdin === undefined ? {} : { stdin }),
        });
      return work({ folder, runner, options, run });
    });
}

const WITHOUT_A_WAY_OUT: Environment = {
  OPENCLAW_OFFLINE: "1",
  npm_config_registry: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  https_proxy: NOWHERE,
  HTTP_PROXY: NOWHERE,
  http_proxy: NOWHERE,
  CODEX_HOME: undefined,
};

function withoutSecrets(env: Environment): Environment {
  const names = Object.keys(env).filter((name) => name.startsWith("OPENAI_") || isSecretName(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
