/** The digest of a plan: what the person agrees to. */

import { createHash } from "node:crypto";
import { handOverFiles } from "@/lib/setup/hand-over/cooldown";
import type { HandOver, PlannedFile } from "@/lib/setup/types";

/** SHA-256 in hex over paths, modes and bytes before and after, and over the command that is run. Pure. */
export function digestOf(files: readonly PlannedFile[], handOver: HandOver | null): string {
  const hash = createHash("sha256");
  if (handOver) hash.update(JSON.stringify([handOver.command, handOver.privateConfig]));
  for (const { path, mode, before, after } of [...files, ...handOverFiles(handOver)]) {
    for (const part of [path, String(mode), before, after]) {
      hash.update(part === null ? "absent" : `${part.length}:`).update(part ?? "");
    }
  }
  return hash.digest("hex");
}
