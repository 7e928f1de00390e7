/** Finds the newest write of the state directory, which an undo reverts. */

import { dirname } from "node:path";
import type { Terminal } from "@/cli/terminal";
import type { Result } from "@/lib/result";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { secretsOf } from "@/lib/setup/plan/secrets";
import type { WriteRefusal } from "@/lib/setup/types";
import { findLastWrite, type LastWrite } from "@/lib/setup/write/last-write";

/** Null if there is none. Throws `UnreadableFile`. */
export async function lastWrite(
  { env }: Terminal,
  profile: string | null,
): Promise<Result<LastWrite | null, WriteRefusal>> {
  const snapshot = await takeSnapshot(env, profile);
  const { stateDir, configPath } = snapshot;
  return findLastWrite(stateDir, [dirname(configPath)], secretsOf(snapshot));
}
