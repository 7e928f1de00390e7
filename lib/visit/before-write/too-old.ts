/** The one plan that an older OpenClaw must not be given: its doctor waits for ever on the data of a newer one. */

import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";

/** Whether the plan would run the doctor of an older release than the one that wrote the data. */
export function isTooOldFor(
  { handOver }: Pick<Plan, "handOver">,
  { newerWriter }: Pick<MachineView, "newerWriter">,
): boolean {
  return newerWriter !== null && handOver?.how.kind === "import";
}
