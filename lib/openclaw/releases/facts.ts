/** The shape of a row in the release table, and how facts override it. */
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";

/** Where an OpenAI API key can be kept; every row accepts or refuses each form. */
export const KEY_FORMS = [
  /** `OPENAI_API_KEY=…` in the state directory's `.env`. */
  "dotenv",
  "env-vars",
  /** `env.OPENAI_API_KEY` in the config, the older documented form. */
  "env-flat",
  /** `models.providers.openai.apiKey: "${OPENAI_API_KEY}"`, with the value set elsewhere. */
  "provider-env-ref",
  /** `models.providers.openai.apiKey: {source:"env", provider:"default", id:"OPENAI_API_KEY"}`. */
  "provider-secret-ref",
  "provider-plain",
  /** An `api_key` profile in `agents/<id>/agent/auth-profiles.json`. */
  "auth-profiles-json",
  /** `openclaw models auth paste-api-key`, which uses the release's own store. */
  "paste-api-key",
] as const;

export type KeyForm = (typeof KEY_FORMS)[number];

/** Each code has a message in `messages/*.json`. */
export type RefusedBecause =
  | "config-invalid"
  | "ignored"
  /** Every command fails until `openclaw doctor --fix` runs. */
  | "needs-doctor"
  | "no-such-command";

export interface RefusedKeyForm {
  readonly form: KeyForm;
  readonly why: RefusedBecause;
}

export interface KnownModel {
  readonly ref: string;
  readonly label: string;
  readonly for: "apiKey" | "chatgpt" | "both";
}

/**
 * A stored credential precedes every variable (turns on 2026.2.9, 2026.6.1, 2026.9.6),
 * which is not tried even after a 429 or 401 (2026.2.9, 2026.6.10, 2026.9.6).
 */
export type LoginRoute =
  /** A profile in `agents/<id>/agent/auth-profiles.json`, without any command. The same name is replaced. */
  | {
      readonly kind: "auth-profiles-json";
      readonly provider: string;
      readonly profileId: string;
    }
  /**
   * `openclaw doctor --fix --non-interactive` imports the file, `<fileProvider>:<name>` becoming
   * `<storedProvider>:<name>`.
   * OPENCLAW_CONFIG_PATH names a private config, so doctor leaves the user's alone.
   * Tokens under an existing name are dropped, whatever the exit code.
   * Among several logins the release chooses (2026.6.10, 2026.7.1) or keeps the old one (from
   * 2026.8.1), unless `auth.order` decides.
   */
  | {
      readonly kind: "doctor-import";
      readonly fileProvider: string;
      readonly storedProvider: string;
      readonly command: readonly string[];
    };

/**
 * An entry in `agents.defaults.models` would restrict the models instead.
 * From 2026.8.1 on, the release's commands move such a list to `modelPolicy.allow`.
 */
export interface RuntimePin {
  readonly id: "openclaw" | "pi";
  /** Providers that need it, with the `baseUrl` their entry must have. */
  readonly providers: Readonly<Record<string, string>>;
}

/** How a key answers after ChatGPT refuses the login; a variable alone is never tried (see LoginRoute). */
export type BackupWay =
  /** The login has its own provider, so an `openai` model can be the fallback. */
  | "model"
  /** A key of `openai` would go to chatgpt.com, so it gets its own provider (KEY_PROVIDER) with a fallback model. */
  | "provider"
  /** A profile with a reference (KEY_PROFILE), second in `auth.order`, goes to api.openai.com. */
  | "profile";

export interface ReleaseCommands {
  readonly configValidate: boolean;
  /** The key is read from standard input. */
  readonly pasteApiKey: boolean;
  /**
   * `openclaw infer model run` (2026.5.7) sends about 200 bytes; on 2026.4.15 it is a whole turn, so it says "none".
   * `--agent` (2026.8.1, not 2026.7.1) is required for several agents without a default.
   */
  readonly inferModelRun: "none" | "default-agent" | "named-agent";
  /** `config set` rejects unknown models, unlike `models fallbacks add`. */
  readonly configSetChecksModels: boolean;
}

export interface GatewayRequirement {
  readonly path: readonly string[];
  /** `token` means a new random secret. */
  readonly propose: { readonly value: string } | { readonly generate: "token" };
}

export interface IncludeRules {
  /** `$include` may reach only the config's directory and further roots. */
  readonly confined: boolean;
  readonly roots: boolean;
}

export type CredentialSource =
  | "auth-profile"
  | "sqlite-store"
  | "environment"
  | "dotenv"
  | "config-env-flat"
  | "config-env-vars"
  | "config-provider"
  | "service"
  | "codex-login";

