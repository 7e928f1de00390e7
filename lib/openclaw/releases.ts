/**
 * What each OpenClaw release accepts, as one table. A new release with new ways is one new row.
 * Every fact was seen by running the release named in `observed`; `docs/releases.md` has the runs.
 */
import semver from "semver";

/** Where an OpenAI API key can be kept. */
export type KeyForm =
  /** `OPENAI_API_KEY=…` in `.env` of the state directory. */
  | "dotenv"
  /** `env.vars.OPENAI_API_KEY` in the config. */
  | "env-vars"
  /** `env.OPENAI_API_KEY` in the config, the older documented form. */
  | "env-flat"
  /** `models.providers.openai.apiKey: "${OPENAI_API_KEY}"`, the value itself coming from elsewhere. */
  | "provider-env-ref"
  /** `models.providers.openai.apiKey: {source:"env", provider:"default", id:"OPENAI_API_KEY"}`. */
  | "provider-secret-ref"
  /** The key itself at `models.providers.openai.apiKey`. */
  | "provider-plain"
  /** An `api_key` profile in `agents/<id>/agent/auth-profiles.json`. */
  | "auth-profiles-json"
  /** Given to `openclaw models auth paste-api-key`, which puts it into the release's own store. */
  | "paste-api-key";

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

/** How a ChatGPT subscription login reaches OpenClaw. */
export type LoginRoute =
  /** Written as a profile into `agents/<id>/agent/auth-profiles.json`; no command has to run. */
  | { readonly kind: "auth-profiles-json"; readonly provider: string; readonly profileId: string }
  /** The same file, then `openclaw doctor --fix --non-interactive` takes it into the release's store. */
  | {
      readonly kind: "doctor-import";
      readonly fileProvider: string;
      readonly fileProfileId: string;
      readonly storedProvider: string;
      readonly storedProfileId: string;
    }
  /** `openclaw migrate apply codex --from <private directory>`; needs the plugin. */
  | { readonly kind: "migrate-codex"; readonly plugin: string; readonly storedProvider: string };

export interface ReleaseCommands {
  readonly configValidate: boolean;
  readonly configFile: boolean;
  readonly modelsStatus: true;
  /** `openclaw agent --local --message …`. */
  readonly agentLocal: boolean;
  /** `openclaw models auth paste-api-key`, the key on standard input. */
  readonly pasteApiKey: boolean;
  readonly doctorFix: boolean;
  readonly migrate: boolean;
}

/** A config key a gateway needs before it starts, and the value proposed where it is unset. */
export interface GatewayRequirement {
  readonly path: readonly string[];
  /** `token` stands for a freshly generated secret. */
  readonly propose: { readonly value: string } | { readonly generate: "token" };
  /** Without it: the gateway refuses to start, or it listens beyond loopback. */
  readonly otherwise: "refuses-to-start" | "listens-beyond-loopback" | "no-authentication";
}

export interface ReleaseEra {
  /** First release of the era; a version sorts into the last era whose `since` is not newer. */
  readonly since: string;
  /** The releases on which the row was seen. */
  readonly observed: readonly string[];
  /** Accepted forms; the first is the one recommended. */
  readonly keyForms: readonly KeyForm[];
  readonly refusedKeyForms: readonly RefusedKeyForm[];
  /** `models.providers.openai` must carry `baseUrl` and `models` beside `apiKey`. */
  readonly providerNeedsBaseUrlAndModels: boolean;
  readonly defaultModel: { readonly apiKey: string; readonly chatgpt: string };
  readonly models: readonly KnownModel[];
  /** References that no longer lead anywhere, with what to use instead. */
  readonly retiredModels: Readonly<Record<string, string>>;
  readonly login: LoginRoute;
  /** `agents.defaults.models[ref].agentRuntime.id` must be `"openclaw"` where the codex plugin is absent. */
  readonly agentRuntimePin: boolean;
  readonly gateway: readonly GatewayRequirement[];
  /** Range of Node releases, for when `package.json` cannot be read. */
  readonly node: string;
  readonly commands: ReleaseCommands;
}

