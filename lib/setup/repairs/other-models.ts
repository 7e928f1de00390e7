/** Finds models of single agents and background tasks, which the default does not reach. */

import { agentIdOf, defaultAgentOf } from "@/lib/openclaw/config/agents";
import { isOpenAi, primaryOf } from "@/lib/setup/repairs/default-model";
import type { Finding } from "@/lib/setup/repairs/finding";
import { type Chosen, type Given, goalOf, replaced } from "@/lib/setup/repairs/retired-models";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

type IsRetired = (ref: string) => boolean;

/**
 * The default agent's model and retired ones are set unless declined; other agents' models need a request, or get
 * their own provider's successor where that has shut them down.
 */
export function agentModels(given: Given, config: Json, choices: Chosen): Finding[] {
  const { model } = choices;
  const first = primaryOf(config) === model ? defaultAgentOf(config) : null;
  return agentsOf(config).flatMap(({ path, id, agent }): Finding[] => {
    const own = modelAt(agent, ["model"]);
    if (!own || own.ref === model) return [];
    const answers = agentIdOf(id) === first;
    const goal = goalOf(given, own.ref, model);
    const place = [...path, ...own.path];
    return [
      ...(goal?.kind === "shut-down-replaced" && !answers
        ? [replaced(given, config, { ...choices, added: [] }, place, own.ref, goal)]
        : []),
      {
        id: `agent-model:${id}`,
        kind: answers ? "default-agent-model" : "agent-model",
        data: { agent: id, from: own.ref },
        important: answers,
        onRequest: !answers && goal?.kind !== "retired-model",
        edits: [{ op: "set", path: place, value: model }],
      },
    ];
  });
}

const OF_AGENTS: readonly ConfigPath[] = [
  ["subagents", "model"],
  ["heartbeat", "model"],
  ["imageModel"],
  ["pdfModel"],
];

/** Other providers' models that work are only offered for change. */
export function otherModels(config: Json, model: string, isRetired: IsRetired): Finding[] {
  const agents: ConfigPath[] = [
    ["agents", "defaults"],
    ...agentsOf(config).map(({ path }) => path),
  ];
  const places = [
    ...agents.flatMap((path) => OF_AGENTS.map((part) => [...path, ...part])),
    ["hooks", "gmail", "model"],
    ...childrenOf(config, ["hooks", "mappings"]).map((path) => [...path, "model"]),
    ...childrenOf(config, ["channels", "modelByChannel"]).flatMap((path) =>
      childrenOf(config, path),
    ),
  ];
  return places.flatMap((place): Finding[] => {
    const found = modelAt(config, place);
    const isLeft = !found || isOpenAi(found.ref) || isRetired(found.ref);
    if (isLeft || !found.ref.includes("/")) return [];
    const name = place.join(".");
    return [
      {
        id: `other-model:${name}`,
        kind: "other-model",
        data: { place: name, from: found.ref },
        important: false,
        onRequest: true,
        edits: [{ op: "set", path: found.path, value: model }],
      },
    ];
  });
}

/** Every text of a config, keys included, that has the form of a model reference. Pure. */
export function referencesIn(config: Json): string[] {
  if (typeof config === "string") return isReference(config) ? [config] : [];
  if (isJsonArray(config)) return config.flatMap(referencesIn);
  if (!isJsonObject(config)) return [];
  return [
    ...Object.keys(config).filter(isReference),
    ...Object.values(config).flatMap((value) => referencesIn(value)),
  ];
}

function isReference(text: string): boolean {
  return text.length <= 400 && /^[^\s/:]+\/[^\s]+$/u.test(text);
}

interface Agent {
  readonly path: ConfigPath;
  readonly id: string;
  readonly agent: Json;
}

function agentsOf(config: Json): Agent[] {
  const list = valueAt(config, ["agents", "list"]);
  const entries = valueAt(config, ["agents", "entries"]);
  const listed = (isJsonArray(list) ? list : []).map((agent, index) => {
    const id = valueAt(agent, ["id"]);
    const name = typeof id === "string" ? id : `${index}`;
    return { path: ["agents", "list", index], id: name, agent };
  });
  const keyed = Object.entries(isJsonObject(entries) ? entries : {}).map(([id, agent]) => {
    return { path: ["agents", "entries", id], id, agent };
  });
  return [...listed, ...keyed];
}

function modelAt(
  root: Json,
  path: ConfigPath,
): { readonly ref: string; readonly path: ConfigPath } | null {
  const value = valueAt(root, path);
  const ref = isJsonObject(value) ? value["primary"] : value;
  if (typeof ref !== "string") return null;
  return { ref, path: isJsonObject(value) ? [...path, "primary"] : path };
}

function childrenOf(config: Json, path: ConfigPath): ConfigPath[] {
  const parent = valueAt(config, path);
  if (isJsonArray(parent)) return parent.map((_, index) => [...path, index]);
  return Object.keys(isJsonObject(parent) ? parent : {}).map((key) => [...path, key]);
}
