/** Where each agent keeps what is its own, with the directories that a config names. */

import path from "node:path";
import { agentDirsIn } from "@/lib/openclaw/config/agents";
import type { StateLocation } from "@/lib/openclaw/places/types";
import type { Json } from "@/lib/text/json5/types";

export interface AgentDir {
  readonly id: string;
  readonly dir: string;
  /** The config names it: what all agents share stays in `agents/main/agent`. */
  readonly isNamed: boolean;
}

/**
 * The agents' directories: `agents/main/agent`, which all fall back on, first; in place of another's own
 * the one its `agentDir` names, and one of `main`'s own behind. A relative one is left out, since it
 * depends on where OpenClaw is started.
 */
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
