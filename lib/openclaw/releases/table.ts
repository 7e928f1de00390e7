/**
 * What each OpenClaw release accepts, as one table. A new release with new ways is one new row.
 * Every fact was seen by running the release named in `observed`; `docs/releases.md` has the runs.
 */
import semver from "semver";
import { CHATGPT_BASE_URL, OPENAI_BASE_URL } from "@/lib/openclaw/releases/names";
import {
  CODE_MODE_KEYS,
  RETIRED_KEYS,
  type RetiredKey,
  SEPTEMBER_KEYS,
  SPRING_KEYS,
} from "@/lib/openclaw/releases/retired-keys";

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
  readonly configValidate: boolean;
  readonly configFile: boolean;
  readonly modelsStatus: true;
  /**
   * `openclaw agent --local --agent … --message …`. "Unknown agent id" for `main` where others are listed and
   * it is not (2026.2.9, 2026.6.1, 2026.9.6); without `--agent` only 2026.9.6 chooses one itself.
   */
  readonly agentLocal: boolean;
  /** `openclaw models auth paste-api-key`, the key on standard input. */
  readonly pasteApiKey: boolean;
  readonly doctorFix: boolean;
  /** `openclaw infer model run --local`: one request of some 200 bytes. 2026.4.7 has it, 2026.4.5 has not. */
  readonly inferModelRun: boolean;
  /** `config set` takes only model references that the release knows; `models fallbacks add` takes any. */
  readonly configSetChecksModels: boolean;
}

/** A config key a gateway needs before it starts, and the value proposed where it is unset. */
export interface GatewayRequirement {
  readonly path: readonly string[];
  /** `token` stands for a freshly generated secret. */
  readonly propose: { readonly value: string } | { readonly generate: "token" };
  /** Without it: the gateway refuses to start, or it listens beyond loopback. */
  readonly otherwise: "refuses-to-start" | "listens-beyond-loopback" | "no-authentication";
}

/** Below the defaults of agents, and in each agent of the list. */
function ofAgents(...keys: string[]): RetiredKey[] {
  return [["defaults"], ["list", "*"]].map((place) => ({ path: ["agents", ...place, ...keys] }));
}

