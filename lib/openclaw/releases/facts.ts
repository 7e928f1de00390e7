/** What the table of releases knows of each: the shape of a row, and how facts are laid over one. */
import type { RetiredKey } from "@/lib/openclaw/releases/retired-keys";

/** Where an OpenAI API key can be kept. Every row accepts or refuses each of them. */
export const KEY_FORMS = [
  /** `OPENAI_API_KEY=…` in `.env` of the state directory. */
  "dotenv",
  /** `env.vars.OPENAI_API_KEY` in the config. */
  "env-vars",
  /** `env.OPENAI_API_KEY` in the config, the older documented form. */
  "env-flat",
  /** `models.providers.openai.apiKey: "${OPENAI_API_KEY}"`, the value itself coming from elsewhere. */
  "provider-env-ref",
  /** `models.providers.openai.apiKey: {source:"env", provider:"default", id:"OPENAI_API_KEY"}`. */
  "provider-secret-ref",
  /** The key itself at `models.providers.openai.apiKey`. */
  "provider-plain",
  /** An `api_key` profile in `agents/<id>/agent/auth-profiles.json`. */
  "auth-profiles-json",
  /** Given to `openclaw models auth paste-api-key`, which puts it into the release's own store. */
  "paste-api-key",
] as const;

export type KeyForm = (typeof KEY_FORMS)[number];

/** Why a release does not take a form. Codes: the words for people live in `messages/*.json`. */
export type RefusedBecause =
  /** The config no longer validates, and then every command fails. */
  | "config-invalid"
  /** It is accepted and has no effect. */
  | "ignored"
  /** Every command fails until `openclaw doctor --fix` has run. */
  | "needs-doctor"
  /** The command does not exist in this release. */
  | "no-such-command";

export interface RefusedKeyForm {
  readonly form: KeyForm;
  readonly why: RefusedBecause;
}

/** A model reference that the release knows. */
export interface KnownModel {
  /** `provider/model` as written in `agents.defaults.model.primary`. */
  readonly ref: string;
  readonly label: string;
  /** Which credential it works with. */
  readonly for: "apiKey" | "chatgpt" | "both";
}

/**
 * How a ChatGPT subscription login reaches OpenClaw. What is stored for a provider, a login or a key, comes
 * before every variable: seen in turns on 2026.2.9, 2026.6.1 and 2026.9.6. A key in a variable is not tried either
 * when ChatGPT answers the login with 429 or 401 (2026.2.9, 2026.6.10, 2026.9.6).
 */
export type LoginRoute =
  /**
   * Written as a profile into `agents/<id>/agent/auth-profiles.json`; no command has to run. A second login
   * under the same name takes its place.
   */
  | {
      readonly kind: "auth-profiles-json";
      readonly provider: string;
      readonly profileId: string;
    }
  /**
   * The same file, then `openclaw doctor --fix --non-interactive` takes it into the release's store, a profile
   * `<fileProvider>:<name>` as `<storedProvider>:<name>`. With OPENCLAW_CONFIG_PATH naming a private config,
   * doctor leaves the person's own config as it is. Under a name that is stored already the new tokens are
   * dropped, exit code 0 or not; under a new name they are stored, and which of several answers is the
   * release's own choice (2026.6.10, 2026.7.1) or the old one (from 2026.8.1 on) until `auth.order` says.
   */
  | {
      readonly kind: "doctor-import";
      readonly fileProvider: string;
      readonly storedProvider: string;
      readonly command: readonly string[];
    };

/**
 * The runtime to name in `models.providers.<provider>.agentRuntime.id`. Not in `agents.defaults.models`: an
 * entry there makes that a list of allowed models, and `--model` and `/model` then refuse every other one.
 * From 2026.8.1 on the release's own commands move such a list to `modelPolicy.allow` when they write.
 */
export interface RuntimePin {
  readonly id: "openclaw" | "pi";
  /** Providers whose models need it, with the `baseUrl` that their entry gets where it must have one. */
  readonly providers: Readonly<Record<string, string>>;
}

/** What makes a key answer where ChatGPT refuses the login; one in a variable alone is never tried (see LoginRoute). */
export type BackupWay =
  /** The login has a provider of its own: a model of `openai` to fall back on. */
  | "model"
  /**
   * After a refused login a key of `openai` is sent to chatgpt.com, which takes none: a provider of its own for
   * the key (KEY_PROVIDER), and a model of it to fall back on.
   */
  | "provider"
  /** A profile that refers to the key (KEY_PROFILE), second in `auth.order`: it is sent to api.openai.com. */
  | "profile";

export interface ReleaseCommands {
  /** `openclaw config validate --json`. */
  readonly configValidate: boolean;
  /** `openclaw models auth paste-api-key`, the key on standard input. */
  readonly pasteApiKey: boolean;
  /**
   * `openclaw infer model run`: one request of some 200 bytes. 2026.4.7 has it, 2026.4.5 has not; with `--agent`
   * from 2026.8.1 on (2026.7.1 has not), where several agents without a default want one named.
   */
  readonly inferModelRun: "none" | "default-agent" | "named-agent";
  /** `config set` takes only model references that the release knows; `models fallbacks add` takes any. */
  readonly configSetChecksModels: boolean;
}

