/** Says on an earlier step why a write led there: another tab took away what it was made of. */

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Outcome } from "@/lib/visit/outcome";

export function ChangedNotice({ outcome }: Readonly<{ outcome: Outcome }>) {
  const t = useTranslations("review.changed");
  if (outcome.kind !== "idle" || outcome.problem?.kind !== "changed") return null;
  return (
    <Notice tone="warn" title={t(outcome.problem.by)}>
      <p>{t("onward")}</p>
    </Notice>
  );
}
