/** Why no plan could be made: which file, where in it, what to do; nothing has been written. */

import { getTranslations } from "next-intl/server";
import { Details, Notice } from "@/components/ui/notice";
import type { PlanRefusal } from "@/lib/setup/types";

export async function PlanRefusalNotice({ refusal }: Readonly<{ refusal: PlanRefusal }>) {
  const [t, common] = [await getTranslations("planRefusal"), await getTranslations("app")];
  if (refusal.code === "config-unparsable") {
    const { line, column, code, detail } = refusal.error;
    const values = { path: refusal.path, line, column };
    return (
      <Notice tone="bad" title={t("config-unparsable.title", values)}>
        <p>
          {code === "template-literal"
            ? t("config-unparsable.template", values)
            : t("config-unparsable.next", values)}
        </p>
        <Details label={common("details")} text={detail} />
      </Notice>
    );
  }
  const path = "path" in refusal ? refusal.path : refusal.ref;
  const detail = "detail" in refusal ? refusal.detail : "";
  return (
    <Notice tone="bad" title={t(`${refusal.code}.title`, { path })}>
      <p>{t(`${refusal.code}.next`, { path })}</p>
      <Details
        label={common("details")}
        text={refusal.code === "edit-refused" ? refusal.refusal.detail : detail}
      />
    </Notice>
  );
}
