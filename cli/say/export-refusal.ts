/** Explains a failed export in the page's words. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import { planFailure } from "@/cli/say/plan-refusal";
import type { Words } from "@/lib/i18n/words";
import type { ExportRefusal } from "@/lib/setup/export/types";
import { visible } from "@/lib/text/visible";

export function exportFailure(
  refusal: ExportRefusal,
  words: Words,
  shown: (path: string) => string,
): Failure {
  if (refusal.code === "plan") return planFailure(refusal.refusal, words, shown);
  const { exported } = words;
  const next = exported("refused.next", { file: visible(refusal.path) });
  return { code: refusal.code, exit: EXIT.noPlan, what: exported("refused.title"), next };
}
