/** Reads the agents of a config: the default one, and what each sets for itself. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

const ONLY_ONE = "main";

/** The agent marked as default, else the first, which need not be `main`. */
export function defaultAgentOf(config: Json): string {
  const agents = agentsIn(config);
  const chosen = agents.find(({ agent }) => valueAt(agent, ["default"]) === true) ?? agents[0];
  return agentIdOf(chosen?.id ?? "");
}

/** OpenClaw's normalized id, which also names the directory. */
export function agentIdOf(written: string): string {
  const id = written.trim().toLowerCase();
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/u.test(id)) return id;
  const plain = id.replace(/[^a-z0-9_-]+/gu, "-").replace(/^-+|-+$/gu, "");
  return plain.slice(0, 64) || ONLY_ONE;
}

export function agentModelOf(config: Json, id: string): string | null {
  const agent = agentNamed(config, id);
  const model = valueAt(agent ?? {}, ["model"]);
  const primary = isJsonObject(model) ? model["primary"] : model;
  return typeof primary === "string" && primary.trim() !== "" ? primary.trim() : null;
}

/** Each agent's `agentDir` as written, which replaces `agents/<id>/agent` (2026.2.9, 2026.5.28, 2026.9.6). */
export function agentDirsIn(config: Json): ReadonlyArray<{ readonly id: string; dir: string }> {
  return agentsIn(config).flatMap(({ id, agent }) => {
    const dir = valueAt(agent, ["agentDir"]);
    return typeof dir === "string" && dir.trim() ? [{ id: agentIdOf(id), dir: dir.trim() }] : [];
  });
}

function agentNamed(config: Json, id: string): Json | null {
  return agentsIn(config).find((one) => agentIdOf(one.id) === id)?.agent ?? null;
}

/** Since 2026.9 agents are named in `entries`; before that they form a list. */
function agentsIn(config: Json): ReadonlyArray<{ readonly id: string; readonly agent: Json }> {
  const entries = valueAt(config, ["agents", "entries"]);
  if (isJsonObject(entries)) return Object.entries(entries).map(([id, agent]) => ({ id, agent }));
  const list = valueAt(config, ["agents", "list"]);
  return (isJsonArray(list) ? list : []).map((agent) => {
    const id = valueAt(agent, ["id"]);
    return { id: typeof id === "string" ? id : "", agent };
  });
}
