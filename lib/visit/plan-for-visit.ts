/** From what a visit has chosen so far to a plan. */

import { createHmac } from "node:crypto";
import { DEFAULT_OPENAI_BASE_URL } from "@/lib/openai/base-url";
import type { Result } from "@/lib/result";
import { planSetup } from "@/lib/setup/plan/plan";
import type { LoginTokens, Plan, PlanRefusal, Snapshot } from "@/lib/setup/types";
import { asDoctored } from "@/lib/visit/before-write/doctor";
import { type GivenKey, givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

/** Null while something has not been chosen yet. `login`: the tokens of the visit's ChatGPT login. */
export function planOf(
  visit: Visit,
  machine: Snapshot,
  login: LoginTokens | null,
): Result<Plan, PlanRefusal> | null {
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
    // A key given earlier in the visit is not what a person who then signed in wants written.
    const apiKey = key?.asBackup ? key.value : null;
    const chosen = { auth: "chatgpt", apiKey, keyForm: null, ...common } as const;
    return login && planSetup(snapshot, { ...chosen, login });
  }
  const { keyForm } = visit;
  return key && planSetup(snapshot, { auth: "api-key", apiKey: key.value, keyForm, ...common });
}

/** The machine with what the check of the visit's key brought to light. */
export function asChecked(snapshot: Snapshot, key: GivenKey | null): Snapshot {
  const check = key?.check;
  const answer = check?.result?.kind === "done" ? check.result.value : null;
  if (answer?.kind !== "works") return snapshot;
  const checkedAt = answer.at === DEFAULT_OPENAI_BASE_URL ? null : answer.at;
  return { ...snapshot, checkedAt, unfitVariables: answer.unfit };
}

/** Stands for all that a visit has chosen, so that a page can tell whether another tab chose otherwise since. No secret can be read from it. */
export function choicesStamp(visit: Visit): string {
  const { auth, model, keyForm, otherDefault, accepted, declined, login, target } = visit;
  const key = givenKey(visit);
  const backup = key?.asBackup ?? false;
  const choices = [auth, model, keyForm, otherDefault, accepted, declined, backup, target];
  const text = JSON.stringify([...choices, login?.id ?? null, key?.value ?? null]);
  return createHmac("sha256", visit.gatewayToken).update(text).digest("hex");
}
