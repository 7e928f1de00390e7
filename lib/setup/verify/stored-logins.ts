/** Lists OpenAI logins in OpenClaw's store after a sign-in by its own command. */

import { modelsStatus } from "@/lib/openclaw/command/commands";
import type { CommandFailure } from "@/lib/openclaw/command/failure";
import type { StatusProfile } from "@/lib/openclaw/command/models-status";
import type { Environment } from "@/lib/openclaw/places/home";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import { type Absence, prepare, whereOlder } from "@/lib/setup/verify/verify";

export type StoredLogins =
  | Absence
  | { readonly kind: "failed"; readonly failure: CommandFailure }
  | { readonly kind: "seen"; readonly profiles: readonly StatusProfile[] };

/** Asks `models status --json`; returns names and states, never values. */
export async function storedLogins(
  env: Environment,
  profile: string | null,
  signal: AbortSignal,
  secrets: readonly string[],
): Promise<StoredLogins> {
  const ready = await prepare(env, profile);
  if ("kind" in ready) return ready;
  const status = await modelsStatus(ready.runner, { signal, secrets });
  if (!status.ok) return { kind: "failed", failure: whereOlder(status.error, ready.isOlder) };
  const own = status.value.providers.filter(({ provider }) => OPENAI_PROVIDERS.includes(provider));
  return { kind: "seen", profiles: own.flatMap(({ profiles }) => profiles) };
}
