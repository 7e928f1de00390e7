/** A plan, and all it is made of. */

import type { FileChange } from "@/lib/files/types";
import type { IncludeProblem } from "@/lib/openclaw/config/include";
import type { OtherDefault } from "@/lib/setup/choices";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { ConfigParseError, ConfigPath, EditRefusal, Json } from "@/lib/text/json5/types";

export type { WriteRefusal, WriteRefusalCode } from "@/lib/files/types";

/** A change to the store of the agent "main". */
interface StoreChange {
  /** A file that OpenClaw reads, or that its command imports. */
  readonly how:
    | { readonly kind: "file" }
    | { readonly kind: "import"; readonly command: readonly string[] };
  readonly file: FileChange;
  /** `auth-state.json` without the old cooldown; null leaves it unchanged. */
  readonly authState: FileChange | null;
  /** As OpenClaw will list it. */
  readonly provider: string;
  readonly profileId: string;
  /** The start of orders that the user set in OpenClaw itself, by provider. */
  readonly firstInOrder: ReadonlyArray<{
    readonly provider: string;
    readonly ids: readonly string[];
  }>;
  /** The command rewrites this config instead of the user's. */
  readonly privateConfig: string;
}

export interface LoginHandOver extends StoreChange {
  readonly credential: "login";
  readonly expiresAt: number;
  /** How the key answers if the login does not. */
  readonly backup:
    | { readonly kind: "profile"; readonly id: string }
    | { readonly kind: "model"; readonly ref: string }
    | null;
}

/** A key is handed over like a login if a stored credential would override it. */
export interface KeyHandOver extends StoreChange {
  readonly credential: "key";
}

export type HandOver = LoginHandOver | KeyHandOver;

/** An optional change with a reason; `messages/*.json` has it under `repair.<kind>`. */
export type RepairKind =
  | "gateway-defaults"
  | "runtime-pin"
  | "flat-env-openai"
  | "flat-env-other"
  | "retired-model"
  | "repeated-model"
  | "repeated-alias"
  | "shut-down-model"
  | "shut-down-replaced"
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
  /** The kind and path, stable for the same finding. */
  readonly id: string;
  readonly kind: RepairKind;
  /** Config paths, model refs or variable names for the message; never a secret. */
  readonly data: Readonly<Record<string, string | readonly string[]>>;
  /** The masked values that it removes; absent if it writes something in their place. */
  readonly gone?: string;
  readonly accepted: boolean;
  /** Without it, the release would refuse the config or use another key. */
  readonly important: boolean;
  readonly onRequest: boolean;
  readonly blocked: EditRefusal | null;
}

export interface PlannedFile extends FileChange {
  readonly role: "config" | "included" | "dotenv" | "login" | "backup";
}

/** A line of the summary; `messages/*.json` has it under `change.<kind>`. */
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
    | "add-telegram"
    | "replace-telegram"
    | "backup-profile"
    | "backup-model";
  readonly data: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly snapshot: Snapshot;
  readonly model: string;
  readonly keyForm: FileKeyForm;
  readonly keyForms: readonly FileKeyForm[];
  /** Only changed files; empty if everything is as chosen. */
  readonly files: readonly PlannedFile[];
  /** Config changes that are not written here. */
  readonly unwritten: readonly PlannedFile[];
  /** Null if no store changes. Its files are not among `files`. */
  readonly handOver: HandOver | null;
  /** Other agents' stores, written with the hand-over. */
  readonly agentFiles: readonly FileChange[];
  readonly config: {
    readonly path: string;
    readonly before: string | null;
    readonly after: string;
    readonly included: ReadonlyArray<{ readonly path: string; readonly after: string }>;
    readonly value: Json;
  };
  readonly changes: readonly PlannedChange[];
  readonly otherDefault: {
    readonly from: string;
    readonly choice: OtherDefault;
    /** A credential for it exists, or cannot be checked. */
    readonly answers: boolean;
    /** Why it cannot answer with any credential. */
    readonly gone: "shut-down" | "unfilled" | null;
  } | null;
  readonly repairs: readonly Repair[];
  /** The number of unchanged leaves in the config. */
  readonly untouched: number;
  readonly hasComments: boolean;
  /** The environment variable that overrides the files, if any. */
  readonly overriddenBy: "environment" | null;
  /** Equivalent shell commands, with the key only as "$OPENAI_API_KEY". */
  readonly commands: readonly string[];
  readonly edited: readonly ConfigPath[];
  /** Secrets that the write brings to this machine. */
  readonly newSecrets: readonly string[];
  /** Every secret in the files, for masking; never leaves the server. */
  readonly secrets: readonly string[];
  /** SHA-256 over paths, modes and bytes before and after, which the user approves. */
  readonly digest: string;
}

export type PlanRefusal =
  | {
      readonly code: "config-unparsable";
      readonly path: string;
      readonly error: ConfigParseError;
      /** The including file; null for the config itself. */
      readonly by: { readonly file: string; readonly include: string } | null;
    }
  | {
      readonly code: Exclude<IncludeProblem["code"], "config-unparsable">;
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
      /** `utf16`: a text in an encoding that we do not change. */
      readonly code: "dotenv-unreadable" | "dotenv-refused" | "utf16";
      readonly path: string;
      readonly detail: string;
    }
  | { readonly code: "profiles-unreadable"; readonly path: string; readonly detail: string }
  | { readonly code: "invalid-model-ref"; readonly ref: string };
