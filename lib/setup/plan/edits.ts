/** Plan stage: the edits to the config and the findings they repair. */

import { err, ok, type Result } from "@/lib/result";
import { makeEdits, type PlannedEdits } from "@/lib/setup/plan/make-edits";
import { type Given, includeRefusal } from "@/lib/setup/plan/sources";
import { type Finding, isWanted } from "@/lib/setup/repairs/finding";
import type { PlanRefusal, Repair } from "@/lib/setup/types";
import type { ConfigEdit } from "@/lib/text/json5/types";

export interface MadeEdits extends PlannedEdits {
  readonly accepted: readonly Finding[];
  readonly repairs: readonly Repair[];
}

/** Makes all `required` edits or fails, and adds those of accepted findings that work. Pure. */
export function planEdits(
  {
    snapshot,
    choices,
    sources,
  }: Pick<Given, "snapshot" | "sources"> & {
    readonly choices: Pick<Given["choices"], "accepted" | "declined">;
  },
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
