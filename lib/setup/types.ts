/** The words of the core: what was found, what was chosen, and the plan that follows from both. */

import type { FileChange } from "@/lib/files/types";
import type { IncludeProblem } from "@/lib/openclaw/config/include";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import type { EraCertainty } from "@/lib/openclaw/releases/table";
import type { ServiceVariable } from "@/lib/openclaw/service/variables";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import type {
  ConfigEdit,
  ConfigParseError,
  ConfigPath,
  EditRefusal,
  Json,
} from "@/lib/text/json5/types";

export type { WriteRefusal, WriteRefusalCode } from "@/lib/files/types";

/** What the config includes from elsewhere, as it was read with the config itself. */
export interface IncludedFiles {
  /** By absolute path; null where there is no such file. The config itself is not among them. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
  /** Where links lead, for every path that had to be looked at. */
  readonly realPaths: ReadonlyMap<string, string | null>;
  /** Further directories that may be included from. */
  readonly allowedRoots: readonly string[];
}

/** The store that an agent other than "main" has for itself. */
export interface AgentStore {
  readonly agent: string;
  readonly profilesPath: string;
  readonly profilesBytes: Uint8Array | null;
  readonly authStatePath: string;
  readonly authStateBytes: Uint8Array | null;
}

/** Why the config is not to be changed here. */
export type Immutable =
  /** OpenClaw itself writes nothing under it. */
  | {
      readonly kind: "variable";
      readonly name: "OPENCLAW_CONFIG_READONLY" | "OPENCLAW_NIX_MODE";
    }
  /** A store that a package manager keeps. */
  | { readonly kind: "store"; readonly path: string }
  /** Its folder, which is not that of the state. */
  | { readonly kind: "not-writable"; readonly path: string };

/** A change by which the installed release's own doctor mends what that release refuses. */
export interface DoctorRepair {
  /** `doctor:` and the place. */
  readonly id: string;
  /** The refused place, with dots. */
  readonly from: string;
  /** Where its value went; empty: nowhere. */
  readonly to: readonly string[];
  /** It does not stay. */
  readonly isRemoval: boolean;
  readonly edits: readonly ConfigEdit[];
  /** What stood at the places when doctor saw them; null: nothing. */
  readonly seen: ReadonlyArray<{ readonly path: ConfigPath; readonly value: Json }>;
}

/** What the planner needs to know of the machine; bytes as they were read, nothing interpreted. */
export interface Snapshot {
  readonly stateDir: string;
  readonly homeDir: string;
  readonly configPath: string;
  readonly configBytes: Uint8Array | null;
  /** Where `openclaw.json` leads, when it is a symbolic link; else null. */
  readonly configLink: string | null;
  /** Null: it may be written. */
  readonly immutable: Immutable | null;
  readonly included: IncludedFiles;
  /** `openclaw.json.bak`, OpenClaw's own copy of an earlier config. */
  readonly backupBytes: Uint8Array | null;
  readonly dotenvPath: string;
  readonly dotenvBytes: Uint8Array | null;
  /** Release of the installed OpenClaw; null where none is installed. */
  readonly version: string | null;
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
  /** Nothing tells which release will read the config that is there: what only this one asks for waits for the person. */
  readonly releaseUnsure: boolean;
  /** `--profile` in force, for the printed commands. */
  readonly profile: string | null;
  /** The process environment already holds OPENAI_API_KEY, and with another value than the one chosen wins over files. */
  readonly environmentKey: string | null;
  /** Where the page checks a key: OPENAI_BASE_URL of the process, or the region that OpenAI named; null: api.openai.com. */
  readonly checkedAt: string | null;
  /** Names of variables that OpenClaw sends to OpenAI with the key, and with which OpenAI refuses it. */
  readonly unfitVariables: readonly string[];
  /** Names of variables of the process, of a further `.env` file or of the gateway's service, that hold a key or token of some provider, or the gateway's token or password. */
  readonly environmentKeys: readonly string[];
  /** What the gateway's service sets in files of its own. */
  readonly serviceVariables: readonly ServiceVariable[];
  /** `auth-profiles.json` of the agent "main". */
  readonly profilesPath: string;
  readonly profilesBytes: Uint8Array | null;
  /** `auth-state.json` beside it: what became of each profile (2026.4.14 to 2026.6.1). */
  readonly authStatePath: string;
  readonly authStateBytes: Uint8Array | null;
  /** What other agents have of the same two files: those that have one. */
  readonly agentStores: readonly AgentStore[];
  /** OpenClaw has a store of its own already, which may hold another login. */
  readonly hasStore: boolean;
  /** What the installed release's doctor makes of it where it is refused; empty as long as nobody asked. */
  readonly doctorRepairs: readonly DoctorRepair[];
  /** Models of other providers named in the config that the installed release says are gone, as `provider/model`. */
  readonly shutDown: readonly string[];
  /** That store names the profile which refers to our key; looked for only where the config names it. */
  readonly storesKeyProfile: boolean;
}

