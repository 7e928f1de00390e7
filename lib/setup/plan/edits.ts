/** Stage of a plan: the edits of the config that are made, and the findings mended by them. */

import { err, ok, type Result } from "@/lib/result";
import { makeEdits, type PlannedEdits } from "@/lib/setup/plan/make-edits";
import { type Given, includeRefusal } from "@/lib/setup/plan/sources";
import { type Finding, isWanted } from "@/lib/setup/repairs/finding";
import type { PlanRefusal, Repair } from "@/lib/setup/types";
import type { ConfigEdit } from "@/lib/text/json5/types";

export interface MadeEdits extends PlannedEdits {
  /** The findings that were wanted and could be mended. */
  readonly accepted: readonly Finding[];
  /** Every finding, and what became of it. */
  readonly repairs: readonly Repair[];
}

/** Pure. `required` are made or nothing is planned; of the findings those that are wanted and can be. */
export function planEdits(
  { snapshot, choices, sources }: Given,
  required: readonly ConfigEdit[],
  findings: readonly Finding[],
): Result<MadeEdits, PlanRefusal> {
  const { files, resolved } = sources;
  const wanted = findings.filter((finding) => isWanted(finding, choices));
  const made = makeEdits(files, resolved, required, wanted);
  if (!made.ok) {
    const { error } = made;
    if ("include" in error || "error" in error) return err(includeRefusal(error));
    return err({ code: "edit-refused", path: error.file ?? snapshot.configPath, refusal: error });
  }
  const { blocked } = made.value;
  const accepted = wanted.filter(({ id }) => !blocked.has(id));
  const repairs = findings.map(
    ({ edits: _edits, clearDotenv: _clear, setDotenv: _set, onRequest = false, ...finding }) => ({
      ...finding,
      onRequest,
      accepted: accepted.some(({ id }) => id === finding.id),
      blocked: blocked.get(finding.id) ?? null,
    }),
  );
  return ok({ ...made.value, accepted, repairs });
}
