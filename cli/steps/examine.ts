/** Reads the machine and asks OpenClaw about it, without writing. */

import type { Options } from "@/cli/options";
import type { Examined } from "@/cli/report/machine-report";
import { lastWrite } from "@/cli/steps/last-write";
import type { Terminal } from "@/cli/terminal";
import { viewMachine } from "@/lib/setup/machine/snapshot";
import { secretsOf } from "@/lib/setup/plan/secrets";
import { verifySetup } from "@/lib/setup/verify/verify";

/** Throws `UnreadableFile`. */
export async function examine({ profile }: Options, terminal: Terminal): Promise<Examined> {
  const { env, signal } = terminal;
  const name = profile ?? null;
  const found = await viewMachine(env, name);
  const last = await lastWrite(terminal, name);
  const secrets = secretsOf(found.snapshot);
  const isThere = found.installed !== null || found.detection.state === "missing-bin";
  const verification = isThere
    ? await verifySetup(env, name, secrets, signal)
    : ({ kind: "not-installed" } as const);
  return { found, last: last.ok ? last.value : null, verification };
}