/**
 * What becomes of a default model of another provider: the new model before it, in its place, or
 * after it as a fallback.
 */
export type OtherDefault = "first" | "instead" | "after";

interface CommonChoices {
  /** `provider/model`. */
  readonly model: string;
  /** Null takes what suits the config. */
  readonly otherDefault: OtherDefault | null;
  /** Where to keep the key; null takes the era's recommendation. */
  readonly keyForm: FileKeyForm | null;
  /** Ids of the repairs the person declined. */
  readonly declined: readonly string[];
  /** Ids of the offers the person took up: repairs that are made only when asked for. */
  readonly accepted: readonly string[];
  /** Made once per visit so that the same choices always give the same bytes. */
  readonly gatewayToken: string;
}

export interface ApiKeyChoices extends CommonChoices {
  readonly auth: "api-key";
  readonly apiKey: string;
}

export interface ChatGptChoices extends CommonChoices {
  readonly auth: "chatgpt";
  readonly login: LoginTokens;
  /** For when the subscription cannot answer; null: none. */
  readonly apiKey: string | null;
}

export type Choices = ApiKeyChoices | ChatGptChoices;

/** What OpenClaw takes over; secret. */
export interface LoginTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accountId: string | null;
  readonly email: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What goes into the store that OpenClaw has for the agent "main". */
interface StoreChange {
  /** A file that OpenClaw reads, or one that its own command takes into its store. */
  readonly how:
    | { readonly kind: "file" }
    | { readonly kind: "import"; readonly command: readonly string[] };
  readonly file: FileChange;
  /** `auth-state.json` without the cooldown of what was there under the same name; null: it stays. */
  readonly authState: FileChange | null;
  /** The profile as OpenClaw will list it. */
  readonly provider: string;
  readonly profileId: string;
  /** What an order that was given to OpenClaw itself has to begin with, by provider. */
  readonly firstInOrder: ReadonlyArray<{
    readonly provider: string;
    readonly ids: readonly string[];
  }>;
  /** The private config that a command is given in place of the person's own. */
  readonly privateConfig: string;
}

export interface LoginHandOver extends StoreChange {
  readonly credential: "login";
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** What lets a key answer when the login does not; null: nothing does. */
  readonly backup:
    | { readonly kind: "profile"; readonly id: string }
    | { readonly kind: "model"; readonly ref: string }
    | null;
}

/** A reference to the key goes the same way as a login, where something stored would come before it. */
export interface KeyHandOver extends StoreChange {
  readonly credential: "key";
}

export type HandOver = LoginHandOver | KeyHandOver;

/** A change beside the key and the model, offered with its reason; `messages/*.json` under `repair.<kind>`. */
export type RepairKind =
  | "gateway-defaults"
  | "runtime-pin"
  | "flat-env-openai"
  | "flat-env-other"
  | "retired-model"
  | "repeated-model"
  | "shut-down-model"
  | "retired-key"
  | "moved-key"
  | "rewritten-key"
  | "retired-value"
  | "agent-marker"
  | "doctor-removed"
  | "doctor-moved"
  | "doctor-set"
  | "other-address"
  | "led-address"
  | "checked-address"
  | "account-variable"
  | "plugins-off"
  | "plugin-denied"
  | "plugin-disabled"
  | "secret-not-allowed"
  | "secret-provider"
  | "empty-order"
  | "login-address"
  | "login-variable"
  | "other-api"
  | "second-key-env-vars"
  | "second-key-env-flat"
  | "second-key-dotenv"
  | "second-key-provider"
  | "provider-reference"
  | "second-key-profile"
  | "stored-key"
  | "agent-key"
  | "agent-login"
  | "retired-store"
  | "overlooked-store"
  | "agent-model"
  | "default-agent-model"
  | "other-model"
  | "older-backup";

