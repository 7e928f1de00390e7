/** Computes the digest of a plan, which the user approves. */

import { createHash } from "node:crypto";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import type { Plan } from "@/lib/setup/types";

/** SHA-256 in hex over paths, modes, bytes before and after, and the command. Pure. */
export function digestOf(plan: Pick<Plan, "files" | "handOver" | "agentFiles">): string {
  const { handOver, files } = plan;
  const hash = createHash("sha256");
  if (handOver) hash.update(JSON.stringify([handOver.how, handOver.privateConfig]));
  for (const { path, mode, before, after } of [...files, ...storeFiles(plan)]) {
    for (const part of [path, String(mode), before, after]) {
      hash.update(part === null ? "absent" : `${part.length}:`).update(part ?? "");
    }
  }
  return hash.digest("hex");
}
