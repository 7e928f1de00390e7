/** Turns a machine snapshot and choices into a plan: files with exact bytes before and after. */

import { err, ok, type Result } from "@/lib/result";
import type { Choices } from "@/lib/setup/choices";
import { parseModelRef } from "@/lib/setup/model-ref";
import { planCredential } from "@/lib/setup/plan/credential";
import { planDefaultModel } from "@/lib/setup/plan/default-model";
import { digestOf } from "@/lib/setup/plan/digest";
import { planEdits } from "@/lib/setup/plan/edits";
import { planFiles } from "@/lib/setup/plan/files";
import { planHandOver, proposeHandOver } from "@/lib/setup/plan/hand-over";
import { planRepairs, withGone } from "@/lib/setup/plan/repairs";
import { readSources } from "@/lib/setup/plan/sources";
import { planWords } from "@/lib/setup/plan/words";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan, PlanRefusal } from "@/lib/setup/types";

/** Pure: equal inputs give equal bytes. */
export function planSetup(snapshot: Snapshot, choices: Choices): Result<Plan, PlanRefusal> {
  const { model } = choices;
  if (!parseModelRef(model).ok) return err({ code: "invalid-model-ref", ref: model });
  const sources = readSources(snapshot);
  if (!sources.ok) return sources;
  const given = { snapshot, choices, sources: sources.value };
  const credential = planCredential(given);
  const defaultModel = planDefaultModel(given);
  const proposed = proposeHandOver(given, defaultModel);
  if (!proposed.ok) return proposed;
  const findings = planRepairs(given, credential, defaultModel, proposed.value);
  const required = [...defaultModel.edits, ...credential.edits, ...proposed.value.edits];
  const edits = planEdits(given, required, findings);
  if (!edits.ok) return edits;
  const handed = planHandOver(given, proposed.value, edits.value);
  const written = planFiles(given, credential, edits.value, handed);
  if (!written.ok) return written;
  const { files, config, older } = written.value;
  const { handOver, agentFiles } = handed;
  const stages = {
    credential,
    defaultModel,
    edits: edits.value,
    handOver: handed,
    files: written.value,
  };
  const words = planWords(given, stages);
  const repairs = [...edits.value.repairs, ...(older ? [older] : [])];
  return ok({
    snapshot,
    model,
    keyForm: credential.keyForm,
    keyForms: credential.keyForms,
    files,
    unwritten: written.value.unwritten,
    handOver,
    agentFiles,
    config,
    otherDefault: defaultModel.otherDefault,
    repairs: withGone(repairs, findings, sources.value.config, words.secrets),
    ...words,
    digest: digestOf({ files, handOver, agentFiles }),
  });
}
