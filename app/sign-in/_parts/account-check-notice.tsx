/** Shows what ChatGPT said about a login, and what to do. */

import { useTranslations } from "next-intl";
import { HelpLink } from "@/app/_parts/help/help-link";
import { Details, Notice } from "@/components/ui/notice";
import { Waiting } from "@/components/wait/waiting";
import type { AccountCheck } from "@/lib/openai/chatgpt/account-check";
import type { Job } from "@/lib/system/job";

export interface AccountCheckNoticeProps {
  readonly job: Job<AccountCheck>;
  readonly cancel: (form: FormData) => Promise<never>;
  /** For Codex's own login, which only Codex can renew. */
  readonly ofCodex?: boolean;
}

export function AccountCheckNotice({ job, cancel, ofCodex = false }: AccountCheckNoticeProps) {
  const [t, common] = [useTranslations("accountCheck"), useTranslations("app")];
  const { result } = job;
  if (result === null) {
    return <Waiting what={t("asking")} since={job.startedAt} cancel={cancel} twoLines />;
  }
  if (result.kind === "failed") {
    return (
      <Notice tone="warn" title={t("broken.title")}>
        <p>{t("broken.next")}</p>
      </Notice>
    );
  }
  const check = result.value;
  if (check.kind === "usable") {
    return (
      <Notice tone={check.models.length > 0 ? "good" : "warn"} title={t("usable.title")}>
        <p>{t("usable.next", { count: check.models.length })}</p>
        {check.models.length === 0 && <HelpLink to="chatgptSettings" />}
      </Notice>
    );
  }
  const { kind, reason, detail } = check;
  const words = ofCodex && reason === "signed-out" ? "signed-out-codex" : reason;
  return (
    <Notice tone={kind === "refused" ? "bad" : "warn"} title={t(`${words}.title`)}>
      <p>{t(`${words}.next`)}</p>
      {reason === "no-codex-entitlement" && <HelpLink to="chatgptSettings" />}
      <Details label={common("details")} text={detail} />
    </Notice>
  );
}
