/** Reads the machine for a visit, without credential values. */

import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import { isSecretName } from "@/lib/secrets/places";
import { findInstallation } from "@/lib/setup/machine/installation";
import { type MachineView, takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import { startReading } from "@/lib/setup/machine/told-row";
import { secretsOf } from "@/lib/setup/plan/secrets";
import { type Job, settledWithin } from "@/lib/system/job";
import { givenSecrets } from "@/lib/visit/key-state";
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

/** Waits a moment for what the installation tells; null if it is not asked. */
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

/** Everything here that no program's words may show: given, in OpenClaw's files, its service or the environment. */
export async function secretsHere(visit: Visit): Promise<readonly string[]> {
  const given = [...givenSecrets(visit), visit.gatewayToken];
  const variables = Object.entries(visit.host.env).map(([name, value]) => ({ name, value }));
  try {
    const snapshot = await readSnapshot(visit);
    given.push(...secretsOf(snapshot));
    variables.push(...snapshot.serviceVariables);
  } catch {
    // An unreadable file has been reported, and its secrets are unknown.
  }
  for (const { name, value } of variables) {
    const text = value?.trim() ?? "";
    // The name of a file, as in GOOGLE_APPLICATION_CREDENTIALS, is needed in an error.
    if (text && isSecretName(name) && !(isAbsolute(text) && existsSync(text))) given.push(text);
  }
  return [...new Set(given)];
}
