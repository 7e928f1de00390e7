/** What OpenAI said of the key: one sentence of what happened, one of what to do, its own words folded. */

import { getTranslations } from "next-intl/server";
import { Details, Notice, type NoticeProps } from "@/components/ui/notice";
import type { KeyCheck } from "@/lib/openai/check-key";

const TONES: Partial<Record<KeyCheck["kind"], NoticeProps["tone"]>> = {
  works: "good",
  refused: "bad",
  cancelled: "info",
};

/** `check` is null where the check itself broke down. */
export async function KeyCheckNotice({
  check,
  masked,
  id,
}: Readonly<{ check: KeyCheck | null; masked: string; id?: string }>) {
  const [t, common] = [await getTranslations("keyCheck"), await getTranslations("app")];
  const kind = check?.kind ?? "broken";
  const values = {
    key: masked,
    count: check?.kind === "works" ? check.models.length : 0,
    status: check && "status" in check ? String(check.status) : "",
    seconds: check?.kind === "rate-limited" ? (check.retryAfterSeconds ?? 0) : 0,
    page: check?.kind === "not-json" ? (check.title ?? "") : "",
  };
  return (
    <Notice
      {...(id ? { id } : {})}
      tone={TONES[kind as KeyCheck["kind"]] ?? "warn"}
      title={t(`${kind}.title`, values)}
    >
      <p>{t(`${kind}.next`, values)}</p>
      <Details label={common("details")} text={check?.detail ?? ""} />
    </Notice>
  );
}
