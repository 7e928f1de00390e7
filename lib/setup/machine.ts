/** Reads what the planner and the pages need to know of this machine; writes nothing, runs only `node --version`. */

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readFileState } from "@/lib/files/read-file-state";
import { maskSecret } from "@/lib/openai/api-key";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { ConfigParseError, Json } from "@/lib/openclaw/config-types";
import { valueAt } from "@/lib/openclaw/config-value";
import { readVariables } from "@/lib/openclaw/dotenv-line";
import {
  type Environment,
  findInstalled,
  findNode,
  type InstalledOpenClaw,
  locateState,
} from "@/lib/openclaw/find-openclaw";
import { eraFor } from "@/lib/openclaw/releases";
import type { Snapshot } from "@/lib/setup/types";

export interface CredentialView {
  readonly id: string;
  /** Variable name with file, or the path in the config. */
  readonly where: string;
  /** Masked; never the value. */
  readonly fingerprint: string;
  readonly wins: boolean;
}

export interface MachineView {
  readonly snapshot: Snapshot;
  readonly installed: InstalledOpenClaw | null;
  readonly node: {
    readonly version: string;
    readonly needed: string;
    readonly fits: boolean;
  } | null;
  readonly parseError: ConfigParseError | null;
  readonly credentials: readonly CredentialView[];
  /** A path as people write it, with `~`. */
  readonly shown: (path: string) => string;
}

/** Throws only where a file exists and cannot be read at all. */
export async function takeSnapshot(env: Environment, profile: string | null): Promise<Snapshot> {
  const location = await locateState(env, profile);
  const installed = await findInstalled(env);
  const { era, certainty } = eraFor(installed?.version ?? null);
  return {
    ...location,
    configBytes: await bytesOf(location.configPath),
    dotenvBytes: await bytesOf(location.dotenvPath),
    version: installed?.version ?? null,
    era,
    certainty,
    profile,
    environmentKey: env["OPENAI_API_KEY"]?.trim() || null,
  };
}

export async function viewMachine(env: Environment, profile: string | null): Promise<MachineView> {
  const snapshot = await takeSnapshot(env, profile);
  const installed = await findInstalled(env);
  const node = installed ? await findNode(env, installed, snapshot.era.node) : null;
  const needed = installed?.needsNode ?? snapshot.era.node;
  const parsed = snapshot.configBytes === null ? null : parseConfig(snapshot.configBytes);
  const shown = (path: string) =>
    path.startsWith(`${snapshot.homeDir}/`) ? `~${path.slice(snapshot.homeDir.length)}` : path;
  return {
    snapshot,
    installed,
    node: installed ? { version: node?.version ?? "–", needed, fits: node?.fits ?? false } : null,
    parseError: parsed && !parsed.ok ? parsed.error : null,
    credentials: await credentialsOf(snapshot, parsed?.ok ? parsed.value.value : {}, shown),
    shown,
  };
}

/** In the order in which OpenClaw takes them: the environment, `.env`, the config (2026.2.9, 2026.9.6). */
async function credentialsOf(
  snapshot: Snapshot,
  config: Json,
  shown: (path: string) => string,
): Promise<CredentialView[]> {
  const text = snapshot.dotenvBytes ? new TextDecoder().decode(snapshot.dotenvBytes) : "";
  const inConfig = (path: readonly string[]) => valueAt(config, path);
  const values: Array<readonly [string, unknown]> = [
    ["OPENAI_API_KEY", snapshot.environmentKey],
    [`OPENAI_API_KEY, ${shown(snapshot.dotenvPath)}`, readVariables(text).get("OPENAI_API_KEY")],
    ["env.vars.OPENAI_API_KEY", inConfig(["env", "vars", "OPENAI_API_KEY"])],
    ["env.OPENAI_API_KEY", inConfig(["env", "OPENAI_API_KEY"])],
    ["models.providers.openai.apiKey", inConfig(["models", "providers", "openai", "apiKey"])],
  ];
  const found = values.flatMap(([where, value]) =>
    typeof value === "string" && value !== "" && !value.includes("${")
      ? [{ id: where, where, fingerprint: maskSecret(value), wins: false }]
      : [],
  );
  const profiles = join(snapshot.stateDir, "agents", "main", "agent", "auth-profiles.json");
  if (await stat(profiles).catch(() => null)) {
    found.push({ id: profiles, where: shown(profiles), fingerprint: "", wins: false });
  }
  return found.map((entry, index) => ({ ...entry, wins: index === 0 && entry.fingerprint !== "" }));
}

async function bytesOf(path: string): Promise<Uint8Array | null> {
  const state = await readFileState(path);
  if (!state.ok) throw new Error(`${state.error.code}: ${path}`);
  return state.value.bytes;
}
