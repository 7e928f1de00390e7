/** Blocks a plan whose older OpenClaw would hang in doctor on newer data. */

import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";

export function isTooOldFor(
  { handOver }: Pick<Plan, "handOver">,
  { newerWriter }: Pick<MachineView, "newerWriter">,
): boolean {
  return newerWriter !== null && handOver?.how.kind === "import";
}
