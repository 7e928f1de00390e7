/** From what a visit has chosen so far to a plan. */

import type { Result } from "@/lib/result";
import { planSetup } from "@/lib/setup/plan";
import type { LoginTokens, Plan, PlanRefusal, Snapshot } from "@/lib/setup/types";
import type { Wizard } from "@/lib/setup/wizard";

/** Null while something has not been chosen yet. `login`: the tokens of the visit's ChatGPT login. */
export function planOf(
  wizard: Wizard,
  snapshot: Snapshot,
  login: LoginTokens | null,
): Result<Plan, PlanRefusal> | null {
  if (!wizard.model) return null;
  const common = {
    model: wizard.model,
    keyForm: wizard.keyForm,
    declined: wizard.declined,
    accepted: wizard.accepted,
    gatewayToken: wizard.gatewayToken,
  };
  if (wizard.auth === "chatgpt") {
    // A key given earlier in the visit is not what a person who then signed in wants written.
    return login && planSetup(snapshot, { auth: "chatgpt", login, apiKey: null, ...common });
  }
  return (
    wizard.key && planSetup(snapshot, { auth: "api-key", apiKey: wizard.key.value, ...common })
  );
}