export interface CredentialRules {
  /** Status of `agents/<id>/agent/auth-profiles.json`; `refused` makes commands fail until doctor runs. */
  readonly profilesJson: "used" | "ignored" | "refused";
  /** Profiles in SQLite: per agent, or in one shared file. */
  readonly sqlite: "none" | "agent" | "shared";
  /** Whether profiles with a `keyRef` to a variable count. */
  readonly profileReferences: boolean;
  readonly loginProvider: "openai-codex" | "openai";
  /** A login of `openai-codex` serves `openai` models before any variable, unless a profile does. */
  readonly loginAnswersForKeys: boolean;
  /** `env.OPENAI_API_KEY` in the config; `refused` makes the config invalid. */
  readonly flatEnv: "used" | "refused";
  /** With `models.providers.openai.auth: "api-key"`, the key beside it overrides variables. */
  readonly providerAuthWins: boolean;
  /** If `auth.order.openai` matches no profile, no variable is tried. */
  readonly orderExcludes: boolean;
  /** A service variable set by OpenClaw overrides `.env`; the user's own always does. */
  readonly managedServiceWins: boolean;
  /** `$CODEX_HOME/auth.json` serves models of `openai-codex`. */
  readonly codexLogin: boolean;
}

export interface LocationRules {
  readonly olderDirectories: readonly string[];
  /** Tried in order after `openclaw.json`. */
  readonly olderConfigNames: readonly string[];
  /** `CLAWDBOT_STATE_DIR` and `CLAWDBOT_CONFIG_PATH` replace unset newer names. */
  readonly clawdbotVariables: boolean;
  /** A `.env` in the working directory may set OpenClaw's variables and provider keys. */
  readonly workingDirectoryDotenv: boolean;
  /** Reads `.env` beside OPENCLAW_CONFIG_PATH, and `~/.config/openclaw/gateway.env`. */
  readonly furtherDotenv: boolean;
  /** If OPENCLAW_STATE_DIR has no config, the usual directory's config is read. */
  readonly configOutsideStateDir: boolean;
  /** Home variables with the value "undefined" or "null" count as unset. */
  readonly undefinedIsUnset: boolean;
  /** `--profile` replaces an OPENCLAW_STATE_DIR that comes from the inherited profile. */
  readonly profileReplacesInherited: boolean;
  /** Commands that move an older state directory to `~/.openclaw`, leaving a link. */
  readonly olderDirectoryMovesOn: "any-command" | "agent-and-doctor";
}

export interface ReleaseFacts {
  readonly keyForms: readonly KeyForm[];
  readonly refusedKeyForms: readonly RefusedKeyForm[];
  /** `models.providers.openai` needs `baseUrl` and `models` beside `apiKey`. */
  readonly providerNeedsBaseUrlAndModels: boolean;
  readonly defaultModel: { readonly apiKey: string; readonly chatgpt: string };
  /** Whether `agents.defaults.model` may be a string; every release takes an object with `primary`. */
  readonly modelAsText: boolean;
  readonly models: readonly KnownModel[];
  readonly retiredModels: Readonly<Record<string, string>>;
  /** Former OpenAI providers; references to their models no longer work. */
  readonly goneProviders: readonly string[];
  /** A retired model among `agents.defaults.models` makes the config invalid. */
  readonly refusesRetiredInList: boolean;
  /** Ordered so that each repair can follow the previous ones. */
  readonly retiredKeys: readonly RetiredKey[];
  readonly login: LoginRoute;
  readonly backup: BackupWay;
  /** Without it a turn needs the codex plugin; null if the release lacks the key. */
  readonly runtimePin: RuntimePin | null;
  readonly gateway: readonly GatewayRequirement[];
  /**
   * OpenClaw restores `openclaw.json.bak` over a config that lost `meta`, `gateway.mode` or half
   * its size (size only for backups from 512 bytes on; 2026.7.1, 2026.9.6).
   */
  readonly putsBackupBack: boolean;
  /** OPENAI_BASE_URL in `.env` or `env.vars` applies to providers without an address. */
  readonly followsBaseUrlVariable: boolean;
  /** It sends nothing to an address of this machine, unless the entry's `request` allows it. */
  readonly guardsLocalAddress: boolean;
  /** The `openai` provider is a plugin that settings can disable. */
  readonly openAiIsPlugin: boolean;
  /** With several agents, one must be the default or `agents.ownership` must be set. */
  readonly agentsNeedMark: boolean;
  readonly includes: IncludeRules;
  readonly node: string;
  readonly commands: ReleaseCommands;
  readonly credentials: CredentialRules;
  readonly locations: LocationRules;
}

export interface ReleaseEra extends ReleaseFacts {
  /** The first release of the row; it applies until the next row's. */
  readonly since: string;
  readonly observed: readonly string[];
}

type Group = "defaultModel" | "includes" | "commands" | "credentials" | "locations";

export type SomeFacts = {
  readonly [Fact in keyof ReleaseFacts]?: Fact extends Group
    ? Partial<ReleaseFacts[Fact]>
    : ReleaseFacts[Fact];
};

/** Replaces lists as a whole. Pure. */
export function withFacts<Row extends ReleaseFacts>(row: Row, over: SomeFacts): Row {
  return {
    ...row,
    ...over,
    defaultModel: { ...row.defaultModel, ...over.defaultModel },
    includes: { ...row.includes, ...over.includes },
    commands: { ...row.commands, ...over.commands },
    credentials: { ...row.credentials, ...over.credentials },
    locations: { ...row.locations, ...over.locations },
  };
}
