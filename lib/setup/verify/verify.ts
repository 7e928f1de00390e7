/** After the write: what the installed OpenClaw says of it. */

import { existsSync } from "node:fs";
import path from "node:path";
import { readFileState } from "@/lib/files/read-file-state";
import { configValidate, modelsStatus } from "@/lib/openclaw/command/commands";
import type { CommandFailure, TurnFailure } from "@/lib/openclaw/command/failure";
import { judgeModel, type ModelVerdict } from "@/lib/openclaw/command/models-status";
import type { Runner } from "@/lib/openclaw/command/run";
import { agentModelOf, defaultAgentOf } from "@/lib/openclaw/config/agents";
import { resolveConfig } from "@/lib/openclaw/config/include";
import { agentDirsOf } from "@/lib/openclaw/places/agent-dirs";
import type { Environment } from "@/lib/openclaw/places/home";
import { sessionModelOf } from "@/lib/openclaw/places/sessions";
import { stateSchema } from "@/lib/openclaw/places/state-schema";
import type { StateLocation } from "@/lib/openclaw/places/types";
import { variablesIn } from "@/lib/openclaw/program/environment";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { KEY_VARIABLE, OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { newerWriter } from "@/lib/openclaw/releases/written-by";
import { configFiles, readIncluded } from "@/lib/setup/machine/config-files";
import { findInstallation } from "@/lib/setup/machine/installation";
import { servicesOf } from "@/lib/setup/machine/snapshot";
import { placesShutOff } from "@/lib/setup/repairs/shut-off";
import { type Credential, credentialOf, hasBackup } from "@/lib/setup/verify/credential-in-use";
import {
  type Chosen,
  type Circumstances,
  type Difference,
  statusDifferences,
} from "@/lib/setup/verify/reply-differences";
import type { Json } from "@/lib/text/json5/types";
import { textsAt } from "@/lib/text/json5/value";

export type Absence =
  | { readonly kind: "not-installed" }
  | { readonly kind: "missing-bin"; readonly path: string }
  | { readonly kind: "node-misfit"; readonly needed: string; readonly found: readonly string[] };

export type Verification =
  | Absence
  | { readonly kind: "failed"; readonly failure: CommandFailure }
  | {
      readonly kind: "answered";
      /** Null where the release has no such command. */
      readonly valid: boolean | null;
      readonly verdict: ModelVerdict["state"];
      readonly model: string;
      /** What it would use. */
      readonly credential: Credential;
      /** A key stands behind the login: a profile of its own, or a model to fall back on. */
      readonly backup: boolean;
      /** In what it is not as chosen. */
      readonly differences: readonly Difference[];
      readonly detail: string;
    };

/** `config validate` where the release has it, then `models status --json`; `chosen`: what it is compared with. */
export async function verifySetup(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
  chosen: Chosen | null = null,
): Promise<Verification> {
  const ready = await prepare(env, profile);
  if ("kind" in ready) return ready;
  const { runner, era } = ready;
  // A process of OpenClaw takes its seconds to start: the second does not wait for the first.
  const needless = new AbortController();
  const asked = modelsStatus(runner, {
    signal: AbortSignal.any([signal, needless.signal]),
    secrets,
  });
  let valid: boolean | null = null;
  if (era.commands.configValidate) {
    const checked = await configValidate(runner, { signal, secrets });
    const failed = !checked.ok && checked.error.code !== "no-such-command";
    if (failed || (checked.ok && !checked.value.valid)) {
      // It would only repeat that; and whoever undoes now must find nothing of it at work.
      needless.abort();
      await asked;
    }
    if (!checked.ok && failed)
      return { kind: "failed", failure: whereOlder(checked.error, ready.isOlder) };
    valid = checked.ok ? checked.value.valid : null;
    if (checked.ok && !checked.value.valid) {
      const detail = checked.value.issues
        .map(({ path, message }) => `${path}: ${message}`)
        .join("\n");
      const credential = { kind: "unknown", words: "" } as const;
      const rest = { verdict: "unusable", model: "", backup: false, differences: [] } as const;
      return { kind: "answered", valid, ...rest, credential, detail };
    }
  }
  const status = await asked;
  if (!status.ok) return { kind: "failed", failure: whereOlder(status.error, ready.isOlder) };
  const verdict = judgeModel(status.value);
  // `models status` names the key all the same (2026.7.1, 2026.9.6).
  const off = OPENAI_PROVIDERS.includes(verdict.provider) ? ready.shutOff : [];
  const entry = status.value.providers.find(({ provider }) => provider === verdict.provider);
  const credential = credentialOf(entry, ready.order(verdict.provider));
  const model = status.value.defaultModel;
  const used = { model, credential };
  return {
    kind: "answered",
    valid,
    verdict: off.length > 0 ? "unusable" : verdict.state,
    ...used,
    differences: chosen ? statusDifferences(chosen, used, ready.circumstances) : [],
    backup: hasBackup(status.value, verdict.provider, ready.order(verdict.provider)),
    detail: [...off, verdict.state === "usable" ? "" : verdict.detail].filter(Boolean).join("\n"),
  };
}

/** To an older release the data of a newer one looks like data to migrate: its doctor is no way out. */
export function whereOlder<F extends CommandFailure | TurnFailure>(
  failure: F,
  isOlder: boolean,
): F {
  return isOlder && failure.code === "migration-required"
    ? { ...failure, code: "newer-state" }
    : failure;
}

export interface Ready {
  readonly runner: Runner;
  readonly era: ReleaseEra;
  /** The agent to ask. */
  readonly agent: string;
  /** `auth.order` of a provider. */
  readonly order: (provider: string) => readonly string[];
  /** Places of the config that shut OpenAI off. */
  readonly shutOff: readonly string[];
  /** A newer release wrote the data. */
  readonly isOlder: boolean;
  readonly location: StateLocation;
  /** With everything it includes. */
  readonly config: Json;
  /** What may lead to another answer than the chosen one. */
  readonly circumstances: Circumstances;
  /** The file of the gateway's service that sets a key; null: none does. */
  readonly serviceKeyFile: string | null;
}

/** The installed OpenClaw ready to be asked, or why it cannot be. */
export async function prepare(env: Environment, profile: string | null): Promise<Absence | Ready> {
  const { detection, installed, node, era, location } = await findInstallation(env, profile);
  if (detection.state === "missing-bin") return { kind: "missing-bin", path: detection.path };
  if (!installed || !node) return { kind: "not-installed" };
  if (node.state === "none-fits") {
    const found = [...new Set(node.found.map(({ version }) => version))];
    return { kind: "node-misfit", needed: node.needed, found };
  }
  const { configPath, homeDir } = location;
  const state = await readFileState(configPath);
  const configBytes = state.ok ? state.value.bytes : null;
  const included = readIncluded(configPath, configBytes, { era, homeDir, env });
  const config = resolveConfig(configFiles({ configPath, configBytes, era, included }));
  const value = config.ok ? config.value.value : {};
  const runner = {
    installed,
    node: node.state === "own-program" ? null : node.node,
    location,
    env,
    referenced: variablesIn(value),
  };
  const schema = stateSchema(location.stateDir);
  const isOlder = newerWriter(value, schema, installed.version) !== null;
  const shutOff = placesShutOff(era, value);
  const order = (provider: string) => textsAt(value, ["auth", "order", provider]) ?? [];
  const agent = defaultAgentOf(value);
  const circumstances = {
    agentModel: agentModelOf(value, agent),
    sessionModel: sessionModelOf(location.stateDir, agent),
    agentStore: ownStoreOf(agent, location, value),
    otherSource: env[KEY_VARIABLE]?.trim() ? KEY_VARIABLE : null,
  };
  const service = servicesOf(location, env).find(({ name }) => name === KEY_VARIABLE);
  const serviceKeyFile = service?.file ?? null;
  return {
    runner,
    era,
    agent,
    order,
    shutOff,
    location,
    config: value,
    circumstances,
    serviceKeyFile,
    isOlder,
  };
}

/** The store that an agent has beside the one all share; null where there is none. */
function ownStoreOf(agent: string, location: StateLocation, config: Json): string | null {
  const [, ...own] = agentDirsOf(location, config);
  const stores = own
    .filter(({ id }) => id === agent)
    .flatMap(({ dir }) =>
      ["auth-profiles.json", "openclaw-agent.sqlite"].map((name) => path.join(dir, name)),
    );
  return stores.find((store) => existsSync(store)) ?? null;
}
