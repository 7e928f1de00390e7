/** Plan stage: sets the chosen default model and decides about the present one. */

import type { Given } from "@/lib/setup/plan/sources";
import { modelEdits, otherDefaultOf } from "@/lib/setup/repairs/default-model";
import type { Plan } from "@/lib/setup/types";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit } from "@/lib/text/json5/value";

export interface PlannedDefaultModel {
  readonly otherDefault: Plan["otherDefault"];
  readonly edits: readonly ConfigEdit[];
  readonly config: Json;
}

export function planDefaultModel({ snapshot, choices, sources }: Given): PlannedDefaultModel {
  const { config, variables } = sources;
  const otherDefault = otherDefaultOf(snapshot, config, variables, choices);
  const edits = modelEdits(config, choices.model, otherDefault, snapshot.era);
  return { otherDefault, edits, config: withEdits(config, edits) };
}

/** Skips edits that cannot be made. */
export function withEdits(config: Json, edits: readonly ConfigEdit[]): Json {
  return edits.reduce<Json>((now, edit) => applyEdit(now, edit) ?? now, config);
}
