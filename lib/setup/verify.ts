/** After the write: what the installed OpenClaw says of it, and, where asked for, a real reply through it. */

import { readFileState } from "@/lib/files/read-file-state";
import { agentTurn, configValidate, modelsStatus, type TurnFailure } from "@/lib/openclaw/commands";
import type { CommandFailure } from "@/lib/openclaw/commands-failure";
import { judgeModel, type ModelVerdict } from "@/lib/openclaw/commands-status";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { Environment } from "@/lib/openclaw/locate-home";
import type { ReleaseEra } from "@/lib/openclaw/releases";
import type { Runner } from "@/lib/openclaw/run";
import { variablesIn } from "@/lib/openclaw/run-environment";
import { findInstallation } from "@/lib/setup/installation";

export type Absence =
  | { readonly kind: "not-installed" }
  | { readonly kind: "missing-bin"; readonly path: string }
  | { readonly kind: "node-misfit"; readonly needed: string; readonly found: string };

export type Verification =
  | Absence
  | { readonly kind: "failed"; readonly failure: CommandFailure }
  | {
      readonly kind: "answered";
      /** Null where the release has no such command. */
      readonly valid: boolean | null;
      readonly verdict: ModelVerdict["state"];
      readonly model: string;
      /** How OpenClaw names the credential it would use, masked by itself and by us. */
      readonly credential: string;
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
      /** As the release reports it; null where it does not. */
      readonly credential: string | null;
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
  const options = { signal, secrets };
  let valid: boolean | null = null;
  if (era.commands.configValidate) {
    const checked = await configValidate(runner, options);
    if (!checked.ok && checked.error.code !== "no-such-command") {
      return { kind: "failed", failure: checked.error };
    }
    valid = checked.ok ? checked.value.valid : null;
    if (checked.ok && !checked.value.valid) {
      // Every other command would only repeat it.
      const detail = checked.value.issues
        .map(({ path, message }) => `${path}: ${message}`)
        .join("\n");
      return { kind: "answered", valid, verdict: "unusable", model: "", credential: "", detail };
    }
  }
  const status = await modelsStatus(runner, options);
  if (!status.ok) return { kind: "failed", failure: status.error };
  const verdict = judgeModel(status.value);
  const entry = status.value.providers.find(({ provider }) => provider === verdict.provider);
  return {
    kind: "answered",
    valid,
    verdict: verdict.state,
    model: status.value.defaultModel,
    credential: [entry?.variable ?? entry?.effective?.kind, entry?.effective?.detail]
      .filter(Boolean)
      .join(", "),
    detail: verdict.state === "usable" ? "" : verdict.detail,
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
  const turn = await agentTurn(ready.runner, message, { signal, secrets });
  if (!turn.ok) return { kind: "failed", failure: turn.error };
  const { text, model, ms, credential } = turn.value;
  const source = credential && [credential.kind, credential.evidence].filter(Boolean).join(", ");
  return { kind: "replied", text, model, milliseconds: ms, credential: source };
}

/** The installed OpenClaw ready to be asked, or why it cannot be. */
export async function prepare(
  env: Environment,
  profile: string | null,
): Promise<Absence | { readonly runner: Runner; readonly era: ReleaseEra }> {
  const { detection, installed, node, era, location } = await findInstallation(env, profile);
  if (detection.state === "missing-bin") return { kind: "missing-bin", path: detection.path };
  if (!installed || !node) return { kind: "not-installed" };
  if (node.state === "none-fits") {
    const found = node.found.map(({ version }) => version).join(", ") || "–";
    return { kind: "node-misfit", needed: node.needed, found };
  }
  const config = await readFileState(location.configPath);
  const parsed = config.ok && config.value.bytes ? parseConfig(config.value.bytes) : null;
  const runner = {
    installed,
    node: node.state === "own-program" ? null : node.node,
    location,
    env,
    referenced: variablesIn(parsed?.ok ? parsed.value.value : {}),
  };
  return { runner, era };
}
