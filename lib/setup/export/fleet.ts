/** Exports many instances: a common base, and a few lines for each. */

import type { Engine } from "@/lib/openclaw/deployments/shapes";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import { err, ok, type Result } from "@/lib/result";
import { composeBase, composeInstance } from "@/lib/setup/export/engines/compose-fleet";
import { kubernetesBase, kubernetesInstance } from "@/lib/setup/export/engines/kubernetes-fleet";
import { operatorInstance } from "@/lib/setup/export/engines/operator-fleet";
import { exportSetup } from "@/lib/setup/export/export-setup";
import type { FleetInstance } from "@/lib/setup/export/fleet-instances";
import type { ExportChoices } from "@/lib/setup/export/plan-for-release";
import type { Export, ExportFile, ExportRefusal, FleetMember } from "@/lib/setup/export/types";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Json } from "@/lib/text/json5/types";
import { applyEdit } from "@/lib/text/json5/value";

export const FLEET_ENGINES = ["compose", "kubernetes", "operator"] as const;
export type FleetEngine = (typeof FLEET_ENGINES)[number];

export function isFleetEngine(engine: Engine): engine is FleetEngine {
  return FLEET_ENGINES.some((one) => one === engine);
}

export interface FleetTarget {
  readonly engine: FleetEngine;
  readonly release: string;
}

export interface Fleet {
  readonly files: readonly ExportFile[];
  readonly variables: readonly string[];
  readonly count: number;
}

const BASES: Readonly<Record<FleetEngine, (release: string) => readonly ExportFile[]>> = {
  compose: composeBase,
  kubernetes: kubernetesBase,
  operator: () => [],
};
const MEMBERS: Readonly<Record<FleetEngine, (member: FleetMember) => readonly ExportFile[]>> = {
  compose: composeInstance,
  kubernetes: kubernetesInstance,
  operator: operatorInstance,
};

/** Fails as a whole if one instance fails. Pure. */
export function exportFleet(
  snapshot: Snapshot,
  choices: ExportChoices,
  { engine, release }: FleetTarget,
  instances: readonly FleetInstance[],
): Result<Fleet, ExportRefusal> {
  const made = new Map<string, Export>();
  const files = [...BASES[engine](release)];
  const needed = new Set<string>();
  for (const [index, instance] of instances.entries()) {
    const model = instance.model ?? choices.model;
    let own = made.get(model);
    if (own === undefined) {
      const exported = exportSetup(snapshot, { ...choices, model }, { engine, release });
      if (!exported.ok) return exported;
      own = exported.value;
      made.set(model, own);
    }
    const variables = own.variables.map((name) => ({
      name,
      from: name === KEY_VARIABLE ? (instance.credential ?? name) : name,
    }));
    for (const { from } of variables) needed.add(from);
    const config = withAgents(own.config, instance.agents);
    if (config === null) return err({ code: "not-portable", path: instance.name });
    const { name } = instance;
    files.push(...MEMBERS[engine]({ name, index, release, config, variables }));
  }
  return ok({ files, variables: [...needed], count: instances.length });
}

/** OpenClaw names each agent's workspace after it. */
function withAgents(config: Json, agents: readonly string[]): Json | null {
  if (agents.length === 0) return config;
  const list = agents.map((id, index) => (index === 0 ? { id, default: true } : { id }));
  return applyEdit(config, { op: "set", path: ["agents", "list"], value: list }) ?? null;
}
