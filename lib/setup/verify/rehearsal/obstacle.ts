/** What keeps OpenClaw from being run on a private copy of a person's files. */

import type { Runner } from "@/lib/openclaw/command/run";
import type { Plan } from "@/lib/setup/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

export type Obstacle = "secrets-elsewhere" | "own-program";

/** Why the private home would not be like the person's; null: nothing is against it. */
export function obstacleTo({ config }: Pick<Plan, "config">, runner: Runner): Obstacle | null {
  const providers = valueAt(config.value, ["secrets", "providers"]);
  const sources = isJsonObject(providers)
    ? Object.values(providers).map((one) => valueAt(one, ["source"]))
    : [];
  // A command or a file that gives secrets would give the person's real ones.
  if (sources.some((source) => source !== "env")) return "secrets-elsewhere";
  // What is no script of Node's cannot be kept from speaking to others.
  return runner.node === null || runner.installed.entry.kind !== "script" ? "own-program" : null;
}
