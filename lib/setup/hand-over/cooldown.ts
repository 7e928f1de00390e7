/** OpenClaw stops asking with a profile for a while after failures: a cooldown of the old credential does not apply to the new one. */

import { cooldownEdits } from "@/lib/openclaw/credentials/store";
import type { HandOver, Snapshot } from "@/lib/setup/types";
import { editConfig } from "@/lib/text/json5/edit";
import { parseConfig } from "@/lib/text/json5/parse";

/** The hand-over with `auth-state.json` as it has to be; in a store each login has a name of its own. Pure. */
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
