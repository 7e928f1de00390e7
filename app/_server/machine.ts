/** Reads the machine for the pages: OpenClaw, its files, the credentials it has; never their values. */

import { currentInstance } from "@/lib/door/instance";
import { type MachineView, takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import type { Wizard } from "@/lib/visit/visit";

/** `target`: the release the visit chose for where none is installed. */
export async function machine({ target }: Pick<Wizard, "target">): Promise<MachineView> {
  return viewMachine(process.env, currentInstance().profile, target);
}

export async function readSnapshot({ target }: Pick<Wizard, "target">) {
  return takeSnapshot(process.env, currentInstance().profile, target);
}
