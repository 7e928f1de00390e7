/** An API key that this machine has already, to be used again instead of pasted. Secret. */

import { parseConfig } from "@/lib/openclaw/config-parse";
import { valueAt } from "@/lib/openclaw/config-value";
import { readDotenv } from "@/lib/openclaw/dotenv";
import type { Snapshot } from "@/lib/setup/types";

const VARIABLE = "OPENAI_API_KEY";

export interface FoundKey {
  readonly value: string;
  /** A path, or the variable's name for the environment. */
  readonly where: string;
}

/** The first in the order in which OpenClaw takes them; a reference to elsewhere is none. */
export function findKey(snapshot: Snapshot): FoundKey | null {
  const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array());
  const parsed = snapshot.configBytes === null ? null : parseConfig(snapshot.configBytes);
  const config = parsed?.ok ? parsed.value.value : {};
  const candidates: ReadonlyArray<readonly [unknown, string]> = [
    [snapshot.environmentKey, VARIABLE],
    [readDotenv(text(snapshot.dotenvBytes)).get(VARIABLE), snapshot.dotenvPath],
    [valueAt(config, ["env", VARIABLE]), snapshot.configPath],
    [valueAt(config, ["env", "vars", VARIABLE]), snapshot.configPath],
    [valueAt(config, ["models", "providers", "openai", "apiKey"]), snapshot.configPath],
  ];
  for (const [value, where] of candidates) {
    if (typeof value === "string" && value.trim() && !value.includes("${")) {
      return { value: value.trim(), where };
    }
  }
  return null;
}
