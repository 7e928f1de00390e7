/** Stage of a plan: the default model as chosen, and what becomes of one that stands there. */

import type { Given } from "@/lib/setup/plan/sources";
import { modelEdits, otherDefaultOf } from "@/lib/setup/repairs/default-model";
import type { Plan } from "@/lib/setup/types";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit } from "@/lib/text/json5/value";

export interface PlannedDefaultModel {
  readonly otherDefault: Plan["otherDefault"];
  readonly edits: readonly ConfigEdit[];
  /** The config with these edits, for the stages that look at the model. */
  readonly config: Json;
}

/** Pure. */
export function planDefaultModel({ snapshot, choices, sources }: Given): PlannedDefaultModel {
  const { config, variables } = sources;
  const otherDefault = otherDefaultOf(snapshot, config, variables, choices);
  const edits = modelEdits(config, choices.model, otherDefault, snapshot.era);
  return { otherDefault, edits, config: withEdits(config, edits) };
}

/** The config as it is after these edits; one that cannot be made is passed over. */
export function withEdits(config: Json, edits: readonly ConfigEdit[]): Json {
  return edits.reduce<Json>((now, edit) => applyEdit(now, edit) ?? now, config);
}
