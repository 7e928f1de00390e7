/**
 * The release table: each row lists changes since the previous one (`docs/releases.md`).
 * Releases in comments are where a message or behaviour was seen.
 */
import type { GatewayRequirement, ReleaseFacts, SomeFacts } from "@/lib/openclaw/releases/facts";
import { CHATGPT_BASE_URL, OPENAI_BASE_URL } from "@/lib/openclaw/releases/names";
import { HARNESS_FALLBACK_KEYS } from "@/lib/openclaw/releases/retired-by-hand";
import { retiredKeysOf } from "@/lib/openclaw/releases/retired-keys";

export interface RowChanges extends SomeFacts {
  readonly since: string;
  readonly observed: readonly string[];
  /** Run by `npm run test:releases`. */
  readonly tested: readonly string[];
}

const GATEWAY: readonly GatewayRequirement[] = [
  // Without it, 2026.2.9 exits with 1 and 2026.9.6 with 78.
  { path: ["gateway", "mode"], propose: { value: "local" } },
  // Without it, 2026.9.6 binds `auto`, which was a public address in a container.
  { path: ["gateway", "bind"], propose: { value: "loopback" } },
  // Without it, anyone may connect.
  { path: ["gateway", "auth", "token"], propose: { generate: "token" } },
];

export const OLDEST_FACTS: ReleaseFacts = {
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
  // "agents.defaults.model: Invalid input: expected object, received string".
  modelAsText: false,
  models: [
    { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
    { ref: "openai/gpt-5.1-codex", label: "GPT-5.1 Codex", for: "apiKey" },
    { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
  ],
  retiredModels: {},
  goneProviders: [],
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
  guardsLocalAddress: false,
  // 2026.2.9 has no such plugin.
  openAiIsPlugin: false,
  agentsNeedMark: false,
  // 2026.2.9 follows `../` and absolute paths.
  includes: { confined: false, roots: false },
  node: ">=22.12.0",
  commands: {
    configValidate: false,
    pasteApiKey: false,
    inferModelRun: "none",
    configSetChecksModels: false,
  },
  // Each pair of credentials was tested with a loopback server that recorded the bearer token.
  credentials: {
    profilesJson: "used",
    sqlite: "none",
    profileReferences: false,
    loginProvider: "openai-codex",
    loginAnswersForKeys: false,
    flatEnv: "used",
    providerAuthWins: false,
    orderExcludes: false,
    managedServiceWins: true,
    codexLogin: false,
  },
  // From `config get`, `config file` and `models status` in temporary homes.
  locations: {
    olderDirectories: [".clawdbot", ".moltbot", ".moldbot"],
    olderConfigNames: ["clawdbot.json", "moltbot.json", "moldbot.json"],
    clawdbotVariables: true,
    workingDirectoryDotenv: true,
    furtherDotenv: false,
    configOutsideStateDir: true,
    undefinedIsUnset: false,
    profileReplacesInherited: false,
    olderDirectoryMovesOn: "any-command",
  },
};

export const ROWS: readonly RowChanges[] = [
  {
    since: "2026.2.0",
    observed: ["2026.2.1", "2026.2.9", "2026.2.21"],
    tested: ["2026.2.9"],
  },
  {
    since: "2026.3.1",
    observed: ["2026.3.1"],
    tested: ["2026.3.1"],
    keyForms: [
      "dotenv",
      "env-vars",
      "env-flat",
      "provider-env-ref",
      "provider-secret-ref",
      "provider-plain",
      "auth-profiles-json",
    ],
    refusedKeyForms: [{ form: "paste-api-key", why: "no-such-command" }],
    modelAsText: true,
  },
  {
    since: "2026.3.13",
    observed: ["2026.3.13"],
    tested: ["2026.3.13"],
    defaultModel: { apiKey: "openai/gpt-5.4", chatgpt: "openai-codex/gpt-5.4" },
    models: [
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
      { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
      { ref: "openai-codex/gpt-5.4", label: "GPT-5.4", for: "chatgpt" },
      { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
    ],
    // "Include path escapes config directory".
    includes: { confined: true },
    node: ">=22.16.0",
    commands: { configValidate: true },
    // 2026.3.1 ignores profiles with `keyRef`.
    credentials: { profileReferences: true },
  },
  {
    since: "2026.4.15",
    observed: ["2026.4.15"],
    tested: ["2026.4.15"],
    // Lower than for 2026.3.13.
    node: ">=22.14.0",
    // "blocked URL fetch", and then a timeout; 2026.5.7 allows it by itself.
    guardsLocalAddress: true,
    // Its `infer model run` is a whole turn (82 KB), which through the gateway ends after 120 s.
    credentials: { codexLogin: true },
    // Last seen in 2026.3.13.
    locations: {
      olderDirectories: [".clawdbot"],
      olderConfigNames: ["clawdbot.json"],
      clawdbotVariables: false,
      workingDirectoryDotenv: false,
      furtherDotenv: true,
      configOutsideStateDir: false,
      undefinedIsUnset: true,
      olderDirectoryMovesOn: "agent-and-doctor",
    },
  },
  {
    since: "2026.5.7",
    observed: ["2026.5.7"],
    tested: ["2026.5.7"],
    guardsLocalAddress: false,
    commands: { inferModelRun: "default-agent" },
    defaultModel: { apiKey: "openai/gpt-5.5", chatgpt: "openai-codex/gpt-5.5" },
    models: [
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "apiKey" },
      { ref: "openai-codex/gpt-5.5", label: "GPT-5.5", for: "chatgpt" },
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
      { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
      { ref: "openai-codex/gpt-5.4", label: "GPT-5.4", for: "chatgpt" },
      { ref: "openai-codex/gpt-5.2", label: "GPT-5.2", for: "chatgpt" },
    ],
    retiredKeys: [...retiredKeysOf("2026.5.7"), ...HARNESS_FALLBACK_KEYS],
  },
  {
    since: "2026.5.12",
    observed: ["2026.5.12"],
    tested: ["2026.5.12"],
    // A config that names `openai-codex/gpt-5.2` for an agent becomes invalid.
    models: [
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "apiKey" },
      { ref: "openai-codex/gpt-5.5", label: "GPT-5.5", for: "chatgpt" },
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
      { ref: "openai/gpt-5.2", label: "GPT-5.2", for: "apiKey" },
      { ref: "openai-codex/gpt-5.4", label: "GPT-5.4", for: "chatgpt" },
    ],
    retiredModels: { "openai-codex/gpt-5.2": "openai-codex/gpt-5.5" },
    // "agents.defaults.models.openai-codex/gpt-5.2: Unknown model"; accepted by 2026.5.7 and 2026.5.28 to 2026.9.6.
    refusesRetiredInList: true,
    // Every OpenAI model defaults to the codex plugin: "Requested agent harness "codex" is not registered".
    // The built-in runtime is "pi"; "openclaw" is unknown.
    runtimePin: {
      id: "pi",
      providers: { openai: OPENAI_BASE_URL, "openai-codex": CHATGPT_BASE_URL },
    },
    // 2026.5.27 to 2026.7.1; 2026.5.12 and 2026.5.18 take an `openai` model too.
    backup: "provider",
    // 2026.3.13 ignores OPENCLAW_INCLUDE_ROOTS.
    includes: { roots: true },
    node: ">=22.16.0",
  },
  {
    since: "2026.5.18",
    observed: ["2026.5.18", "2026.5.22", "2026.5.27"],
    tested: ["2026.5.18"],
    node: ">=22.19.0",
    retiredKeys: [...retiredKeysOf("2026.5.18"), ...HARNESS_FALLBACK_KEYS],
    // For a key's model, 2026.5.18 to 2026.5.28 use the login, 2026.5.12 the key.
    credentials: { loginAnswersForKeys: true },
  },
  {
    since: "2026.5.28",
    observed: ["2026.5.28"],
    tested: ["2026.5.28"],
    keyForms: [
      "dotenv",
      "env-vars",
      "env-flat",
      "provider-env-ref",
      "provider-secret-ref",
      "provider-plain",
      "auth-profiles-json",
      "paste-api-key",
    ],
    refusedKeyForms: [],
    providerNeedsBaseUrlAndModels: false,
    // gpt-5.2 is unknown from here on. With `openai/…`, the login's token went to api.openai.com.
    models: [
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "apiKey" },
      { ref: "openai-codex/gpt-5.5", label: "GPT-5.5", for: "chatgpt" },
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
      { ref: "openai-codex/gpt-5.4", label: "GPT-5.4", for: "chatgpt" },
    ],
    retiredModels: {
      "openai-codex/gpt-5.2": "openai-codex/gpt-5.5",
      "openai/gpt-5.2": "openai/gpt-5.5",
    },
    refusesRetiredInList: false,
    retiredKeys: retiredKeysOf("2026.5.28"),
    runtimePin: { id: "openclaw", providers: { openai: OPENAI_BASE_URL } },
    openAiIsPlugin: true,
    node: ">=22.19.0",
    commands: { pasteApiKey: true },
  },
  {
    since: "2026.6.1",
    observed: ["2026.6.1"],
    tested: ["2026.6.1"],
    // Every `openai-codex/…` model is unknown.
    goneProviders: ["openai-codex"],
    defaultModel: { chatgpt: "openai/gpt-5.5" },
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
    // The file is still read, but `openai-codex` gives "No API key found for provider openai".
    login: { kind: "auth-profiles-json", provider: "openai", profileId: "openai:default" },
    // Turns of 2026.6.1 and 2026.9.6 used it; 2026.2.9 to 2026.5.28 asked OpenAI.
    followsBaseUrlVariable: true,
    // `auth: "api-key"` was not tested on 2026.4.15 and 2026.6.1.
    credentials: {
      loginProvider: "openai",
      loginAnswersForKeys: false,
      providerAuthWins: true,
      codexLogin: false,
    },
  },
  {
    since: "2026.6.5",
    observed: ["2026.6.5", "2026.6.6", "2026.6.8", "2026.6.9", "2026.6.10", "2026.6.35"],
    tested: ["2026.6.5", "2026.6.10"],
    keyForms: [
      "dotenv",
      "env-vars",
      "env-flat",
      "provider-env-ref",
      "provider-secret-ref",
      "provider-plain",
      "paste-api-key",
    ],
    refusedKeyForms: [{ form: "auth-profiles-json", why: "ignored" }],
    login: {
      kind: "doctor-import",
      fileProvider: "openai-codex",
      storedProvider: "openai",
      command: ["doctor", "--fix", "--non-interactive"],
    },
    // "Config auto-restored from backup (missing-meta-vs-last-good)"; 2026.6.1 only logs an anomaly.
    putsBackupBack: true,
    credentials: { profilesJson: "ignored", sqlite: "agent" },
  },
  {
    since: "2026.7.1",
    observed: ["2026.7.1", "2026.7.35"],
    tested: ["2026.7.1"],
    node: ">=22.22.3 <23 || >=24.15.0 <25 || >=25.9.0",
  },
  {
    since: "2026.8.1",
    observed: ["2026.8.1", "2026.9.1", "2026.9.4"],
    tested: ["2026.8.1"],
    // "env: Unrecognized key".
    keyForms: [
      "dotenv",
      "env-vars",
      "provider-env-ref",
      "provider-secret-ref",
      "provider-plain",
      "paste-api-key",
    ],
    refusedKeyForms: [
      { form: "env-flat", why: "config-invalid" },
      // A leftover file blocks `models status` and every turn.
      { form: "auth-profiles-json", why: "needs-doctor" },
    ],
    // Its manifest deprecates gpt-5.5 for gpt-5.6-sol, its own default.
    defaultModel: { apiKey: "openai/gpt-5.6-sol", chatgpt: "openai/gpt-5.6-sol" },
    models: [
      { ref: "openai/gpt-5.6-sol", label: "GPT-5.6 Sol", for: "both" },
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "both" },
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
    ],
    retiredModels: {
      "openai/gpt-5.2": "openai/gpt-5.6-sol",
      "openai-codex/gpt-5.2": "openai/gpt-5.6-sol",
      "openai-codex/gpt-5.4": "openai/gpt-5.6-sol",
      "openai-codex/gpt-5.5": "openai/gpt-5.6-sol",
    },
    // "meta: Unrecognized key: "lastTouchedAt"" and others (2026.8.1, 2026.9.6); accepted by 2026.7.1.
    retiredKeys: retiredKeysOf("2026.8.1"),
    // "agents.ownership: multi-agent rosters require …" (2026.8.1, 2026.9.5, 2026.9.6; not 2026.7.1).
    agentsNeedMark: true,
    // 2026.8.1, 2026.9.6.
    backup: "profile",
    // "Cannot set model reference … Unknown model" (2026.8.1, 2026.9.5, 2026.9.6); accepted by 2026.7.1.
    commands: { configSetChecksModels: true, inferModelRun: "named-agent" },
    // "Explicit auth order for openai has no usable profiles" (2026.9.6); 2026.6.1 and 2026.6.10 use the variable.
    // 2026.8.1 stores credentials in state/openclaw.sqlite and refuses older files.
    // A managed service variable stays on 2026.7.1, while 2026.9.6 replaces it from `.env`.
    credentials: {
      profilesJson: "refused",
      sqlite: "shared",
      flatEnv: "refused",
      orderExcludes: true,
      managedServiceWins: false,
    },
    // 2026.8.1, 2026.8.2, 2026.9.6; 2026.7.1 keeps OPENCLAW_STATE_DIR.
    locations: { profileReplacesInherited: true },
  },
  {
    since: "2026.9.5",
    observed: ["2026.9.5"],
    tested: ["2026.9.5"],
    // Its own default, unknown to 2026.8.1; deprecated models still lead to gpt-5.6-sol.
    defaultModel: { chatgpt: "openai/gpt-6-astra" },
    models: [
      { ref: "openai/gpt-5.6-sol", label: "GPT-5.6 Sol", for: "both" },
      { ref: "openai/gpt-6-astra", label: "GPT-6 Astra", for: "both" },
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "both" },
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
    ],
    node: ">=24.16.0 <25 || >=26.1.0",
    // 2026.9.4 refuses these already.
    retiredKeys: retiredKeysOf("2026.9.5"),
  },
  {
    since: "2026.9.6",
    observed: ["2026.9.6"],
    tested: ["2026.9.6"],
    // The newest of the line that its manifest names as successor.
    defaultModel: { apiKey: "openai/gpt-6-sol" },
    models: [
      { ref: "openai/gpt-6-sol", label: "GPT-6 Sol", for: "both" },
      { ref: "openai/gpt-6-astra", label: "GPT-6 Astra", for: "both" },
      { ref: "openai/gpt-6-luna", label: "GPT-6 Luna", for: "both" },
      { ref: "openai/gpt-5.6-sol", label: "GPT-5.6 Sol", for: "both" },
      { ref: "openai/gpt-5.5", label: "GPT-5.5", for: "both" },
      { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "apiKey" },
    ],
    // "tools.codeMode: Unrecognized keys: "languages", "runtime"".
    retiredKeys: retiredKeysOf("2026.9.6"),
  },
];
