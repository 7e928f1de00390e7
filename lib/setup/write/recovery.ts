/** Recovers an interrupted write before the first page. */

import { dirname } from "node:path";
import { recover } from "@/lib/files/recover";
import type { RecoveryReport, WriteRefusal } from "@/lib/files/types";
import type { Environment } from "@/lib/openclaw/places/home";
import type { Result } from "@/lib/result";
import { findLocation } from "@/lib/setup/machine/installation";
import { recoverHandOver } from "@/lib/setup/write/write";

/** Writes nothing without an interrupted write, and runs no program, which might hang. */
export async function recoverAtStart(
  env: Environment,
  profile: string | null,
): Promise<Result<RecoveryReport, WriteRefusal>> {
  const location = await findLocation(env, profile);
  const recovered = await recover(location.stateDir, [dirname(location.configPath)]);
  return recovered.ok ? recoverHandOver(location.stateDir, recovered.value) : recovered;
}
