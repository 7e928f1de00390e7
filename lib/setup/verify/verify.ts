/** Asks the installed OpenClaw about the result of a write. */

import { existsSync } from "node:fs";
import path from "node:path";
import { readFileState } from "@/lib/files/read-file-state";
import { configValidate, modelsStatus } from "@/lib/openclaw/command/commands";
import type { CommandFailure, TurnFailure } from "@/lib/openclaw/command/failure";
import {
  judgeModel,
  type ModelsStatus,
  type ModelVerdict,
} from "@/lib/openclaw/command/models-status";
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
import {
  type Credential,
  credentialOf,
  hasBackup,
  type StoredCredential,
  storedIn,
} from "@/lib/setup/verify/credential-in-use";
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
      /** Null: not checked, since the release has no command for it, or there is no config. */
      readonly valid: boolean | null;
      /** Only told where it is not. */
      readonly hasConfig?: false;
      readonly verdict: ModelVerdict["state"];
      readonly model: string;
      readonly credential: Credential;
      /** OpenClaw's stored OpenAI credentials, in its order. */
      readonly stored: readonly StoredCredential[];
      /** A key backs up the login, by its own profile or a fallback model. */
      readonly backup: boolean;
      readonly differences: readonly Difference[];
      readonly detail: string;
    };

/** The message under `done` that tells of the config. */
export function configWord({
  valid,
  hasConfig,
}: Pick<Extract<Verification, { kind: "answered" }>, "valid" | "hasConfig">) {
  if (hasConfig === false) return "noConfig";
  if (valid === null) return "validUnknown";
  return valid ? "valid" : "invalid";
}

/** Runs `config validate` if available, and `models status --json`. `chosen` is compared with them. */
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
  // Runs both at once, because each takes seconds to start.
  const needless = new AbortController();
  const asked = modelsStatus(runner, {
    signal: AbortSignal.any([signal, needless.signal]),
    secrets,
  });
  let valid: boolean | null = null;
  let isMissing = false;
  if (era.commands.configValidate) {
    const checked = await configValidate(runner, { signal, secrets });
    const failed = !checked.ok && checked.error.code !== "no-such-command";
    // OpenClaw calls a config invalid that is not there, and then does without one.
    isMissing = checked.ok && checked.value.missing;
    const refused = checked.ok && !checked.value.valid && !isMissing;
    if (failed || refused) {
      // Its answer would repeat the error, and an undo must find no process running.
      needless.abort();
      await asked;
    }
    if (!checked.ok && failed)
      return { kind: "failed", failure: whereOlder(checked.error, ready.isOlder) };
    valid = checked.ok && !isMissing ? checked.value.valid : null;
    if (checked.ok && refused) {
      const detail = checked.value.issues
        .map(({ path, message }) => `${path}: ${message}`)
        .join("\n");
      const credential = { kind: "unknown", words: "" } as const;
      const none = { stored: [], backup: false, differences: [] } as const;
      const rest = { verdict: "unusable", model: "", ...none } as const;
      return { kind: "answered", valid, ...rest, credential, detail };
    }
  }
  const status = await asked;
  if (!status.ok) return { kind: "failed", failure: whereOlder(status.error, ready.isOlder) };
  const verdict = judgeModel(status.value);
  // `models status` names the key even if OpenAI is disabled (2026.7.1, 2026.9.6).
  const off = OPENAI_PROVIDERS.includes(verdict.provider) ? ready.shutOff : [];
  const entry = status.value.providers.find(({ provider }) => provider === verdict.provider);
  const credential = credentialOf(entry, ready.order(verdict.provider));
  const model = status.value.defaultModel;
  const used = { model, credential };
  return {
    kind: "answered",
    valid,
    ...(isMissing ? { hasConfig: false as const } : {}),
    verdict: off.length > 0 ? "unusable" : verdict.state,
    ...used,
    stored: storedFor(verdict.provider, status.value, ready.order),
    differences: chosen ? statusDifferences(chosen, used, ready.circumstances) : [],
    backup: hasBackup(status.value, verdict.provider, ready.order(verdict.provider)),
    detail: [...off, verdict.state === "usable" ? "" : verdict.detail].filter(Boolean).join("\n"),
  };
}

/** For the provider of the first model. */
function storedFor(
  provider: string,
  { providers }: ModelsStatus,
  order: Ready["order"],
): readonly StoredCredential[] {
  const names = [...new Set([provider, ...OPENAI_PROVIDERS])].filter((name) =>
    OPENAI_PROVIDERS.includes(name),
  );
  return names.flatMap((name) => {
    const entry = providers.find((one) => one.provider === name);
    return storedIn(entry, order(name));
  });
}

/** An older release misreads newer data as needing migration, but its doctor does not help. */
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
  readonly agent: string;
  readonly order: (provider: string) => readonly string[];
  readonly shutOff: readonly string[];
  readonly isOlder: boolean;
  readonly location: StateLocation;
  readonly config: Json;
  readonly circumstances: Circumstances;
  readonly serviceKeyFile: string | null;
  /** OpenClaw's installer put that key into the service. */
  readonly managesKey: boolean;
}

/** Finds what runs OpenClaw here, or says why nothing does. */
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
    managesKey: service?.isManaged === true,
    isOlder,
  };
}

/** Null if the agent uses the shared store. */
function ownStoreOf(agent: string, location: StateLocation, config: Json): string | null {
  const [, ...own] = agentDirsOf(location, config);
  const stores = own
    .filter(({ id }) => id === agent)
    .flatMap(({ dir }) =>
      ["auth-profiles.json", "openclaw-agent.sqlite"].map((name) => path.join(dir, name)),
    );
  return stores.find((store) => existsSync(store)) ?? null;
}
