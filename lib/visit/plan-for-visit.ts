/** Computes the plan for a visit's choices. */

import { createHmac } from "node:crypto";
import { DEFAULT_OPENAI_BASE_URL } from "@/lib/openai/base-url";
import type { Result } from "@/lib/result";
import type { LoginTokens } from "@/lib/setup/choices";
import { planTelegram } from "@/lib/setup/plan/channels/telegram";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan, PlanRefusal } from "@/lib/setup/types";
import { asDoctored } from "@/lib/visit/before-write/doctor";
import { type GivenKey, givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

/** Null if a choice is missing. `login` has the visit's ChatGPT tokens. */
export function planOf(
  visit: Visit,
  machine: Snapshot,
  login: LoginTokens | null,
): Result<Plan, PlanRefusal> | null {
  if (visit.telegram) return planTelegram(machine, visit.telegram);
  if (!visit.model) return null;
  const key = givenKey(visit);
  const snapshot = asDoctored(asChecked(machine, key), visit);
  const common = {
    model: visit.model,
    otherDefault: visit.otherDefault,
    declined: visit.declined,
    accepted: visit.accepted,
    gatewayToken: visit.gatewayToken,
  };
  if (visit.auth === "chatgpt") {
    // After a sign-in, an earlier key is written only as backup.
    const apiKey = key?.asBackup ? key.value : null;
    const chosen = { auth: "chatgpt", apiKey, keyForm: null, ...common } as const;
    return login && planSetup(snapshot, { ...chosen, login });
  }
  const { keyForm } = visit;
  return key && planSetup(snapshot, { auth: "api-key", apiKey: key.value, keyForm, ...common });
}

/** Adds what the check of the visit's key revealed. */
export function asChecked(snapshot: Snapshot, key: GivenKey | null): Snapshot {
  const check = key?.check;
  const answer = check?.result?.kind === "done" ? check.result.value : null;
  if (answer?.kind !== "works") return snapshot;
  const checkedAt = answer.at === DEFAULT_OPENAI_BASE_URL ? null : answer.at;
  return { ...snapshot, checkedAt, unfitVariables: answer.unfit };
}

/** Identifies all choices without secrets, so that a page notices changes from another tab. */
export function choicesStamp(visit: Visit): string {
  const { auth, model, keyForm, otherDefault, accepted, declined, login, target } = visit;
  const key = givenKey(visit);
  const backup = key?.asBackup ?? false;
  const choices = [auth, model, keyForm, otherDefault, accepted, declined, backup, target];
  const secrets = [key?.value ?? null, visit.telegram];
  const text = JSON.stringify([...choices, login?.id ?? null, ...secrets]);
  return createHmac("sha256", visit.gatewayToken).update(text).digest("hex");
}