/** A config key a gateway needs before it starts, and the value proposed where it is unset. */
export interface GatewayRequirement {
  readonly path: readonly string[];
  /** `token` stands for a freshly generated secret. */
  readonly propose: { readonly value: string } | { readonly generate: "token" };
}

/** How far `$include` reaches. */
export interface IncludeRules {
  /** Only below the config's own directory and the further roots. */
  readonly confined: boolean;
  /** OPENCLAW_INCLUDE_ROOTS names further directories. */
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
  /** Set by the gateway's service, for the gateway alone. */
  | "service"
  | "codex-login";

/** Which OpenAI credential a release takes where several are there. */
export interface CredentialRules {
  /** Whether `agents/<id>/agent/auth-profiles.json` counts. `refused`: commands fail until doctor ran. */
  readonly profilesJson: "used" | "ignored" | "refused";
  /** Where profiles live in SQLite: in each agent's directory, or one file for all. */
  readonly sqlite: "none" | "agent" | "shared";
  /** A profile counts whose `keyRef` names a variable. */
  readonly profileReferences: boolean;
  /** The provider whose profiles hold a ChatGPT login. */
  readonly loginProvider: "openai-codex" | "openai";
  /** A login of `openai-codex` answers for models of `openai` too, before every variable, unless a profile does. */
  readonly loginAnswersForKeys: boolean;
  /** `env.OPENAI_API_KEY` in the config; where refused, the whole config is invalid. */
  readonly flatEnv: "used" | "refused";
  /** With `models.providers.openai.auth: "api-key"` the key beside it wins over every variable. */
  readonly providerAuthWins: boolean;
  /** With `auth.order.openai` and none of its profiles there, no variable is tried. */
  readonly orderExcludes: boolean;
  /** A variable that OpenClaw itself put into the service wins over `.env`; one of the person's own always does. */
  readonly managedServiceWins: boolean;
  /** `$CODEX_HOME/auth.json` is used by itself, for models of `openai-codex`. */
  readonly codexLogin: boolean;
}

/** How a release looks for its files: which variables, directories and names it still honours. */
export interface LocationRules {
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

/** All that is known of a release: plain data, over which other facts can be laid (`withFacts`). */
export interface ReleaseFacts {
  /** Accepted forms; the first is the one recommended. */
  readonly keyForms: readonly KeyForm[];
  readonly refusedKeyForms: readonly RefusedKeyForm[];
  /** `models.providers.openai` must carry `baseUrl` and `models` beside `apiKey`. */
  readonly providerNeedsBaseUrlAndModels: boolean;
  readonly defaultModel: { readonly apiKey: string; readonly chatgpt: string };
  /** `agents.defaults.model` may be a text; an object with `primary` is taken by every release. */
  readonly modelAsText: boolean;
  readonly models: readonly KnownModel[];
  /** References that no longer lead anywhere, with what to use instead. */
  readonly retiredModels: Readonly<Record<string, string>>;
  /** Providers of OpenAI that are no more: every reference to a model of theirs leads nowhere. */
  readonly goneProviders: readonly string[];
  /** The config is not valid with one of them among `agents.defaults.models`. */
  readonly refusesRetiredInList: boolean;
  /** In an order in which each can be mended after those before it. */
  readonly retiredKeys: readonly RetiredKey[];
  readonly login: LoginRoute;
  readonly backup: BackupWay;
  /** Without it a turn needs the codex plugin; null where the release does not know the key. */
  readonly runtimePin: RuntimePin | null;
  readonly gateway: readonly GatewayRequirement[];
  /**
   * A config that lost its `meta` or its `gateway.mode` against `openclaw.json.bak`, or half of its size, is
   * taken for damaged: the next command puts the copy back in its place. Of a copy below 512 bytes the size
   * does not count (2026.7.1, 2026.9.6).
   */
  readonly putsBackupBack: boolean;
  /** Without an address at the provider, OPENAI_BASE_URL of `.env` or `env.vars` says where a model is asked for. */
  readonly followsBaseUrlVariable: boolean;
  /** The provider `openai` comes as a plugin, which the settings of plugins can shut off. */
  readonly openAiIsPlugin: boolean;
  /** Of several agents one must be marked as the default, or `agents.ownership` be told; else the config is refused. */
  readonly agentsNeedMark: boolean;
  readonly includes: IncludeRules;
  /** Range of Node releases, for when `package.json` cannot be read. */
  readonly node: string;
  readonly commands: ReleaseCommands;
  readonly credentials: CredentialRules;
  readonly locations: LocationRules;
}

/** A row of the table. */
export interface ReleaseEra extends ReleaseFacts {
  /** First release of the row; a version sorts into the last row whose `since` is not newer. */
  readonly since: string;
  /** The releases on which the row was seen. */
  readonly observed: readonly string[];
}

/** Facts that consist of several, each of which can be laid over by itself. */
type Group = "defaultModel" | "includes" | "commands" | "credentials" | "locations";

/** Some of the facts: what a release has that the one before had not, or what an installation says of itself. */
export type SomeFacts = {
  readonly [Fact in keyof ReleaseFacts]?: Fact extends Group
    ? Partial<ReleaseFacts[Fact]>
    : ReleaseFacts[Fact];
};

/** Pure. Lists are replaced whole. */
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
