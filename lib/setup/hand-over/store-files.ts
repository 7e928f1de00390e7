/** Lists the files of OpenClaw's own stores that a plan writes. */

import type { FileChange } from "@/lib/files/types";
import type { Plan } from "@/lib/setup/types";

/** They are written before OpenClaw is asked about them. Pure. */
export function storeFiles({
  handOver,
  agentFiles,
}: Pick<Plan, "handOver" | "agentFiles">): FileChange[] {
  const ofMain = handOver
    ? [handOver.file, ...(handOver.authState ? [handOver.authState] : [])]
    : [];
  return [...ofMain, ...agentFiles];
}
