/** Lists the agents' directories, including those a config names. */

import path from "node:path";
import { agentDirsIn } from "@/lib/openclaw/config/agents";
import type { StateLocation } from "@/lib/openclaw/places/types";
import type { Json } from "@/lib/text/json5/types";

export interface AgentDir {
  readonly id: string;
  readonly dir: string;
  /** The config names it; shared data stays in `agents/main/agent`. */
  readonly isNamed: boolean;
}

/** `agents/main/agent`, the common fallback, comes first. Relative ones are omitted, as they depend on the start. */
export function agentDirsOf(
  { agents, homeDir, stateDir }: Pick<StateLocation, "agents" | "homeDir" | "stateDir">,
  config: Json,
): readonly AgentDir[] {
  const named = agentDirsIn(config).flatMap(({ id, dir }) => {
    const full = dir.replace(/^~(?=$|[\\/])/u, () => homeDir);
    return path.isAbsolute(full) ? [{ id, dir: path.normalize(full), isNamed: true }] : [];
  });
  const shared = agents.find(({ id }) => id === "main")?.dir;
  const first = {
    id: "main",
    dir: shared ?? path.join(stateDir, "agents", "main", "agent"),
    isNamed: false,
  };
  const hasNamed = (id: string) => named.some((one) => one.id === id);
  return [
    first,
    ...agents
      .filter(({ id }) => id !== "main" && !hasNamed(id))
      .map(({ id, dir }) => ({ id, dir, isNamed: false })),
    ...named.filter(({ dir }) => dir !== first.dir),
  ];
}
