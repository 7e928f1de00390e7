/** Reads what the planner and the pages need to know of this machine; writes nothing. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { readFileState } from "@/lib/files/read-file-state";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { ConfigParseError } from "@/lib/openclaw/config-types";
import { type FoundCredential, findOpenAiCredentials } from "@/lib/openclaw/credentials";
import type { Environment } from "@/lib/openclaw/locate-home";
import { findInstallation, type Installation } from "@/lib/setup/installation";
import { backupPathOf } from "@/lib/setup/older-backup";
import type { Snapshot } from "@/lib/setup/types";
import { UnreadableFile } from "@/lib/setup/unreadable-file";

export interface MachineView extends Installation {
  readonly snapshot: Snapshot;
  readonly parseError: ConfigParseError | null;
  /** Names, places and fingerprints; never a value. */
  readonly credentials: readonly FoundCredential[];
  /** A path as people write it, with `~`. */
  readonly shown: (path: string) => string;
}

/** Throws only where a file exists and cannot be read at all. */
export async function takeSnapshot(
  env: Environment,
  profile: string | null,
  target: string | null = null,
): Promise<Snapshot> {
  return snapshotOf(await findInstallation(env, profile, target), env);
}

export async function viewMachine(
  env: Environment,
  profile: string | null,
  target: string | null = null,
): Promise<MachineView> {
  const installation = await findInstallation(env, profile, target);
  const snapshot = await snapshotOf(installation, env);
  const parsed = snapshot.configBytes === null ? null : parseConfig(snapshot.configBytes);
  const config = parsed?.ok ? parsed.value.value : {};
  return {
    ...installation,
    snapshot,
    parseError: parsed && !parsed.ok ? parsed.error : null,
    credentials: findOpenAiCredentials(installation.location, config, env, {
      release: installation.release,
      homedir: env["HOME"] || homedir(),
    }),
    shown: (file) =>
      file.startsWith(`${snapshot.homeDir}/`) ? `~${file.slice(snapshot.homeDir.length)}` : file,
  };
}

async function snapshotOf(
  { location, installed, era, certainty }: Installation,
  env: Environment,
): Promise<Snapshot> {
  const { homeDir, stateDir, configPath, dotenvPath, profile } = location;
  const agentDir = location.agents[0]?.dir ?? path.join(stateDir, "agents", "main", "agent");
  const profilesPath = path.join(agentDir, "auth-profiles.json");
  const stores = [
    path.join(agentDir, "openclaw-agent.sqlite"),
    path.join(stateDir, "state", "openclaw.sqlite"),
  ];
  return {
    homeDir,
    stateDir,
    configPath,
    dotenvPath,
    profile,
    configBytes: await bytesOf(configPath),
    backupBytes: await readFile(backupPathOf(configPath)).catch(() => null),
    dotenvBytes: await bytesOf(dotenvPath),
    version: installed?.version ?? null,
    era,
    certainty,
    profilesPath,
    profilesBytes: await bytesOf(profilesPath),
    hasStore: stores.some((store) => existsSync(store)),
    environmentKey: env["OPENAI_API_KEY"]?.trim() || null,
  };
}

async function bytesOf(file: string): Promise<Uint8Array | null> {
  const state = await readFileState(file);
  if (!state.ok) throw new UnreadableFile(state.error.code, file);
  return state.value.bytes;
}
