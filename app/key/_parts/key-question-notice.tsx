/** Asks whether to send a text that may be another service's secret. */

import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { KeyQuestion } from "@/lib/openai/api-key";
import { maskSecret } from "@/lib/secrets/mask-secret";

interface KeyQuestionNoticeProps {
  readonly asked: { readonly text: string; readonly question: KeyQuestion };
  readonly who: string;
  readonly confirm: (form: FormData) => Promise<never>;
}

export async function KeyQuestionNotice({ asked, who, confirm }: KeyQuestionNoticeProps) {
  const t = await getTranslations("keyQuestion");
  const { question, text } = asked;
  const vendor = question.code === "other-vendor" ? question.vendor : "";
  return (
    <Notice tone="warn" title={t(`${question.code}`, { vendor })} id="key-question">
      <p>{t("next", { who, key: maskSecret(text) })}</p>
      <form action={confirm} className="mt-3">
        <Button kind="quiet">{t("send", { who })}</Button>
      </form>
    </Notice>
  );
}
