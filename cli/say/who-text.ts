/** Describes who answers and who pays in the page's words. */

import type { Words } from "@/lib/i18n/words";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { priceOf } from "@/lib/setup/model-proposals";
import type { WhoAnswers } from "@/lib/setup/verify/who-answers";
import { visible } from "@/lib/text/visible";

/** Empty without a credential. */
export function whoLines(
  { model, holders, answers, isOpenAi }: WhoAnswers,
  { told, shown }: Pick<MachineView, "told" | "shown">,
  { who: t, done, model: m, usd }: Words,
): readonly string[] {
  if (holders.length === 0) return [];
  const pays = answers?.kind === "key" || answers?.kind === "login" ? answers.kind : null;
  const price = pays === "key" && model !== null ? priceOf(told, model) : null;
  return [
    t("title"),
    ...(isOpenAi ? [] : [`  ${t("now")}: ${t("other")}`]),
    ...holders.map(({ place, name, file, shown: ends, state }, index) => {
      const where = [name, ends, file && shown(file)]
        .filter(Boolean)
        .map((one) => visible(`${one}`));
      return `  ${index + 1}. ${t(`place.${place}`)}: ${where.join(", ")}. ${t(`state.${state}`)}`;
    }),
    ...(pays ? [`  ${done(`pays.${pays}`)}`] : []),
    ...(price ? [`  ${m("price", { input: usd(price.input), output: usd(price.output) })}`] : []),
  ];
}
