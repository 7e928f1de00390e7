/** At any later start: OpenClaw asked who answers, for a word as proof, and for what is left of the plan. */

import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { askPlanLimits } from "@/lib/openclaw/command/plan-limits";
import { err } from "@/lib/result";
import { findKey } from "@/lib/setup/machine/found-key";
import type { GatewayState } from "@/lib/setup/machine/gateway";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { secretsOf } from "@/lib/setup/plan/secrets";
import type { Snapshot } from "@/lib/setup/types";
import { requestReply } from "@/lib/setup/verify/reply";
import { prepare, verifySetup } from "@/lib/setup/verify/verify";
import type { WhoAnswers } from "@/lib/setup/verify/who-answers";
import { findLastWrite } from "@/lib/setup/write/last-write";
import { settledWithin, startJob } from "@/lib/system/job";
import { offerKey } from "@/lib/visit/key";
import { readSnapshot } from "@/lib/visit/machine";
import type { LimitsAnswer, WhoAsked } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

/** Asks once for what the files are now; what was said of earlier ones counts no more. */
export async function askedWho(visit: Visit, { snapshot }: MachineView): Promise<WhoAsked> {
  const of = stampOf(snapshot);
  if (visit.who?.of === of) return visit.who;
  void endWho(visit);
  const { env, profile } = visit.host;
  const secrets = secretsOf(snapshot);
  const verification = startJob((signal) => verifySetup(env, profile, secrets, signal));
  visit.who = { of, verification, reply: null, limits: null };
  await settledWithin(verification);
  return visit.who;
}

export function askWhoAgain(visit: Visit): void {
  void endWho(visit);
  visit.who = null;
}

/** One short paid question, through the gateway where one runs. */
export function askForAnswer(visit: Visit, { snapshot }: MachineView): void {
  const { who } = visit;
  if (!who || who.reply?.result === null) return;
  const { env, profile } = visit.host;
  const secrets = secretsOf(snapshot);
  const reply: NonNullable<WhoAsked["reply"]> = startJob((signal, begin) =>
    requestReply(env, profile, secrets, signal, null, { extent: extentOf(snapshot), begin }),
  );
  visit.who = { ...who, reply };
}

/** A whole turn where the release cannot ask the model alone. */
export function extentOf({ era }: Pick<Snapshot, "era">): "words" | "turn" {
  return era.commands.inferModelRun === "none" ? "turn" : "words";
}

/** One request to ChatGPT, made by OpenClaw with the login that it has. */
export function askForLimits(visit: Visit, { snapshot }: MachineView): void {
  const { who } = visit;
  if (!who || who.limits?.result === null) return;
  const { env, profile } = visit.host;
  const secrets = secretsOf(snapshot);
  const limits = startJob(async (signal): Promise<LimitsAnswer> => {
    const ready = await prepare(env, profile);
    if ("kind" in ready) return err({ code: "absent" });
    return askPlanLimits(ready.runner, { signal, secrets });
  });
  visit.who = { ...who, limits };
}

/** The key that OpenClaw would take were it not for what goes before it, as if it had been pasted. */
export async function putKeyFirst(visit: Visit): Promise<Awaited<ReturnType<typeof offerKey>>> {
  const found = findKey(await readSnapshot(visit));
  if (!found) return null;
  visit.auth = "api-key";
  visit.model = null;
  return offerKey(visit, found.value);
}

/** Ends whatever is being asked: what runs of OpenClaw may have its databases open. */
export async function endWho({ who }: Pick<Visit, "who">): Promise<void> {
  const jobs = [who?.verification, who?.reply, who?.limits];
  for (const job of jobs) job?.cancel();
  await Promise.all(jobs.map((job) => job?.settled));
}

/**
 * Whether the gateway that runs was started before the file of the credential was changed: it reads a key once,
 * at its start. False where nothing tells.
 */
export function isReadBefore(gateway: GatewayState, { answers }: WhoAnswers): boolean {
  if (gateway.kind !== "here" || !gateway.isRunning || gateway.startedAt === null) return false;
  if (answers?.place !== "dotenv" || answers.file === null) return false;
  const changed = statSync(answers.file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed > gateway.startedAt;
}

/** When this program wrote here last, in ISO 8601; null where nothing tells, or all of it is taken back. */
export async function writtenLast(snapshot: Snapshot): Promise<string | null> {
  const found = await findLastWrite(
    snapshot.stateDir,
    [dirname(snapshot.configPath)],
    secretsOf(snapshot),
  );
  return found.ok ? (found.value?.at ?? null) : null;
}

function stampOf({ configBytes, dotenvBytes, profilesBytes, version }: Snapshot): string {
  const hash = createHash("sha256").update(version ?? "");
  for (const bytes of [configBytes, dotenvBytes, profilesBytes]) {
    hash.update(`${bytes?.length ?? "absent"}:`).update(bytes ?? "");
  }
  return hash.digest("hex");
}
