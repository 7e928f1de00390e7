/** Why nothing was written (or undone), and what to do. */

import { getTranslations } from "next-intl/server";
import { Details, Notice } from "@/components/ui/notice";
import type { WriteRefusal } from "@/lib/files/types";

export async function WriteRefusalNotice({ refusal }: Readonly<{ refusal: WriteRefusal }>) {
  const [t, common] = [await getTranslations("write"), await getTranslations("app")];
  const known = t.has(`${refusal.code}.title`) ? refusal.code : "io";
  return (
    <Notice tone="bad" title={t(`${known}.title`, { path: refusal.path })}>
      <p>{t(`${known}.next`, { path: refusal.path })}</p>
      <p>{t("nothingWritten")}</p>
      <Details label={common("details")} text={refusal.detail} />
    </Notice>
  );
}
