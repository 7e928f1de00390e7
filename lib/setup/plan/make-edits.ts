/** Makes a plan's edits across included files; a failed optional edit never stops the rest. */

import type { ConfigFiles, IncludeProblem, ResolvedConfig } from "@/lib/openclaw/config/include";
import { editResolvedConfig } from "@/lib/openclaw/config/include-edit";
import { err, ok, type Result } from "@/lib/result";
import type { Finding } from "@/lib/setup/repairs/finding";
import { createConfig, editConfig, INCLUDE_KEY } from "@/lib/text/json5/edit";
import type { ConfigEdit, EditRefusal, Json } from "@/lib/text/json5/types";
import { applyEdit, sameJson } from "@/lib/text/json5/value";

export interface PlannedEdits {
  readonly texts: ReadonlyMap<string, string>;
  readonly value: Json;
  readonly edits: readonly ConfigEdit[];
  /** Why a finding could not be repaired, by its id. */
  readonly blocked: ReadonlyMap<string, EditRefusal>;
}

type Made = Result<
  { readonly texts: ReadonlyMap<string, string>; readonly value: Json },
  EditRefusal | IncludeProblem
>;

/** Makes all `required` edits or none, and those of findings where possible. */
export function makeEdits(
  files: ConfigFiles,
  present: ResolvedConfig,
  required: readonly ConfigEdit[],
  findings: readonly Finding[],
): Result<PlannedEdits, EditRefusal | IncludeProblem> {
  const none: ReadonlyMap<string, EditRefusal> = new Map();
  const all = [...required, ...findings.flatMap((finding) => finding.edits)];
  const atOnce = make(files, present, all);
  if (atOnce.ok) return ok({ ...atOnce.value, edits: all, blocked: none });
  let edits = required;
  let made = make(files, present, edits);
  if (!made.ok) return made;
  const blocked = new Map<string, EditRefusal>();
  for (const finding of findings) {
    const more = [...edits, ...finding.edits];
    const tried = make(files, present, more);
    if (tried.ok) [edits, made] = [more, tried];
    else if ("include" in tried.error || "error" in tried.error) return tried;
    else blocked.set(finding.id, tried.error);
  }
  return ok({ ...made.value, edits, blocked });
}

function make(files: ConfigFiles, present: ResolvedConfig, edits: readonly ConfigEdit[]): Made {
  // Omits edits without effect, so that a correct config keeps its bytes.
  let value = present.value;
  const needed = edits.filter((edit) => {
    const next = applyEdit(value, edit);
    if (next === undefined) return true;
    if (sameJson(value, next)) return false;
    value = next;
    return true;
  });
  if (needed.length === 0) return ok({ texts: new Map(), value: present.value });
  const [main, ...others] = present.files;
  if (files.read(files.root) === null || main === undefined) {
    return ok({ texts: new Map([[files.root, createConfig(value)]]), value });
  }
  if (others.length > 0 || main.text.includes(INCLUDE_KEY)) {
    return editResolvedConfig(files, needed);
  }
  const edited = editConfig(main.text, needed);
  return edited.ok
    ? ok({ texts: new Map([[files.root, edited.value]]), value })
    : err(edited.error);
}
