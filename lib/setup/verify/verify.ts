/** After the write: what the installed OpenClaw says of it, and, where asked for, a real reply through it. */

import { readFileState } from "@/lib/files/read-file-state";
import { agentTurn, configValidate, modelsStatus } from "@/lib/openclaw/command/commands";
import { variablesIn } from "@/lib/openclaw/command/environment";
import type { CommandFailure, TurnFailure } from "@/lib/openclaw/command/failure";
import { judgeModel, type ModelVerdict } from "@/lib/openclaw/command/models-status";
import type { Runner } from "@/lib/openclaw/command/run";
import { defaultAgentOf } from "@/lib/openclaw/config/agents";
import { resolveConfig } from "@/lib/openclaw/config/include";
import type { Environment } from "@/lib/openclaw/places/home";
import { stateSchema } from "@/lib/openclaw/places/state-schema";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { newerWriter } from "@/lib/openclaw/releases/written-by";
import { configFiles, readIncluded } from "@/lib/setup/machine/config-files";
import { findInstallation } from "@/lib/setup/machine/installation";
import { placesShutOff } from "@/lib/setup/repairs/shut-off";
import { type Credential, credentialOf, hasBackup } from "@/lib/setup/verify/credential-in-use";
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
      readonly detail: string;
    };

export type Reply =
  | Absence
  | { readonly kind: "failed"; readonly failure: TurnFailure }
  | {
      readonly kind: "replied";
      readonly text: string;
      readonly model: string;
      readonly milliseconds: number;
      /** Null where the release does not say which, as with one of several that are stored. */
      readonly credential: Credential | null;
    };

/** `config validate` where the release has it, then `models status --json`. */
export async function verifySetup(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
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
      const rest = { verdict: "unusable", model: "", credential, backup: false, detail } as const;
      return { kind: "answered", valid, ...rest };
    }
  }
  const status = await asked;
  if (!status.ok) return { kind: "failed", failure: whereOlder(status.error, ready.isOlder) };
  const verdict = judgeModel(status.value);
  // `models status` names the key all the same (2026.7.1, 2026.9.6).
  const off = OPENAI_PROVIDERS.includes(verdict.provider) ? ready.shutOff : [];
  const entry = status.value.providers.find(({ provider }) => provider === verdict.provider);
  return {
    kind: "answered",
    valid,
    verdict: off.length > 0 ? "unusable" : verdict.state,
    model: status.value.defaultModel,
    credential: credentialOf(entry, ready.order(verdict.provider)),
    backup: hasBackup(status.value, verdict.provider, ready.order(verdict.provider)),
    detail: [...off, verdict.state === "usable" ? "" : verdict.detail].filter(Boolean).join("\n"),
  };
}

/** One message through `openclaw agent --local`: a paid request, made only when the person asks for it. */
export async function requestReply(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<Reply> {
  const ready = await prepare(env, profile);
  if ("kind" in ready) return ready;
  const message = "Reply with one short sentence: does this connection work?";
  const { runner, agent } = ready;
  const turn = await agentTurn(runner, message, { signal, secrets, agent });
  if (!turn.ok) {
    const failure = whereOlder(whereShutOff(turn.error, ready.shutOff), ready.isOlder);
    return { kind: "failed", failure };
  }
  const { text, model, ms, credential } = turn.value;
  const direct = credential?.kind === "direct" && credential.evidence === "environment";
  const source = direct ? ({ kind: "key-variable", key: "" } as const) : null;
  return { kind: "replied", text, model, milliseconds: ms, credential: source };
}

/** A model that nobody knows because the config shuts its provider off is no wrong model. */
function whereShutOff(failure: TurnFailure, places: readonly string[]): TurnFailure {
  const isUnknown = failure.code === "unknown-model" || failure.code === "model-unavailable";
  if (!isUnknown || places.length === 0) return failure;
  return { ...failure, code: "provider-off", detail: `${places.join("\n")}\n${failure.detail}` };
}

/** To an older release the data of a newer one looks like data to migrate: its doctor is no way out. */
function whereOlder<F extends CommandFailure | TurnFailure>(failure: F, isOlder: boolean): F {
  return isOlder && failure.code === "migration-required"
    ? { ...failure, code: "newer-state" }
    : failure;
}

interface Ready {
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
  return { runner, era, agent: defaultAgentOf(value), order, shutOff, isOlder };
}
