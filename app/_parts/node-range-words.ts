/** Phrases a release's Node range for use within a sentence. */

import { getTranslations } from "next-intl/server";
import { type NodeRangePart, nodeRangeParts } from "@/lib/openclaw/program/node-range";

export async function nodeRangeWords(): Promise<(range: string) => string> {
  const t = await getTranslations("nodeRange");
  const words = ({ from, major, last }: NodeRangePart) => {
    if (last === null) return t("open", { from });
    if (last !== major) return t("between", { from, last: String(last) });
    return from === String(major) ? `${major}.x` : t("within", { from, major: String(major) });
  };
  return (range) =>
    nodeRangeParts(range)
      ?.map(words)
      .reduce((one, other) => t("either", { one, other })) ?? range;
}
