/** Plan stage: findings that stand in the way of the choice, in the page's order. */

import { maskFile, textOfPieces } from "@/lib/secrets/mask";
import type { PlannedCredential } from "@/lib/setup/plan/credential";
import type { PlannedDefaultModel } from "@/lib/setup/plan/default-model";
import type { ProposedHandOver } from "@/lib/setup/plan/hand-over";
import type { Given } from "@/lib/setup/plan/sources";
import { findRepairs } from "@/lib/setup/repairs/find-repairs";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Repair } from "@/lib/setup/types";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

export function planRepairs(
  { snapshot, choices, sources }: Given,
  { keyForm }: PlannedCredential,
  { config }: PlannedDefaultModel,
  { findings }: ProposedHandOver,
): Finding[] {
  return [...findings, ...findRepairs(snapshot, config, sources.variables, choices, keyForm)];
}

/** Sets `gone` on each repair that only removes; `config` has the original values. */
export function withGone(
  repairs: readonly Repair[],
  findings: readonly Finding[],
  config: Json,
  secrets: readonly string[],
): readonly Repair[] {
  const edits = new Map(findings.map((finding) => [finding.id, finding.edits]));
  return repairs.map((repair) => {
    const gone = textOf(edits.get(repair.id) ?? [], config, secrets);
    return gone === "" ? repair : { ...repair, gone };
  });
}

function textOf(edits: Finding["edits"], config: Json, secrets: readonly string[]): string {
  if (edits.some(({ op }) => op !== "remove")) return "";
  const texts = edits.flatMap(({ path }) => {
    const value = valueAt(config, path);
    if (value === undefined) return [];
    // Keeps the value's path, by which secrets are recognized.
    const placed = path.reduceRight<Json>((inner, part) => ({ [part]: inner }), value);
    return [textOfPieces(maskFile(JSON.stringify(placed, null, 2), "json5", secrets))];
  });
  return texts.join("\n");
}
