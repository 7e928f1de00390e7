/** What the planner needs to know of the machine. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import type { EraCertainty } from "@/lib/openclaw/releases/table";
import type { ServiceVariable } from "@/lib/openclaw/service/variables";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";

/** The files that the config includes, as read with it. */
export interface IncludedFiles {
  /** By absolute path, without the config itself; null for a missing file. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  /** Link targets of every path that was checked. */
  readonly realPaths: ReadonlyMap<string, string | null>;
  readonly allowedRoots: readonly string[];
}

export interface AgentStore {
  readonly agent: string;
  readonly profilesPath: string;
  readonly profilesBytes: Uint8Array | null;
  readonly authStatePath: string;
  readonly authStateBytes: Uint8Array | null;
}

export type Immutable =
  /** OpenClaw itself refuses to write the config. */
  | {
      readonly kind: "variable";
      readonly name: "OPENCLAW_CONFIG_READONLY" | "OPENCLAW_NIX_MODE";
    }
  | { readonly kind: "store"; readonly path: string }
  /** The config's folder, apart from the state directory. */
  | { readonly kind: "not-writable"; readonly path: string };

export interface DoctorRepair {
  readonly id: string;
  /** The refused path, with dots. */
  readonly from: string;
  /** The value's new paths, if any. */
  readonly to: readonly string[];
  readonly isRemoval: boolean;
  readonly edits: readonly ConfigEdit[];
  /** The values that doctor saw, null for missing ones. */
  readonly seen: ReadonlyArray<{ readonly path: ConfigPath; readonly value: Json }>;
}

/** The planner's view of the machine, with uninterpreted bytes. */
export interface Snapshot {
  readonly stateDir: string;
  readonly homeDir: string;
  readonly configPath: string;
  readonly configBytes: Uint8Array | null;
  /** The target of `openclaw.json` if it is a symbolic link. */
  readonly configLink: string | null;
  readonly immutable: Immutable | null;
  readonly included: IncludedFiles;
  /** `openclaw.json.bak`, OpenClaw's copy of an earlier config. */
  readonly backupBytes: Uint8Array | null;
  readonly dotenvPath: string;
  readonly dotenvBytes: Uint8Array | null;
  readonly version: string | null;
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
  /** The release that reads the config is unknown, so changes that only the assumed one needs require a request. */
  readonly releaseUnsure: boolean;
  /** `--profile`, for the printed commands. */
  readonly profile: string | null;
  /** The process's OPENAI_API_KEY, which overrides files if it differs from the choice. */
  readonly environmentKey: string | null;
  /** Where the page checks keys (OPENAI_BASE_URL or a region); null means api.openai.com. */
  readonly checkedAt: string | null;
  /** Variables sent to OpenAI with the key that make OpenAI refuse it. */
  readonly unfitVariables: readonly string[];
  /** Names of variables outside the main `.env` that hold a provider's key or the gateway's credential. */
  readonly environmentKeys: readonly string[];
  readonly serviceVariables: readonly ServiceVariable[];
  readonly profilesPath: string;
  readonly profilesBytes: Uint8Array | null;
  /** `auth-state.json`, which records each profile's status (2026.4.14 to 2026.6.1). */
  readonly authStatePath: string;
  readonly authStateBytes: Uint8Array | null;
  /** Other agents that have one of these files. */
  readonly agentStores: readonly AgentStore[];
  /** OpenClaw has a SQLite store, which may hold another login. */
  readonly hasStore: boolean;
  /** The doctor's repairs of a refused config; empty until asked. */
  readonly doctorRepairs: readonly DoctorRepair[];
  /** Other providers' models in the config that the release lists as gone, as `provider/model`, each with its successor there, if one is named. */
  readonly shutDown: ReadonlyMap<string, string | null>;
  /** The store contains our key's profile; checked only if the config names it. */
  readonly storesKeyProfile: boolean;
}
