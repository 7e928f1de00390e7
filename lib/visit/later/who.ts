/** For later starts: asks OpenClaw who answers, for a short reply, and for the plan's limits. */

import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { askPlanLimits } from "@/lib/openclaw/command/plan-limits";
import { err } from "@/lib/result";
import { findKey } from "@/lib/setup/machine/found-key";
import { answersHere, type GatewayState } from "@/lib/setup/machine/gateway";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { secretsOf } from "@/lib/setup/plan/secrets";
import type { Snapshot } from "@/lib/setup/snapshot";
import { requestReply } from "@/lib/setup/verify/reply";
import { prepare, verifySetup } from "@/lib/setup/verify/verify";
import type { WhoAnswers } from "@/lib/setup/verify/who-answers";
import { findLastWrite } from "@/lib/setup/write/last-write";
import { settledWithin, startJob } from "@/lib/system/job";
import { offerKey } from "@/lib/visit/key";
import { readSnapshot } from "@/lib/visit/machine";
import type { LimitsAnswer, WhoAsked } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

/** Asks once per state of the files. */
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

/** Sends one short paid question, through a running gateway if possible. */
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

/** A whole turn if the release cannot ask the model alone. */
export function extentOf({ era }: Pick<Snapshot, "era">): "words" | "turn" {
  return era.commands.inferModelRun === "none" ? "turn" : "words";
}

/** OpenClaw sends one request to ChatGPT with its login. */
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

/** Takes the key that OpenClaw would use next as if it were pasted. */
export async function putKeyFirst(visit: Visit): Promise<Awaited<ReturnType<typeof offerKey>>> {
  const found = findKey(await readSnapshot(visit));
  if (!found) return null;
  visit.auth = "api-key";
  visit.model = null;
  return offerKey(visit, found.value);
}

/** Ends all questions first, since OpenClaw may have its databases open. */
export async function endWho({ who }: Pick<Visit, "who">): Promise<void> {
  const jobs = [who?.verification, who?.reply, who?.limits];
  for (const job of jobs) job?.cancel();
  await Promise.all(jobs.map((job) => job?.settled));
}

/** Whether the gateway started before the credential's file changed, since it reads keys only then. */
export function isReadBefore(gateway: GatewayState, { answers }: WhoAnswers): boolean {
  if (!answersHere(gateway) || gateway.startedAt === null) return false;
  if (answers?.place !== "dotenv" || answers.file === null) return false;
  const changed = statSync(answers.file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed > gateway.startedAt;
}

/** When this program last wrote here (ISO 8601); null if unknown or undone. */
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
