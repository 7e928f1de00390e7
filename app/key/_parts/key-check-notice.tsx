/** Shows what OpenAI, or another server, said about the key, and what to do. */

import { getFormatter, getTranslations } from "next-intl/server";
import { HelpLink, type HelpLinkProps } from "@/app/_parts/help/help-link";
import { Details, Notice, type NoticeProps } from "@/components/ui/notice";
import { DEFAULT_OPENAI_BASE_URL } from "@/lib/openai/base-url";
import type { KeyCheck } from "@/lib/openai/check-key";
import { keyCheckValues, keyCheckWord } from "@/lib/openai/key-check-words";
import type { RoutedKeyCheck } from "@/lib/openai/key-route";

const TONES: Partial<Record<KeyCheck["kind"], NoticeProps["tone"]>> = {
  works: "good",
  refused: "bad",
  cancelled: "info",
};

/** `check` is null if the check itself failed. */
export async function KeyCheckNotice({
  check,
  masked,
  id,
}: Readonly<{ check: RoutedKeyCheck | null; masked: string; id?: string }>) {
  const [t, common] = [await getTranslations("keyCheck"), await getTranslations("app")];
  const format = await getFormatter();
  const at = check?.at ?? DEFAULT_OPENAI_BASE_URL;
  const values = keyCheckValues(check, masked);
  const words = keyCheckWord(check);
  const isElsewhere = values.who === new URL(at).host;
  return (
    <Notice
      {...(id ? { id } : {})}
      tone={(check && TONES[check.kind]) ?? "warn"}
      title={t(`${words}.title`, values)}
    >
      <p>
        {isElsewhere && check?.kind === "no-credit"
          ? t("noCreditElsewhere")
          : t(`${words}.next`, values)}
      </p>
      {!isElsewhere && <HelpLink to={HELP[words]} />}
      {check && check.unfit.length > 0 && (
        <p className="font-semibold">{t("unfit", { names: format.list(check.unfit) })}</p>
      )}
      {at !== DEFAULT_OPENAI_BASE_URL && (
        <p className="wrap-anywhere">{t("askedAt", { address: at })}</p>
      )}
      <Details label={common("details")} text={check?.detail ?? ""} />
    </Notice>
  );
}

const HELP: Partial<Record<ReturnType<typeof keyCheckWord>, HelpLinkProps["to"]>> = {
  refused: "keys",
  "no-credit": "billing",
};
