/** What is said beside a model to choose: why it is proposed, its price, its successor. */

import type { ModelChoice, ProposalReason } from "@/lib/setup/model-proposals";

/** The `model` messages of one language. */
export type ModelWords = (
  word: `reason.${ProposalReason}` | "price" | "gone" | "succeeded" | "retired" | "untried",
  values?: Record<string, string>,
) => string;

export function modelFacts(
  { reason, price, retired, known }: ModelChoice,
  t: ModelWords,
  usd: (amount: number) => string,
): string[] {
  return [
    ...(reason ? [t(`reason.${reason}`)] : []),
    ...(price ? [t("price", { input: usd(price.input), output: usd(price.output) })] : []),
    ...(retired?.successor
      ? [
          t(retired.gone ? "gone" : "succeeded", {
            successor: retired.successorLabel ?? retired.successor,
          }),
        ]
      : []),
    ...(retired && !retired.successor ? [t("retired")] : []),
    ...(known ? [] : [t("untried")]),
  ];
}
