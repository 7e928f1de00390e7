/** Plan stage: findings that stand in the way of the choice, in the page's order. */

import type { PlannedCredential } from "@/lib/setup/plan/credential";
import type { PlannedDefaultModel } from "@/lib/setup/plan/default-model";
import type { ProposedHandOver } from "@/lib/setup/plan/hand-over";
import type { Given } from "@/lib/setup/plan/sources";
import { findRepairs } from "@/lib/setup/repairs/find-repairs";
import type { Finding } from "@/lib/setup/repairs/finding";

export function planRepairs(
  { snapshot, choices, sources }: Given,
  { keyForm }: PlannedCredential,
  { config }: PlannedDefaultModel,
  { findings }: ProposedHandOver,
): Finding[] {
  return [...findings, ...findRepairs(snapshot, config, sources.variables, choices, keyForm)];
}
