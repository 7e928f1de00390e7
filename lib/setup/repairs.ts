/** What else in a config stands in the way of the choice: each a finding with the edits that mend it. */

import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/openclaw/config-value";
import type { KeyForm, ReleaseEra } from "@/lib/openclaw/releases";
import { pinEdits } from "@/lib/setup/runtime-pin";
import type { Choices, Repair, Snapshot } from "@/lib/setup/types";

export interface Finding extends Omit<Repair, "accepted"> {
  readonly edits: readonly ConfigEdit[];
  /** Works as it is: changed only where the person asks for it. */
  readonly onRequest?: boolean;
  /** Takes the variable out of `.env` as well. */
  readonly clearDotenv?: boolean;
}

/** In the order in which the page lists them. Pure. */
export function findRepairs(
  { era }: Snapshot,
  config: Json,
  dotenvKey: string | undefined,
  choices: Choices,
  form: KeyForm,
): Finding[] {
  const at = (...path: string[]) => valueAt(config, path);
  const flatRefused = era.refusedKeyForms.some((refused) => refused.form === "env-flat");
  return [
    ...(flatRefused ? flatEnv(config) : []),
    ...(choices.apiKey === null
      ? []
      : secondKeys(at, dotenvKey, choices.apiKey, form, !flatRefused)),
    ...retiredFallbacks(at("agents", "defaults", "model", "fallbacks"), era.retiredModels),
    ...agentModels(config, choices.model, era.retiredModels),
    ...runtimePin(era, config, choices.model),
    ...gateway(at, era.gateway, choices.gatewayToken),
  ];
}

type At = (...path: string[]) => Json | undefined;

function flatEnv(config: Json): Finding[] {
  const env = valueAt(config, ["env"]);
  if (!isJsonObject(env)) return [];
  const flat = Object.entries(env).filter(
    ([name, value]) => name !== "vars" && typeof value === "string",
  );
  const others = flat.filter(([name]) => name !== "OPENAI_API_KEY");
  const remove = (name: string): ConfigEdit => ({ op: "remove", path: ["env", name] });
  const findings: Finding[] = [];
  if (flat.length > others.length) {
    const edits = [remove("OPENAI_API_KEY")];
    findings.push({
      id: "flat-env-openai",
      kind: "flat-env-openai",
      data: {},
      important: true,
      edits,
    });
  }
  if (others.length > 0) {
    findings.push({
      id: "flat-env-other",
      kind: "flat-env-other",
      data: { names: others.map(([name]) => name).join(", ") },
      important: true,
      edits: others.flatMap(([name, value]): ConfigEdit[] => [
        remove(name),
        { op: "set", path: ["env", "vars", name], value },
      ]),
    });
  }
  return findings;
}

/** A key elsewhere with another value: one of the two would win, and not always the new one. */
function secondKeys(
  at: At,
  dotenvKey: string | undefined,
  apiKey: string,
  form: KeyForm,
  flatAccepted: boolean,
): Finding[] {
  const differs = (value: Json | undefined): boolean =>
    typeof value === "string" && value !== "" && !value.includes("${") && value !== apiKey;
  const findings: Finding[] = [];
  const add = (
    kind: "second-key-env-vars" | "second-key-env-flat" | "second-key-provider",
    path: string[],
  ) =>
    findings.push({ id: kind, kind, data: {}, important: true, edits: [{ op: "remove", path }] });
  if (form !== "env-vars" && differs(at("env", "vars", "OPENAI_API_KEY"))) {
    add("second-key-env-vars", ["env", "vars", "OPENAI_API_KEY"]);
  }
  // Where the flat form is taken it wins over `env.vars`.
  if (flatAccepted && form !== "env-flat" && differs(at("env", "OPENAI_API_KEY"))) {
    add("second-key-env-flat", ["env", "OPENAI_API_KEY"]);
  }
  const viaProvider = form === "provider-env-ref" || form === "provider-secret-ref";
  if (!viaProvider && differs(at("models", "providers", "openai", "apiKey"))) {
    add("second-key-provider", ["models", "providers", "openai", "apiKey"]);
  }
  const inConfig = form === "env-vars" || form === "env-flat";
  if (inConfig && dotenvKey !== undefined && dotenvKey !== apiKey) {
    const kind = "second-key-dotenv";
    findings.push({ id: kind, kind, data: {}, important: true, edits: [], clearDotenv: true });
  }
  return findings;
}

