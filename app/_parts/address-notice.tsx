/** Warns about a wrong or dangerous OPENAI_BASE_URL before a key is given. */

import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { parseOpenAiBaseUrl } from "@/lib/openai/base-url";

export async function AddressNotice() {
  const t = await getTranslations("address");
  const base = parseOpenAiBaseUrl(process.env["OPENAI_BASE_URL"]);
  if (!base.ok) {
    const { code, detail } = base.error;
    return (
      <Notice tone="bad" title={t("refused.title")}>
        <p className="wrap-anywhere">{t(`refused.${code}`, { detail })}</p>
        <p>{t("refused.next")}</p>
      </Notice>
    );
  }
  if (base.value.notice !== "plain-http") return null;
  return (
    <Notice tone="warn" title={t("plain.title")}>
      <p className="wrap-anywhere">{t("plain.next", { address: base.value.href })}</p>
    </Notice>
  );
}
