/** Clears OpenClaw's cooldown after failures, because it does not apply to a new credential. */

import { cooldownEdits } from "@/lib/openclaw/credentials/store";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { HandOver } from "@/lib/setup/types";
import { editConfig } from "@/lib/text/json5/edit";
import { parseConfig } from "@/lib/text/json5/parse";

/** Adds the new `auth-state.json`; in a SQLite store each login has its own name. Pure. */
export function withoutCooldown(
  { authStatePath, authStateBytes }: Pick<Snapshot, "authStatePath" | "authStateBytes">,
  handOver: HandOver | null,
): HandOver | null {
  const parsed = authStateBytes === null ? null : parseConfig(authStateBytes);
  if (handOver?.how.kind !== "file" || !parsed?.ok) return handOver;
  const edits = cooldownEdits(parsed.value.value, handOver.profileId);
  const edited = edits.length > 0 ? editConfig(parsed.value.text, edits) : null;
  if (!edited?.ok) return handOver;
  const after = new TextEncoder().encode(edited.value);
  const authState = { path: authStatePath, before: authStateBytes, after, mode: 0o600 };
  return { ...handOver, authState };
}
