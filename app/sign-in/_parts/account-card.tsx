/** Shows the signed-in account and what its plan allows. */

import { useFormatter, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { LoginSummary } from "@/lib/openai/chatgpt/login";
import { planInfo } from "@/lib/openai/chatgpt/plans";

export interface AccountCardProps {
  readonly account: LoginSummary;
  /** ChatGPT lists models for the account, so the plan's name no longer matters. */
  readonly proven: boolean;
}

export function AccountCard({ account, proven }: AccountCardProps) {
  const t = useTranslations("signIn");
  const format = useFormatter();
  const plan = planInfo(account.plan);
  const planName = plan.name ?? (plan.raw || t("signedIn.unknown"));
  const date = format.dateTime(account.expiresAt, { dateStyle: "long" });
  const lines = [
    ["account", account.email ?? account.name ?? account.accountId ?? t("signedIn.unknown")],
    ["plan", planName],
    ["expires", t("signedIn.renewed", { date })],
  ] as const;
  return (
    <>
      <dl className="grid gap-x-6 gap-y-2 rounded-xl border border-line bg-surface p-5 sm:grid-cols-[auto_1fr]">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{t(`signedIn.${name}`)}</dt>
            <dd className="min-w-0 font-semibold break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {!proven && plan.codex === "limited" && (
        <Notice tone="warn" title={t("limited.title", { plan: planName })}>
          <p>{t("limited.next")}</p>
        </Notice>
      )}
      {!proven && plan.codex === "unknown" && plan.raw !== "" && (
        <Notice tone="info" title={t("unknownPlan.title")}>
          <p>{t("unknownPlan.next")}</p>
        </Notice>
      )}
    </>
  );
}
