/** Finds reasons why OpenClaw cannot run on a private copy of the user's files. */

import type { Runner } from "@/lib/openclaw/command/run";
import type { Plan } from "@/lib/setup/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

export type Obstacle = "secrets-elsewhere" | "own-program";

/** Null if a private home behaves like the user's. */
export function obstacleTo({ config }: Pick<Plan, "config">, runner: Runner): Obstacle | null {
  const providers = valueAt(config.value, ["secrets", "providers"]);
  const sources = isJsonObject(providers)
    ? Object.values(providers).map((one) => valueAt(one, ["source"]))
    : [];
  // A secrets command or file would return the user's real secrets.
  if (sources.some((source) => source !== "env")) return "secrets-elsewhere";
  // Only a Node script can be kept off the network.
  return runner.node === null || runner.installed.entry.kind !== "script" ? "own-program" : null;
}
