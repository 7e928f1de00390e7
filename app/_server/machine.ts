/** Reads the machine for the pages: OpenClaw, its files, the credentials it has; never their values. */

import { currentInstance } from "@/lib/door/instance";
import { parseOpenAiBaseUrl } from "@/lib/openai/base-url";
import type { CheckKeyOptions } from "@/lib/openai/check-key";
import { type MachineView, takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import type { Wizard } from "@/lib/visit/visit";

/** `target`: the release the visit chose for where none is installed. */
export async function machine({ target }: Pick<Wizard, "target">): Promise<MachineView> {
  return viewMachine(process.env, currentInstance().profile, target);
}

export async function readSnapshot({ target }: Pick<Wizard, "target">) {
  return takeSnapshot(process.env, currentInstance().profile, target);
}

export function checkOptions(signal: AbortSignal): CheckKeyOptions {
  const base = parseOpenAiBaseUrl(process.env["OPENAI_BASE_URL"]);
  return { signal, env: process.env, ...(base.ok ? { baseUrl: base.value.href } : {}) };
}
