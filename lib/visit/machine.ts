/** Reads the machine for a visit, without credential values. */

import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import { findInstallation } from "@/lib/setup/machine/installation";
import { type MachineView, takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import { startReading } from "@/lib/setup/machine/told-row";
import { type Job, settledWithin } from "@/lib/system/job";
import type { Visit } from "@/lib/visit/visit";

/** `target` is the release chosen if none is installed. Starts asking an untested one. */
export async function machine({
  host,
  target,
}: Pick<Visit, "host" | "target">): Promise<MachineView> {
  const view = await viewMachine(host.env, host.profile, target);
  startReading(view, host.env);
  return view;
}

export async function readingOf(
  visit: Pick<Visit, "host" | "target">,
): Promise<Job<ToldAnswers> | null> {
  const job = startReading(
    await findInstallation(visit.host.env, visit.host.profile),
    visit.host.env,
  );
  if (job) await settledWithin(job);
  return job;
}

export async function readSnapshot({ host, target }: Pick<Visit, "host" | "target">) {
  return takeSnapshot(host.env, host.profile, target);
}