/** How far `$include` reaches. */
export interface IncludeRules {
  /** Only below the config's own directory and the further roots. */
  readonly confined: boolean;
  /** OPENCLAW_INCLUDE_ROOTS names further directories. */
  readonly roots: boolean;
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
  /** `agents.defaults.model` may be a text; an object with `primary` is taken by every release. */
  readonly modelAsText: boolean;
  readonly models: readonly KnownModel[];
  /** References that no longer lead anywhere, with what to use instead. */
  readonly retiredModels: Readonly<Record<string, string>>;
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
  readonly includes: IncludeRules;
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

const FEBRUARY: ReleaseEra = {
  since: "2026.2.0",
  observed: ["2026.2.1", "2026.2.9", "2026.2.21"],
  keyForms: [
    "dotenv",
    "env-vars",
    "env-flat",
    "provider-env-ref",
    "provider-plain",
    "auth-profiles-json",
  ],
  refusedKeyForms: [
    // "models.providers.openai.apiKey: Invalid input: expected string, received object".
    { form: "provider-secret-ref", why: "config-invalid" },
    { form: "paste-api-key", why: "no-such-command" },
  ],
  // "models.providers.openai.baseUrl: Invalid input: expected string, received undefined".
  providerNeedsBaseUrlAndModels: true,
  // gpt-5.4 and gpt-5.5 are "Unknown model" here, with a key and with a login.
  defaultModel: { apiKey: "openai/gpt-5.2", chatgpt: "openai-codex/gpt-5.2" },
  // "agents.defaults.model: Invalid input: expected object, received string" (2026.2.9).
  modelAsText: false,
  models: [
    { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
    { ref: "openai/gpt-5.1-codex", label: "GPT-5.1 Codex", for: "apiKey" },
    { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
  ],
  retiredModels: {},
  refusesRetiredInList: false,
  retiredKeys: [],
  login: {
    kind: "auth-profiles-json",
    provider: "openai-codex",
    profileId: "openai-codex:default",
  },
  backup: "model",
  // "agents.defaults.models.openai/gpt-5.4: Unrecognized key: agentRuntime", and every command fails.
  runtimePin: null,
  gateway: GATEWAY,
  putsBackupBack: false,
  followsBaseUrlVariable: false,
  // 2026.2.9 follows `../` and absolute paths anywhere.
  includes: { confined: false, roots: false },
  node: ">=22.12.0",
  commands: {
    configValidate: false,
    configFile: false,
    modelsStatus: true,
    agentLocal: true,
    pasteApiKey: false,
    doctorFix: true,
    inferModelRun: false,
    configSetChecksModels: false,
  },
};

/** 2026.3.1 takes a SecretRef and knows `config file`; its `config validate` has no `--json` yet. */
const MARCH: ReleaseEra = {
  ...FEBRUARY,
  since: "2026.3.1",
  observed: ["2026.3.1"],
  keyForms: [
    "dotenv",
    "env-vars",
    "env-flat",
    "provider-env-ref",
    "provider-secret-ref",
    "provider-plain",
    "auth-profiles-json",
  ],
  modelAsText: true,
  refusedKeyForms: [{ form: "paste-api-key", why: "no-such-command" }],
  commands: { ...FEBRUARY.commands, configFile: true },
};

/** 2026.3.13 has `config validate --json` and knows gpt-5.4. */
const MID_MARCH: ReleaseEra = {
  ...MARCH,
  since: "2026.3.13",
  observed: ["2026.3.13"],
  defaultModel: { apiKey: "openai/gpt-5.4", chatgpt: "openai-codex/gpt-5.4" },
  models: [
    { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
    { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
    { ref: "openai-codex/gpt-5.4", label: "GPT-5.4", for: "chatgpt" },
    { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
  ],
  // "Include path escapes config directory".
  includes: { confined: true, roots: false },
  node: ">=22.16.0",
  commands: { ...MARCH.commands, configValidate: true },
};

/** 2026.4.15 asks for an older Node than 2026.3.13 did. */
const APRIL: ReleaseEra = {
  ...MID_MARCH,
  since: "2026.4.15",
  observed: ["2026.4.15"],
  node: ">=22.14.0",
  commands: { ...MID_MARCH.commands, inferModelRun: true },
};

/** 2026.5.7 knows gpt-5.5. */
const MAY: ReleaseEra = {
  ...APRIL,
  since: "2026.5.7",
  observed: ["2026.5.7"],
  defaultModel: { apiKey: "openai/gpt-5.5", chatgpt: "openai-codex/gpt-5.5" },
  models: [
    { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "apiKey" },
    { ref: "openai-codex/gpt-5.5", label: "GPT-5.5", for: "chatgpt" },
    ...APRIL.models,
  ],
  // "agents.defaults.embeddedHarness: Unrecognized key: "fallback"" (2026.5.7, 2026.5.12).
  retiredKeys: [...SPRING_KEYS, ...ofAgents("embeddedHarness", "fallback")],
};

/**
 * 2026.5.12 gives every OpenAI model to the runtime "codex", which only the plugin brings ("Requested agent
 * harness "codex" is not registered"); the one inside is called "pi" here, and "openclaw" is not known.
 * A config that names `openai-codex/gpt-5.2` for an agent is not valid any more.
 */
const MID_MAY: ReleaseEra = {
  ...MAY,
  since: "2026.5.12",
  observed: ["2026.5.12", "2026.5.18", "2026.5.22", "2026.5.27"],
  models: MAY.models.filter(({ ref }) => ref !== "openai-codex/gpt-5.2"),
  retiredModels: { "openai-codex/gpt-5.2": "openai-codex/gpt-5.5" },
  // "agents.defaults.models.openai-codex/gpt-5.2: Unknown model"; 2026.5.7 and 2026.5.28 to 2026.9.6 take it.
  refusesRetiredInList: true,
  runtimePin: {
    id: "pi",
    providers: { openai: OPENAI_BASE_URL, "openai-codex": CHATGPT_BASE_URL },
  },
  // 2026.5.27 to 2026.7.1; 2026.5.12 and 2026.5.18 take a model of `openai` too.
  backup: "provider",
  // 2026.3.13 does not know OPENCLAW_INCLUDE_ROOTS.
  includes: { confined: true, roots: true },
  node: ">=22.16.0",
};

/**
 * 2026.5.28 takes `apiKey` without `baseUrl`, has `models auth paste-api-key` and calls its own runtime
 * "openclaw". The login still needs `openai-codex/…`: with `openai/…` its token went to api.openai.com.
 * gpt-5.2 is an unknown model from here on.
 */
const LATE_MAY: ReleaseEra = {
  ...MID_MAY,
  since: "2026.5.28",
  observed: ["2026.5.28"],
  keyForms: [...MID_MAY.keyForms, "paste-api-key"],
  refusedKeyForms: [],
  providerNeedsBaseUrlAndModels: false,
  models: MID_MAY.models.filter(({ ref }) => !ref.endsWith("/gpt-5.2")),
  retiredModels: { ...MID_MAY.retiredModels, "openai/gpt-5.2": "openai/gpt-5.5" },
  refusesRetiredInList: false,
  // "agents.defaults: Invalid input"; 2026.5.7 and 2026.5.12 take the second, 2026.4.15 the first.
  retiredKeys: [...SPRING_KEYS, ...ofAgents("embeddedHarness"), ...ofAgents("agentRuntime")],
  runtimePin: { id: "openclaw", providers: { openai: OPENAI_BASE_URL } },
  node: ">=22.19.0",
  commands: { ...MID_MAY.commands, pasteApiKey: true },
};

/**
 * 2026.6.1 calls every `openai-codex/…` an unknown model. The login is still read from the file, but only
 * under the provider `openai`: as `openai-codex` it is "No API key found for provider openai".
 */
const JUNE: ReleaseEra = {
  ...LATE_MAY,
  since: "2026.6.1",
  observed: ["2026.6.1"],
  defaultModel: { apiKey: "openai/gpt-5.5", chatgpt: "openai/gpt-5.5" },
  models: [
    { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "both" },
    { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
  ],
  retiredModels: {
    "openai/gpt-5.2": "openai/gpt-5.5",
    "openai-codex/gpt-5.2": "openai/gpt-5.5",
    "openai-codex/gpt-5.4": "openai/gpt-5.5",
    "openai-codex/gpt-5.5": "openai/gpt-5.5",
  },
  login: {
    kind: "auth-profiles-json",
    provider: "openai",
    profileId: "openai:default",
  },
  // A turn of 2026.6.1 and 2026.9.6 went there; of 2026.2.9 to 2026.5.28 to OpenAI.
  followsBaseUrlVariable: true,
};

const IMPORT_BY_DOCTOR = {
  kind: "doctor-import",
  fileProvider: "openai-codex",
  storedProvider: "openai",
  command: ["doctor", "--fix", "--non-interactive"],
} as const;

/** 2026.6.5 keeps credentials in SQLite and ignores auth-profiles.json until doctor has imported it. */
const MID_JUNE: ReleaseEra = {
  ...JUNE,
  since: "2026.6.5",
  observed: ["2026.6.5", "2026.6.6", "2026.6.8", "2026.6.9", "2026.6.10", "2026.6.35"],
  keyForms: JUNE.keyForms.filter((form) => form !== "auth-profiles-json"),
  refusedKeyForms: [{ form: "auth-profiles-json", why: "ignored" }],
  login: IMPORT_BY_DOCTOR,
  // "Config auto-restored from backup (missing-meta-vs-last-good)"; 2026.6.1 only speaks of an anomaly.
  putsBackupBack: true,
};

/** 2026.7.1 asks for a newer Node. */
const JULY: ReleaseEra = {
  ...MID_JUNE,
  since: "2026.7.1",
  observed: ["2026.7.1", "2026.7.35"],
  node: ">=22.22.3 <23 || >=24.15.0 <25 || >=25.9.0",
};

/**
 * 2026.8.1 refuses any flat entry of `env` ("env: Unrecognized key"), and a leftover auth-profiles.json
 * stops `models status` and every turn.
 */
const AUGUST: ReleaseEra = {
  ...JULY,
  since: "2026.8.1",
  observed: ["2026.8.1", "2026.9.1", "2026.9.4"],
  keyForms: JULY.keyForms.filter((form) => form !== "env-flat"),
  refusedKeyForms: [
    { form: "env-flat", why: "config-invalid" },
    { form: "auth-profiles-json", why: "needs-doctor" },
  ],
  // "meta: Unrecognized key: "lastTouchedAt"", and so on (2026.8.1, 2026.9.6); 2026.7.1 takes these.
  retiredKeys: [...JULY.retiredKeys, ...RETIRED_KEYS],
  // 2026.8.1, 2026.9.6.
  backup: "profile",
  // "Cannot set model reference … Unknown model" (2026.8.1, 2026.9.5, 2026.9.6); 2026.7.1 sets it.
  commands: { ...JULY.commands, configSetChecksModels: true },
};

/** 2026.9.5 asks for a newer Node and knows gpt-6-astra, which 2026.8.1 does not. */
const SEPTEMBER: ReleaseEra = {
  ...AUGUST,
  since: "2026.9.5",
  observed: ["2026.9.5"],
  models: [...AUGUST.models, { ref: "openai/gpt-6-astra", label: "GPT-6 Astra", for: "both" }],
  node: ">=24.16.0 <25 || >=26.1.0",
  // 2026.9.4 refuses these already; the whole config then, as with the others.
  retiredKeys: [...AUGUST.retiredKeys, ...SEPTEMBER_KEYS],
};

/** 2026.9.6 has another key for how code runs: "tools.codeMode: Unrecognized keys: "languages", "runtime"". */
const LATE_SEPTEMBER: ReleaseEra = {
  ...SEPTEMBER,
  since: "2026.9.6",
  observed: ["2026.9.6"],
  retiredKeys: [...SEPTEMBER.retiredKeys, ...CODE_MODE_KEYS],
};

/** Oldest first; each row says what changed against the one before. */
export const ERAS: readonly ReleaseEra[] = [
  FEBRUARY,
  MARCH,
  MID_MARCH,
  APRIL,
  MAY,
  MID_MAY,
  LATE_MAY,
  JUNE,
  MID_JUNE,
  JULY,
  AUGUST,
  SEPTEMBER,
  LATE_SEPTEMBER,
];

/** The releases that `npm run test:releases` runs over, oldest first: at least one of every row. */
export const TESTED_RELEASES: readonly string[] = [
  "2026.2.9",
  "2026.3.1",
  "2026.3.13",
  "2026.4.15",
  "2026.5.7",
  "2026.5.12",
  "2026.5.28",
  "2026.6.1",
  "2026.6.5",
  "2026.6.10",
  "2026.7.1",
  "2026.8.1",
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
  | "older"
  /** Nothing is installed, or nothing tells the release: the newest row is used. */
  | "assumed";

export interface EraLookup {
  readonly era: ReleaseEra;
  readonly certainty: EraCertainty;
}

/**
 * The row for a release such as "2026.9.6" or "2026.2.6-3". A preview such as "2026.6.1-beta.2" has the
 * row of its release, which it leads up to, and is never called tested.
 * `null` (nothing installed) or an unreadable version gives the newest row, as does an unknown newer release.
 */
export function eraFor(version: string | null): EraLookup {
  const newest = ERAS[ERAS.length - 1];
  const oldest = ERAS[0];
  if (!newest || !oldest) throw new Error("the table of releases is empty");
  const parsed = version === null ? null : semver.parse(version);
  if (!parsed) return { era: newest, certainty: "assumed" };
  const release = parsed.version;
  const row = ERAS.findLast((era) => parsed.compareMain(era.since) >= 0);
  if (!row) return { era: oldest, certainty: "older" };
  if (TESTED_RELEASES.includes(release)) return { era: row, certainty: "tested" };
  const lastTested = TESTED_RELEASES[TESTED_RELEASES.length - 1] ?? newest.since;
  const certainty = compareReleases(release, lastTested) > 0 ? "newer" : "between";
  return { era: row, certainty };
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
