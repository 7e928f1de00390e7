/** OpenClaw stops asking with a profile for a while after failures: a pause of the old credential is none of the new one. */

import { editConfig } from "@/lib/openclaw/config-edit";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { isJsonObject, valueAt } from "@/lib/openclaw/config-value";
import type { HandOver, Snapshot } from "@/lib/setup/types";

/** The edit that takes a profile's pause out of a store, together with the rest that is known of its use. */
export function pauseEdits(store: Json, profileId: string): ConfigEdit[] {
  const path = ["usageStats", profileId];
  const usage = valueAt(store, path);
  // `cooldownUntil`, `disabledUntil`, `blockedUntil`.
  const isPaused = isJsonObject(usage) && Object.keys(usage).some((key) => key.endsWith("Until"));
  return isPaused ? [{ op: "remove", path }] : [];
}

/**
 * The text of `auth-state.json` without the pause of a profile that gets another credential under the same name;
 * null where there is none. Pure.
 */
export function withoutPause(
  { authStateBytes }: Pick<Snapshot, "authStateBytes">,
  handOver: HandOver | null,
): string | null {
  const parsed = authStateBytes === null ? null : parseConfig(authStateBytes);
  if (handOver?.kind !== "file" || !parsed?.ok) return null;
  const edits = pauseEdits(parsed.value.value, handOver.profileId);
  const edited = edits.length > 0 ? editConfig(parsed.value.text, edits) : null;
  return edited?.ok ? edited.value : null;
}