function retiredFallbacks(
  fallbacks: Json | undefined,
  retired: Readonly<Record<string, string>>,
): Finding[] {
  if (!isJsonArray(fallbacks)) return [];
  return fallbacks.flatMap((ref, index): Finding[] => {
    const to = typeof ref === "string" ? retired[ref] : undefined;
    if (to === undefined || typeof ref !== "string") return [];
    const path = ["agents", "defaults", "model", "fallbacks", index];
    return [
      {
        id: `retired-model:fallbacks.${index}`,
        kind: "retired-model",
        data: { from: ref, to },
        important: false,
        edits: [{ op: "set", path, value: to }],
      },
    ];
  });
}

/** Agents with a model of their own, which the default does not reach; a retired one is changed unless declined. */
function agentModels(
  config: Json,
  model: string,
  retired: Readonly<Record<string, string>>,
): Finding[] {
  const list = valueAt(config, ["agents", "list"]);
  const entries = valueAt(config, ["agents", "entries"]);
  const agents: Array<readonly [Array<string | number>, string, Json]> = [];
  if (isJsonArray(list)) {
    list.forEach((agent, index) => {
      const id = valueAt(agent, ["id"]);
      agents.push([["agents", "list", index], typeof id === "string" ? id : `${index}`, agent]);
    });
  }
  if (isJsonObject(entries)) {
    for (const [id, agent] of Object.entries(entries)) {
      agents.push([["agents", "entries", id], id, agent]);
    }
  }
  return agents.flatMap(([path, agent, value]): Finding[] => {
    const own = valueAt(value, ["model"]);
    const from = isJsonObject(own) ? own["primary"] : own;
    if (typeof from !== "string" || from === model) return [];
    const target = isJsonObject(own) ? [...path, "model", "primary"] : [...path, "model"];
    return [
      {
        id: `agent-model:${agent}`,
        kind: "agent-model",
        data: { agent, from },
        important: false,
        onRequest: retired[from] === undefined,
        edits: [{ op: "set", path: target, value: model }],
      },
    ];
  });
}

/** The codex plugin runs these models unless the config names OpenClaw's own runtime. */
function runtimePin(era: ReleaseEra, config: Json, model: string): Finding[] {
  const plugin = valueAt(config, ["plugins", "entries", "codex", "enabled"]) === true;
  const edits = plugin ? [] : pinEdits(era, config, model);
  if (edits.length === 0) return [];
  return [{ id: "runtime-pin", kind: "runtime-pin", data: { model }, important: true, edits }];
}

function gateway(at: At, requirements: Snapshot["era"]["gateway"], token: string): Finding[] {
  const auth = at("gateway", "auth");
  const edits = requirements.flatMap((requirement): ConfigEdit[] => {
    const path = [...requirement.path];
    if (at(...path) !== undefined) return [];
    if (!("generate" in requirement.propose)) {
      return [{ op: "set", path, value: requirement.propose.value }];
    }
    if (auth === undefined) {
      return [{ op: "set", path: ["gateway", "auth"], value: { mode: "token", token } }];
    }
    // Where another way to sign in to the gateway is set, it is the person's choice.
    const mode = at("gateway", "auth", "mode");
    const isOther = (mode !== undefined && mode !== "token") || !isJsonObject(auth);
    if (isOther || at("gateway", "auth", "password") !== undefined) return [];
    const way: ConfigEdit = { op: "set", path: ["gateway", "auth", "mode"], value: "token" };
    return [...(mode === undefined ? [way] : []), { op: "set", path, value: token }];
  });
  return edits.length === 0
    ? []
    : [{ id: "gateway-defaults", kind: "gateway-defaults", data: {}, important: true, edits }];
}
