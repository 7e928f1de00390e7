/** Estimates a model's monthly cost, so that no bill comes as a surprise. */

import { useFormatter, useTranslations } from "next-intl";
import { OutsideLink } from "@/components/ui/text-link";
import { OPENAI_PAGES } from "@/lib/openai/pages";
import { TURN_TOKENS } from "@/lib/openclaw/releases/turn-size";
import type { ModelChoice } from "@/lib/setup/model-proposals";
import { monthlyCost, USES } from "@/lib/setup/monthly-cost";

const KINDS = ["some", "much", "always"] as const;

export interface MonthlyCostProps {
  readonly choices: ReadonlyArray<Pick<ModelChoice, "ref" | "label" | "price">>;
}

/** Shows the first three models with a price. */
export function MonthlyCost({ choices }: MonthlyCostProps) {
  const t = useTranslations("monthlyCost");
  const format = useFormatter();
  const priced = choices
    .flatMap(({ ref, label, price }) => (price ? [{ ref, label, price }] : []))
    .slice(0, 3);
  if (priced.length === 0) return null;
  const usd = (amount: number) =>
    format.number(amount, {
      style: "currency",
      currency: "USD",
      maximumFractionDigits: amount < 10 ? 1 : 0,
    });
  return (
    <details className="mt-2">
      <summary className="py-2 font-semibold">{t("title")}</summary>
      <div className="overflow-x-auto">
        <table className="mt-1 w-full text-base">
          <thead className="text-sm text-quiet">
            <tr>
              <th scope="col" className="py-1 pe-4 text-start font-semibold">
                {t("use")}
              </th>
              {priced.map(({ ref, label }) => (
                <th key={ref} scope="col" className="py-1 ps-4 text-end font-semibold">
                  {label ?? <code>{ref.replace(/^openai\//u, "")}</code>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {KINDS.map((kind) => (
              <tr key={kind} className="border-t border-line">
                <th scope="row" className="py-2 pe-4 text-start font-normal">
                  {t(kind, { turns: USES[kind] })}
                </th>
                {priced.map(({ ref, price }) => (
                  <td key={ref} className="py-2 ps-4 text-end tabular-nums">
                    {usd(monthlyCost(price)[kind])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-sm text-quiet">
        {t.rich("about", {
          tokens: format.number(TURN_TOKENS.input),
          usage: (words) => <OutsideLink href={OPENAI_PAGES.usage}>{words}</OutsideLink>,
        })}
      </p>
    </details>
  );
}
