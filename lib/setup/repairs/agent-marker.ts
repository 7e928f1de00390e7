/** Marks a default agent, which releases from 2026.8.1 on require of several agents. */

import type { ReleaseFacts } from "@/lib/openclaw/releases/facts";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, textAt, valueAt } from "@/lib/text/json5/value";

/** Marks the first agent, which older releases use by default. Pure. */
export function agentMarker(
  { agentsNeedMark }: Pick<ReleaseFacts, "agentsNeedMark">,
  config: Json,
): Finding[] {
  const agents = agentsIn(config);
  const [first] = agents;
  const isTold =
    valueAt(config, ["agents", "ownership"]) !== undefined ||
    agents.some(({ path }) => valueAt(config, [...path, "default"]) === true);
  if (!agentsNeedMark || first === undefined || agents.length < 2 || isTold) return [];
  return [
    {
      id: "agent-marker",
      kind: "agent-marker",
      data: { agent: first.id },
      important: true,
      edits: [{ op: "set", path: [...first.path, "default"], value: true }],
    },
  ];
}

function agentsIn(config: Json): ReadonlyArray<{ readonly id: string; readonly path: ConfigPath }> {
  const entries = valueAt(config, ["agents", "entries"]);
  if (isJsonObject(entries)) {
    return Object.keys(entries).map((id) => ({ id, path: ["agents", "entries", id] }));
  }
  const list = valueAt(config, ["agents", "list"]);
  return (isJsonArray(list) ? list : []).map((agent, index) => ({
    id: textAt(agent, ["id"]) ?? String(index + 1),
    path: ["agents", "list", index],
  }));
}
