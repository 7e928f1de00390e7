/** Reads the machine for a visit: OpenClaw, its files, the credentials it has; never their values. */

import { type MachineView, takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import type { Wizard } from "@/lib/visit/visit";

/** `target`: the release the visit chose for where none is installed. */
export async function machine({
  host,
  target,
}: Pick<Wizard, "host" | "target">): Promise<MachineView> {
  return viewMachine(host.env, host.profile, target);
}

export async function readSnapshot({ host, target }: Pick<Wizard, "host" | "target">) {
  return takeSnapshot(host.env, host.profile, target);
}
