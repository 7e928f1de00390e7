/** Machines and choices made up for the tests of the core. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ERAS } from "@/lib/openclaw/releases/table";
import type { ApiKeyChoices, ChatGptChoices, Choices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";

export const KEY = "sk-proj-NEWkey00aaaabbbbccccddddeeee1a2b";
export const OLD_KEY = "sk-proj-OLDkey11ffffgggghhhhiiiijjjj3c4d";
export const TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef";
export const NEWEST = ERAS.at(-1) as ReleaseEra;
export const OLDEST = ERAS[0] as ReleaseEra;

export interface Found {
  readonly config?: string | object;
  readonly configLink?: string;
  /** Texts of further files in the config's directory, by name. */
  readonly included?: Readonly<Record<string, string>>;
  readonly dotenv?: string;
  /** `openclaw.json.bak`. */
  readonly backup?: object;
  readonly era?: ReleaseEra;
  readonly environmentKey?: string;
  readonly environmentKeys?: readonly string[];
  readonly serviceVariables?: Snapshot["serviceVariables"];
  readonly checkedAt?: string;
  readonly unfitVariables?: readonly string[];
  readonly profile?: string;
  readonly profiles?: string;
  /** `auth-state.json`. */
  readonly authState?: string;
  /** `auth-profiles.json` of other agents, by their names. */
  readonly agentProfiles?: Readonly<Record<string, object>>;
  /** `auth-state.json` of the same. */
  readonly agentStates?: Readonly<Record<string, object>>;
  readonly hasStore?: boolean;
  readonly shutDown?: Snapshot["shutDown"];
  readonly storesKeyProfile?: boolean;
  readonly immutable?: Snapshot["immutable"];
  readonly doctorRepairs?: Snapshot["doctorRepairs"];
  readonly releaseUnsure?: boolean;
}

export function machine(found: Found = {}): Snapshot {
  const { config, dotenv, era = NEWEST } = found;
  const text = typeof config === "object" ? `${JSON.stringify(config, null, 2)}\n` : config;
  const bytes = (part: string | undefined) =>
    part === undefined ? null : new TextEncoder().encode(part);
  return {
    stateDir: "/home/ada/.openclaw",
    homeDir: "/home/ada",
    configPath: "/home/ada/.openclaw/openclaw.json",
    configBytes: bytes(text),
    configLink: found.configLink ?? null,
    backupBytes: bytes(found.backup && JSON.stringify(found.backup)),
    included: {
      files: new Map(
        Object.entries(found.included ?? {}).map(([name, one]) => [
          `/home/ada/.openclaw/${name}`,
          bytes(one),
        ]),
      ),
      realPaths: new Map(),
      allowedRoots: [],
    },
    dotenvPath: "/home/ada/.openclaw/.env",
    dotenvBytes: bytes(dotenv),
    version: era.observed.at(-1) ?? null,
    era,
    profilesPath: "/home/ada/.openclaw/agents/main/agent/auth-profiles.json",
    profilesBytes: bytes(found.profiles),
    authStatePath: "/home/ada/.openclaw/agents/main/agent/auth-state.json",
    authStateBytes: bytes(found.authState),
    agentStores: [
      ...new Set([
        ...Object.keys(found.agentProfiles ?? {}),
        ...Object.keys(found.agentStates ?? {}),
      ]),
    ].map((agent) => {
      const dir = `/home/ada/.openclaw/agents/${agent}/agent`;
      const profiles = found.agentProfiles?.[agent];
      const state = found.agentStates?.[agent];
      return {
        agent,
        profilesPath: `${dir}/auth-profiles.json`,
        profilesBytes: bytes(profiles && JSON.stringify(profiles, null, 2)),
        authStatePath: `${dir}/auth-state.json`,
        authStateBytes: bytes(state && JSON.stringify(state, null, 2)),
      };
    }),
    hasStore: found.hasStore ?? false,
    shutDown: found.shutDown ?? new Map(),
    immutable: found.immutable ?? null,
    doctorRepairs: found.doctorRepairs ?? [],
    storesKeyProfile: found.storesKeyProfile ?? false,
    certainty: "tested",
    releaseUnsure: found.releaseUnsure ?? false,
    profile: found.profile ?? null,
    environmentKey: found.environmentKey ?? null,
    environmentKeys: found.environmentKeys ?? [],
    serviceVariables: found.serviceVariables ?? [],
    checkedAt: found.checkedAt ?? null,
    unfitVariables: found.unfitVariables ?? [],
  };
}

/** As the page proposes it. */
const PROPOSED = {
  model: "openai/gpt-5.5",
  otherDefault: null,
  keyForm: null,
  declined: [],
  accepted: [],
  gatewayToken: TOKEN,
} as const;

export function chosen(more: Partial<ApiKeyChoices> = {}): Choices {
  return { auth: "api-key", apiKey: KEY, ...PROPOSED, ...more };
}

export const LOGIN = {
  accessToken: "access-canary-1234567890",
  refreshToken: "refresh-canary-1234567890",
  accountId: "acct-1",
  email: "ada@example.com",
  expiresAt: 1_900_000_000_000,
};

export function chosenLogin(more: Partial<ChatGptChoices> = {}): Choices {
  return { auth: "chatgpt", login: LOGIN, apiKey: null, ...PROPOSED, ...more };
}

export function planned(found: Found, choices: Partial<ApiKeyChoices> = {}): Plan {
  const plan = planSetup(machine(found), chosen(choices));
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

/** The text of a file of the plan afterwards; null when the plan does not touch it. */
export function written(plan: Plan, role: "config" | "dotenv"): string | null {
  const after = plan.files.find((file) => file.role === role)?.after;
  return after ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(after) : null;
}
