/** Turns a machine and choices into a folder for an engine, without secrets or local paths. */

import {
  deploymentFacts,
  type Engine,
  SHAPES,
  TOKEN_VARIABLE,
} from "@/lib/openclaw/deployments/shapes";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import { eraFor } from "@/lib/openclaw/releases/table";
import { err, ok, type Result } from "@/lib/result";
import { collectSecrets } from "@/lib/secrets/mask";
import { ansibleFiles } from "@/lib/setup/export/engines/ansible";
import { composeFiles } from "@/lib/setup/export/engines/compose";
import { flyFiles } from "@/lib/setup/export/engines/fly";
import { kubernetesFiles } from "@/lib/setup/export/engines/kubernetes";
import { nixFiles } from "@/lib/setup/export/engines/nix";
import { onboardFiles } from "@/lib/setup/export/engines/onboard";
import { operatorFiles } from "@/lib/setup/export/engines/operator";
import { renderFiles } from "@/lib/setup/export/engines/render";
import { namesHost } from "@/lib/setup/export/paths";
import { type ExportChoices, planForRelease } from "@/lib/setup/export/plan-for-release";
import { portableConfig } from "@/lib/setup/export/portable-config";
import type { EngineFiles, Export, ExportBase, ExportRefusal } from "@/lib/setup/export/types";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";

const FILES: Readonly<Record<Engine, (base: ExportBase) => EngineFiles>> = {
  compose: composeFiles,
  kubernetes: kubernetesFiles,
  operator: operatorFiles,
  fly: flyFiles,
  render: renderFiles,
  nix: nixFiles,
  ansible: ansibleFiles,
  onboard: onboardFiles,
};

export interface ExportTarget {
  readonly engine: Engine;
  readonly release: string;
}

/** Fails if there is no plan, or a file would contain something of this machine. Pure. */
export function exportSetup(
  snapshot: Snapshot,
  choices: ExportChoices,
  { engine, release }: ExportTarget,
): Result<Export, ExportRefusal> {
  // `onboard` starts without a config, so the following edits must too.
  const source = engine === "onboard" ? { ...snapshot, configBytes: null } : snapshot;
  const planned = planForRelease(source, choices, release);
  if (!planned.ok) return err({ code: "plan", refusal: planned.error });
  const { plan, insteadOf } = planned.value;
  const secrets = secretsOf(plan, snapshot);
  const needed = [...(choices.auth === "api-key" ? [KEY_VARIABLE] : []), TOKEN_VARIABLE];
  const shape = SHAPES[engine];
  const config = portableConfig(plan.config.value, {
    host: snapshot,
    there: shape,
    secrets,
    needed,
  });
  const facts = deploymentFacts(release);
  const signIn = choices.auth === "chatgpt" ? signInArgs(release) : null;
  const made = FILES[engine]({
    release,
    name: "openclaw",
    shape,
    facts,
    config: config.value,
    variables: config.variables,
    model: plan.model,
    signIn,
    commands: plan.commands.filter((line) => !isDoneByOnboard(line)),
  });
  const foreign = made.files.find(
    ({ text }) =>
      secrets.some((secret) => text.includes(secret)) || namesHost(text, snapshot, shape),
  );
  if (foreign) return err({ code: "not-portable", path: foreign.path });
  const { variables, leftOut, value } = config;
  const { model } = plan;
  return ok({
    ...made,
    engine,
    release,
    model,
    insteadOf,
    variables,
    config: value,
    leftOut,
    signIn,
  });
}

/** Includes secrets of `.env`, whose values may also be in the config. */
function secretsOf(plan: Plan, { dotenvBytes, environmentKey }: Snapshot): readonly string[] {
  const dotenv = new TextDecoder().decode(dotenvBytes ?? undefined);
  const found = collectSecrets(plan.config.value, dotenv, plan.secrets);
  return [...found, ...(environmentKey === null ? [] : [environmentKey])].filter(
    (secret) => !/^\$\{\w+\}$/u.test(secret),
  );
}

/** `onboard` has already set the gateway and the variable. */
function isDoneByOnboard(line: string): boolean {
  return line.startsWith("printf ") || / config (?:set|unset) gateway\./u.test(line);
}

function signInArgs(release: string): readonly string[] {
  const { loginProvider } = eraFor(release).era.credentials;
  const way = deploymentFacts(release).deviceCode ? ["--device-code"] : [];
  return ["models", "auth", "login", "--provider", loginProvider, ...way];
}