export interface Repair {
  /** Stable for the same finding: kind plus place. */
  readonly id: string;
  readonly kind: RepairKind;
  /** Names for the message: a config path, a model ref, variable names; never a secret. */
  readonly data: Readonly<Record<string, string | readonly string[]>>;
  readonly accepted: boolean;
  /** Without it the release would refuse the config or use another key: the page says so. */
  readonly important: boolean;
  /** Made only where the person asks for it. */
  readonly onRequest: boolean;
  /** Why it cannot be made in this config, which is then left as it is there. */
  readonly blocked: EditRefusal | null;
}

export interface PlannedFile extends FileChange {
  readonly role: "config" | "included" | "dotenv" | "login" | "backup";
}

/** One line of the summary in words; `messages/*.json` under `change.<kind>`. */
export interface PlannedChange {
  readonly kind:
    | "add-key-dotenv"
    | "replace-key-dotenv"
    | "add-key-config"
    | "replace-key-config"
    | "set-model"
    | "set-model-first"
    | "set-model-instead"
    | "add-fallback"
    | "keep-model"
    | "create-config"
    | "add-login"
    | "import-login"
    | "backup-profile"
    | "backup-model";
  readonly data: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly snapshot: Snapshot;
  /** The model chosen. */
  readonly model: string;
  readonly keyForm: FileKeyForm;
  /** Forms the release accepts, the recommended one first. */
  readonly keyForms: readonly FileKeyForm[];
  /** Only files whose bytes change. Empty: everything is already as chosen. */
  readonly files: readonly PlannedFile[];
  /** What the config would become where it is not written here. */
  readonly unwritten: readonly PlannedFile[];
  /** Null where nothing goes into a store. Its files are not among `files`. */
  readonly handOver: HandOver | null;
  /** Stores that other agents have, as they will be. They are written together with the hand-over. */
  readonly agentFiles: readonly FileChange[];
  /** The config as it will be, also when it does not change. */
  readonly config: {
    readonly path: string;
    readonly before: string | null;
    readonly after: string;
    /** Every file it includes, as it will be. */
    readonly included: ReadonlyArray<{ readonly path: string; readonly after: string }>;
    /** All of it put together, as OpenClaw will see it. */
    readonly value: Json;
  };
  readonly changes: readonly PlannedChange[];
  /** The default model of another provider that was found; null: none. */
  readonly otherDefault: {
    readonly from: string;
    readonly choice: OtherDefault;
    /** Whether a key or login for it was found, or none can be looked for. */
    readonly answers: boolean;
    /** Why it cannot answer whatever there is for it; null: nothing says so. */
    readonly gone: "shut-down" | "unfilled" | null;
  } | null;
  readonly repairs: readonly Repair[];
  /** Settings of the person that stay as they are: number of leaves in the config untouched. */
  readonly untouched: number;
  /** Whether there are comments in the config that stay with them. */
  readonly hasComments: boolean;
  /** The environment variable that will win over the files, or null. */
  readonly overriddenBy: "environment" | null;
  /** The equal commands of OpenClaw and the shell; the key only as "$OPENAI_API_KEY". */
  readonly commands: readonly string[];
  /** The places of the config that are set or removed. */
  readonly edited: readonly ConfigPath[];
  /** Secrets that are on this machine only once the plan is written. */
  readonly newSecrets: readonly string[];
  /** Every secret in the files, for masking; never leaves the server. */
  readonly secrets: readonly string[];
  /** SHA-256 over paths, modes and bytes before and after: what the person agrees to. */
  readonly digest: string;
}

export type PlanRefusal =
  | {
      readonly code: "config-unparsable";
      readonly path: string;
      readonly error: ConfigParseError;
      /** The file that includes it, and how; null: it is the config itself. */
      readonly by: { readonly file: string; readonly include: string } | null;
    }
  | {
      readonly code: Exclude<IncludeProblem["code"], "config-unparsable">;
      /** The file that has the `$include`. */
      readonly path: string;
      readonly include: string;
      readonly detail: string;
    }
  | {
      readonly code: "edit-refused";
      readonly path: string;
      readonly refusal: EditRefusal;
    }
  | {
      /** `utf16`: a file of text, in an encoding that is not changed here. */
      readonly code: "dotenv-unreadable" | "dotenv-refused" | "utf16";
      readonly path: string;
      readonly detail: string;
    }
  | { readonly code: "profiles-unreadable"; readonly path: string; readonly detail: string }
  | { readonly code: "invalid-model-ref"; readonly ref: string };
