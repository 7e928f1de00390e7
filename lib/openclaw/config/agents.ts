/** The agent that answers where none is named. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

const ONLY_ONE = "main";

/** The one marked as the default, else the first of the list: `main` need not be among them. */
export function defaultAgentOf(config: Json): string {
  const list = valueAt(config, ["agents", "list"]);
  const entries = valueAt(config, ["agents", "entries"]);
  const agents = isJsonObject(entries)
    ? Object.entries(entries).map(([id, agent]) => ({ id, agent }))
    : (isJsonArray(list) ? list : []).map((agent) => ({ id: valueAt(agent, ["id"]), agent }));
  const chosen = agents.find(({ agent }) => valueAt(agent, ["default"]) === true) ?? agents[0];
  return agentIdOf(typeof chosen?.id === "string" ? chosen.id : "");
}

/** As OpenClaw calls an agent and its directory: small letters, digits, `_` and `-`. */
export function agentIdOf(written: string): string {
  const id = written.trim().toLowerCase();
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/u.test(id)) return id;
  const plain = id.replace(/[^a-z0-9_-]+/gu, "-").replace(/^-+|-+$/gu, "");
  return plain.slice(0, 64) || ONLY_ONE;
}
