/** From what a visit has chosen so far to a plan. */

import type { Result } from "@/lib/result";
import { planSetup } from "@/lib/setup/plan";
import type { Plan, PlanRefusal, Snapshot } from "@/lib/setup/types";
import type { Wizard } from "@/lib/setup/wizard";

/** Null while something has not been chosen yet. */
export function planOf(wizard: Wizard, snapshot: Snapshot): Result<Plan, PlanRefusal> | null {
  // A key given earlier in the visit is not what a person who then signed in wants written.
  if (wizard.auth === "chatgpt" || !wizard.key || !wizard.model) return null;
  return planSetup(snapshot, {
    auth: "api-key",
    apiKey: wizard.key.value,
    model: wizard.model,
    keyForm: wizard.keyForm,
    declined: wizard.declined,
    gatewayToken: wizard.gatewayToken,
  });
}
