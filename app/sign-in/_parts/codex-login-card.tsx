/** Offers Codex's login on this machine: whose it is, its age, and what sharing means. */

import { useFormatter, useTranslations } from "next-intl";
import { CommandLine } from "@/app/_parts/command-line";
import { AccountCheckNotice } from "@/app/sign-in/_parts/account-check-notice";
import { cancelCodexCheck, shareCodexLogin } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import type { AccountCheck } from "@/lib/openai/chatgpt/account-check";
import type { CodexLogin } from "@/lib/openai/chatgpt/codex-login";
import { planInfo } from "@/lib/openai/chatgpt/plans";
import type { Job } from "@/lib/system/job";
import { shellCommand } from "@/lib/system/shell-words";

export interface CodexLoginCardProps {
  readonly found: Extract<CodexLogin, { kind: "found" }>;
  readonly where: string;
  /** Null before the check, or if there is no ChatGPT to ask. */
  readonly check: Job<AccountCheck> | null;
  readonly asks: boolean;
}

export function CodexLoginCard({ found, where, check, asks }: CodexLoginCardProps) {
  const [t, common] = [useTranslations("codex"), useTranslations("signIn.signedIn")];
  const format = useFormatter();
  const { account, refreshedAt } = found;
  const plan = planInfo(account.plan);
  const lines = [
    [common("account"), account.email ?? account.name ?? account.accountId],
    [common("plan"), plan.name ?? plan.raw],
    [t("renewed"), refreshedAt === null ? null : format.relativeTime(refreshedAt)],
    // A path keeps its order in every language.
    [t("file"), <code key={where}>{where}</code>],
  ] as const;
  return (
    <section aria-labelledby="codex" className="mt-6 mb-6 rounded-xl border border-line p-5">
      <h3 id="codex" className="font-semibold">
        {t("title")}
      </h3>
      <dl className="mt-2 grid gap-x-6 text-base sm:grid-cols-[auto_1fr]">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name}</dt>
            <dd className="min-w-0 break-words">{value || "–"}</dd>
          </div>
        ))}
      </dl>
      {found.readableByOthers && (
        <>
          <p className="mt-3 text-warn">{t("readable")}</p>
          <CommandLine text={shellCommand(["chmod", "600", found.path])} />
        </>
      )}
      {found.expired && <p className="mt-3 font-semibold text-warn">{t("ended")}</p>}
      {!found.expired && check === null && (
        <form action={shareCodexLogin}>
          <p id="codex-risk" className="mt-3">
            {t("risk")}
          </p>
          <p className="mt-2 mb-3 text-base text-quiet">{asks ? t("asked") : t("untried")}</p>
          <Button kind="quiet" aria-describedby="codex-risk">
            {t("button")}
          </Button>
        </form>
      )}
      {!found.expired && check !== null && <Checked check={check} />}
    </section>
  );
}

/** A refused login can be checked again; an unknown one can also be used. */
function Checked({ check }: Readonly<{ check: Job<AccountCheck> }>) {
  const [t, asked] = [useTranslations("codex"), useTranslations("accountCheck")];
  const { result } = check;
  const refused = result?.kind === "done" && result.value.kind === "refused";
  return (
    <>
      <AccountCheckNotice job={check} cancel={cancelCodexCheck} ofCodex />
      <div className="flex flex-wrap gap-4">
        {result !== null && (
          <form action={shareCodexLogin}>
            <Button kind="quiet">{asked("again")}</Button>
          </form>
        )}
        {result !== null && !refused && (
          <form action={shareCodexLogin}>
            <p id="codex-risk" className="mb-3">
              {t("risk")}
            </p>
            <input type="hidden" name="unchecked" value="1" />
            <Button kind="quiet" aria-describedby="codex-risk">
              {t("unchecked")}
            </Button>
          </form>
        )}
      </div>
    </>
  );
}
