/**
 * Which OpenAI credential a release takes where several are there, as data. Seen with real releases:
 * every pair was put into a temporary home and a turn answered by a loopback server, which noted the
 * bearer (2026.2.9, 2026.6.10, 2026.8.2, 2026.9.6), or read from `models status` (2026.4.15).
 */

import { compareReleases } from "@/lib/openclaw/releases/table";

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

export interface CredentialRules {
  /** First release seen with these rules. */
  readonly since: string;
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

const RULES: readonly CredentialRules[] = [
  {
    since: "2026.2.0",
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
  // 2026.3.1 passes a profile with `keyRef` over.
  {
    since: "2026.3.13",
    profilesJson: "used",
    sqlite: "none",
    profileReferences: true,
    loginProvider: "openai-codex",
    loginAnswersForKeys: false,
    flatEnv: "used",
    providerAuthWins: false,
    orderExcludes: false,
    managedServiceWins: true,
    codexLogin: false,
  },
  // Between 2026.3.13 and 2026.4.15; `auth: "api-key"` was not put to the proof here.
  {
    since: "2026.4.15",
    profilesJson: "used",
    sqlite: "none",
    profileReferences: true,
    loginProvider: "openai-codex",
    loginAnswersForKeys: false,
    flatEnv: "used",
    providerAuthWins: false,
    orderExcludes: false,
    managedServiceWins: true,
    codexLogin: true,
  },
  // 2026.5.18, 2026.5.22, 2026.5.27 and 2026.5.28 use the login for a model of the key; 2026.5.12 the key.
  {
    since: "2026.5.18",
    profilesJson: "used",
    sqlite: "none",
    profileReferences: true,
    loginProvider: "openai-codex",
    loginAnswersForKeys: true,
    flatEnv: "used",
    providerAuthWins: false,
    orderExcludes: false,
    managedServiceWins: true,
    codexLogin: true,
  },
  // Still reads the file; a login in it counts under `openai` only. `auth` was not put to the proof here.
  {
    since: "2026.6.1",
    profilesJson: "used",
    sqlite: "none",
    profileReferences: true,
    loginProvider: "openai",
    loginAnswersForKeys: false,
    flatEnv: "used",
    providerAuthWins: true,
    orderExcludes: false,
    managedServiceWins: true,
    codexLogin: false,
  },
  {
    since: "2026.6.5",
    profilesJson: "ignored",
    sqlite: "agent",
    profileReferences: true,
    loginProvider: "openai",
    loginAnswersForKeys: false,
    flatEnv: "used",
    providerAuthWins: true,
    orderExcludes: false,
    managedServiceWins: true,
    codexLogin: false,
  },
  // 2026.9.6: "Explicit auth order for openai has no usable profiles"; 2026.6.1 and 2026.6.10 take the variable.
  // A managed variable of the service: 7.1 keeps it, 9.6 puts the one of `.env` in its place.
  // 2026.8.1 names state/openclaw.sqlite as its store and refuses what older releases left.
  {
    since: "2026.8.1",
    profilesJson: "refused",
    sqlite: "shared",
    profileReferences: true,
    loginProvider: "openai",
    loginAnswersForKeys: false,
    flatEnv: "refused",
    providerAuthWins: true,
    orderExcludes: true,
    managedServiceWins: false,
    codexLogin: false,
  },
];

/** The rules of a release; without one, those of the newest. */
export function credentialRules(release: string | null): CredentialRules {
  const newest = RULES[RULES.length - 1] as CredentialRules;
  const oldest = RULES[0] as CredentialRules;
  if (release === null) return newest;
  return RULES.findLast((rules) => compareReleases(rules.since, release) <= 0) ?? oldest;
}
