/** From what a visit has chosen so far to a plan. */

import type { Result } from "@/lib/result";
import { planSetup } from "@/lib/setup/plan/plan";
import type { LoginTokens, Plan, PlanRefusal, Snapshot } from "@/lib/setup/types";
import type { Wizard } from "@/lib/visit/visit";

/** Null while something has not been chosen yet. `login`: the tokens of the visit's ChatGPT login. */
export function planOf(
  wizard: Wizard,
  snapshot: Snapshot,
  login: LoginTokens | null,
): Result<Plan, PlanRefusal> | null {
  if (!wizard.model) return null;
  const common = {
    model: wizard.model,
    otherDefault: wizard.otherDefault,
    declined: wizard.declined,
    accepted: wizard.accepted,
    gatewayToken: wizard.gatewayToken,
  };
  if (wizard.auth === "chatgpt") {
    // A key given earlier in the visit is not what a person who then signed in wants written.
    const apiKey = wizard.backup ? (wizard.key?.value ?? null) : null;
    const chosen = { auth: "chatgpt", apiKey, keyForm: null, ...common } as const;
    return login && planSetup(snapshot, { ...chosen, login });
  }
  const { key, keyForm } = wizard;
  return key && planSetup(snapshot, { auth: "api-key", apiKey: key.value, keyForm, ...common });
}