const GATEWAY: readonly GatewayRequirement[] = [
  // 2026.2.9 exits 1, 2026.9.6 exits 78 without it.
  { path: ["gateway", "mode"], propose: { value: "local" }, otherwise: "refuses-to-start" },
  // 2026.9.6 without it binds `auto`, which was a public address in a container.
  {
    path: ["gateway", "bind"],
    propose: { value: "loopback" },
    otherwise: "listens-beyond-loopback",
  },
  {
    path: ["gateway", "auth", "token"],
    propose: { generate: "token" },
    otherwise: "no-authentication",
  },
];

const CODEX_FILE: LoginRoute = {
  kind: "auth-profiles-json",
  provider: "openai-codex",
  profileId: "openai-codex:default",
};

const DOCTOR_IMPORT: LoginRoute = {
  kind: "doctor-import",
  fileProvider: "openai-codex",
  fileProfileId: "openai-codex:default",
  storedProvider: "openai",
  storedProfileId: "openai:default",
};

/** Oldest first. */
export const ERAS: readonly ReleaseEra[] = [
  {
    since: "2026.2.0",
    observed: ["2026.2.9"],
    keyForms: ["dotenv", "env-vars", "env-flat", "provider-env-ref", "provider-plain"],
    // 2026.2.9: `models.providers.openai.apiKey` has to be a string.
    refusedKeyForms: [
      { form: "provider-secret-ref", why: "config-invalid" },
      { form: "paste-api-key", why: "no-such-command" },
    ],
    providerNeedsBaseUrlAndModels: true,
    defaultModel: { apiKey: "openai/gpt-5.2", chatgpt: "openai-codex/gpt-5.2" },
    models: [
      { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
      { ref: "openai/gpt-5.1-codex", label: "GPT-5.1 Codex", for: "apiKey" },
      { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
    ],
    retiredModels: {},
    login: CODEX_FILE,
    agentRuntimePin: false,
    gateway: GATEWAY,
    node: ">=22.12.0",
    commands: {
      configValidate: false,
      configFile: false,
      modelsStatus: true,
      agentLocal: true,
      pasteApiKey: false,
      doctorFix: true,
      migrate: false,
    },
  },
  {
    since: "2026.3.1",
    observed: ["2026.3.13", "2026.4.15", "2026.5.7"],
    keyForms: [
      "dotenv",
      "env-vars",
      "env-flat",
      "provider-env-ref",
      "provider-secret-ref",
      "provider-plain",
    ],
    refusedKeyForms: [{ form: "paste-api-key", why: "no-such-command" }],
    providerNeedsBaseUrlAndModels: true,
    defaultModel: { apiKey: "openai/gpt-5.4", chatgpt: "openai-codex/gpt-5.4" },
    models: [
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
      { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
      { ref: "openai-codex/gpt-5.4", label: "GPT-5.4", for: "chatgpt" },
      { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
    ],
    retiredModels: {},
    login: CODEX_FILE,
    agentRuntimePin: false,
    gateway: GATEWAY,
    node: ">=22.14.0",
    commands: {
      configValidate: true,
      configFile: true,
      modelsStatus: true,
      agentLocal: true,
      pasteApiKey: false,
      doctorFix: true,
      migrate: false,
    },
  },
  {
    since: "2026.6.0",
    observed: ["2026.6.10", "2026.7.1"],
    keyForms: [
      "dotenv",
      "env-vars",
      "env-flat",
      "provider-env-ref",
      "provider-secret-ref",
      "provider-plain",
    ],
    // 2026.6.10: credentials moved into agents/<id>/agent/openclaw-agent.sqlite.
    refusedKeyForms: [{ form: "auth-profiles-json", why: "ignored" }],
    providerNeedsBaseUrlAndModels: false,
    defaultModel: { apiKey: "openai/gpt-5.5", chatgpt: "openai/gpt-5.5" },
    models: [{ ref: "openai/gpt-5.5", label: "GPT-5.5", for: "both" }],
    retiredModels: {
      "openai/gpt-5.2": "openai/gpt-5.5",
      "openai-codex/gpt-5.2": "openai/gpt-5.5",
      "openai-codex/gpt-5.4": "openai/gpt-5.5",
    },
    login: DOCTOR_IMPORT,
    agentRuntimePin: true,
    gateway: GATEWAY,
    node: ">=22.14.0",
    commands: {
      configValidate: true,
      configFile: true,
      modelsStatus: true,
      agentLocal: true,
      pasteApiKey: true,
      doctorFix: true,
      migrate: true,
    },
  },
  {
    since: "2026.8.0",
    observed: ["2026.9.5", "2026.9.6"],
    keyForms: ["dotenv", "env-vars", "provider-env-ref", "provider-secret-ref", "provider-plain"],
    // 2026.9.5 and 2026.9.6: "env: Unrecognized key"; a leftover auth-profiles.json stops every command.
    refusedKeyForms: [
      { form: "env-flat", why: "config-invalid" },
      { form: "auth-profiles-json", why: "needs-doctor" },
    ],
    providerNeedsBaseUrlAndModels: false,
    defaultModel: { apiKey: "openai/gpt-5.5", chatgpt: "openai/gpt-5.5" },
    models: [
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "both" },
      { ref: "openai/gpt-6-astra", label: "GPT-6 Astra", for: "both" },
    ],
    retiredModels: {
      "openai/gpt-5.2": "openai/gpt-5.5",
      "openai-codex/gpt-5.2": "openai/gpt-5.5",
      "openai-codex/gpt-5.4": "openai/gpt-5.5",
    },
    login: DOCTOR_IMPORT,
    agentRuntimePin: true,
    gateway: GATEWAY,
    node: ">=24.16.0 <25 || >=26.1.0",
    commands: {
      configValidate: true,
      configFile: true,
      modelsStatus: true,
      agentLocal: true,
      pasteApiKey: true,
      doctorFix: true,
      migrate: true,
    },
  },
];

/** The releases that `npm run test:releases` runs over, oldest first. */
export const TESTED_RELEASES: readonly string[] = [
  "2026.2.9",
  "2026.3.13",
  "2026.4.15",
  "2026.5.7",
  "2026.6.10",
  "2026.7.1",
  "2026.9.5",
  "2026.9.6",
];

/** How far the knowledge about a release reaches. */
export type EraCertainty =
  /** The very release is in `TESTED_RELEASES`. */
  | "tested"
  /** Between two tested releases. */
  | "between"
  /** Newer than every tested release: the newest row is used. */
  | "newer"
  /** Older than the first row: the oldest row is used. */
  | "older";

export interface EraLookup {
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
}

/**
 * The row for a release such as "2026.9.6" or "2026.2.6-3".
 * `null` (nothing installed) or an unreadable version gives the newest row, as does an unknown newer release.
 */
export function eraFor(version: string | null): EraLookup {
  const newest = ERAS[ERAS.length - 1];
  const oldest = ERAS[0];
  if (!newest || !oldest) throw new Error("the table of releases is empty");
  if (version === null) return { era: newest, certainty: "tested" };
  if (TESTED_RELEASES.includes(version))
    return { era: rowOf(version) ?? oldest, certainty: "tested" };
  if (!semver.valid(version)) return { era: newest, certainty: "newer" };
  const lastTested = TESTED_RELEASES[TESTED_RELEASES.length - 1] ?? newest.since;
  if (compareReleases(version, lastTested) > 0) return { era: newest, certainty: "newer" };
  const row = rowOf(version);
  return row ? { era: row, certainty: "between" } : { era: oldest, certainty: "older" };
}

/**
 * Order of two releases. A suffix such as "-3" is a later repair of the same release (2026.2.6-3 came
 * after 2026.2.6), unlike semver's reading of it; "-beta.1" comes before.
 */
export function compareReleases(a: string, b: string): number {
  const [x, y] = [semver.parse(a), semver.parse(b)];
  if (!x || !y) return a < b ? -1 : a > b ? 1 : 0;
  return x.compareMain(y) || repair(x) - repair(y) || comparePrerelease(x, y);
}

function repair(version: semver.SemVer): number {
  const [first] = version.prerelease;
  if (first === undefined) return 0;
  return typeof first === "number" ? first : -1;
}

function comparePrerelease(x: semver.SemVer, y: semver.SemVer): number {
  return repair(x) === -1 ? x.comparePre(y) : 0;
}

function rowOf(version: string): ReleaseEra | undefined {
  return ERAS.findLast((era) => compareReleases(era.since, version) <= 0);
}
