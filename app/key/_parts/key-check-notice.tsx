/** Shows what OpenAI, or another server, said about the key, and what to do. */

import { getFormatter, getTranslations } from "next-intl/server";
import { HelpLink, type HelpLinkProps } from "@/app/_parts/help/help-link";
import { Details, Notice, type NoticeProps } from "@/components/ui/notice";
import { DEFAULT_OPENAI_BASE_URL, nameOfAddress } from "@/lib/openai/base-url";
import type { KeyCheck } from "@/lib/openai/check-key";
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
  const values = {
    key: masked,
    who: nameOfAddress(at),
    count: check?.kind === "works" ? check.models.length : 0,
    status: check && "status" in check ? String(check.status) : "",
    seconds: check?.kind === "rate-limited" ? (check.retryAfterSeconds ?? 0) : 0,
    answer: check?.kind === "not-json" ? answerOf(check) : "",
  };
  const words = wordsFor(check);
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

const HELP: Partial<Record<ReturnType<typeof wordsFor>, HelpLinkProps["to"]>> = {
  refused: "keys",
  "no-credit": "billing",
};

/** The page's title may be missing. */
function answerOf({ status, title }: Extract<KeyCheck, { kind: "not-json" }>): string {
  return [status, title].filter(Boolean).join(" ");
}

/** Another key would not help against a refusal for the region or account. */
function wordsFor(check: KeyCheck | null) {
  if (check === null) return "broken";
  if (check.kind !== "refused") return check.kind;
  if (check.reason === "hostname") return "hostname";
  return check.reason === "organization" || check.reason === "project" ? "account" : "refused";
}
