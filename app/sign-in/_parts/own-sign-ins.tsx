/** Lists sign-in methods that only OpenClaw has, and what it has stored. */

import { useFormatter, useTranslations } from "next-intl";
import { CommandLine } from "@/app/_parts/command-line";
import { cancelStored, seeStored } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import { Waiting } from "@/components/wait/waiting";
import type { OwnSignIn } from "@/lib/setup/machine/own-sign-ins";
import type { StoredLogins } from "@/lib/setup/verify/stored-logins";
import type { Job } from "@/lib/system/job";
import { visible } from "@/lib/text/visible";

export interface OwnSignInsProps {
  readonly ways: readonly OwnSignIn[];
  readonly stored: Job<StoredLogins> | null;
  /** The command that sets a model for a login. */
  readonly setModel: string;
}

export function OwnSignIns({ ways, stored, setModel }: OwnSignInsProps) {
  const t = useTranslations("signIn.own");
  if (ways.length === 0) return null;
  return (
    <section aria-labelledby="own" className="mt-12 border-t border-line pt-6">
      <h2 id="own" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="mt-2 text-base text-quiet">{t("about")}</p>
      {ways.map(({ method, label, hint, command }) => (
        <div key={command} className="mt-5">
          <h3 className="font-semibold">{visible(label ?? method)}</h3>
          {hint && <p className="text-base text-quiet">{visible(hint)}</p>}
          <CommandLine text={command} />
        </div>
      ))}
      {stored?.result === null ? (
        <Waiting what={t("asking")} since={stored.startedAt} cancel={cancelStored} />
      ) : (
        <form action={seeStored} className="mt-5">
          <Button kind="quiet">{t("see")}</Button>
        </form>
      )}
      {stored?.result && <Stored result={stored.result} setModel={setModel} />}
    </section>
  );
}

function Stored({
  result,
  setModel,
}: Readonly<{ result: NonNullable<Job<StoredLogins>["result"]>; setModel: string }>) {
  const [t, common, format] = [
    useTranslations("signIn.own"),
    useTranslations("app"),
    useFormatter(),
  ];
  const seen = result.kind === "done" && result.value.kind === "seen" ? result.value : null;
  if (seen === null) {
    const failed = result.kind === "done" && result.value.kind === "failed" ? result.value : null;
    return (
      <Notice tone="warn" title={t("unknown")}>
        {failed && <Details label={common("details")} text={failed.failure.detail} />}
      </Notice>
    );
  }
  if (seen.profiles.length === 0) {
    return (
      <Notice tone="warn" title={t("none")}>
        <p>{t("noneNext")}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title={t("stored")}>
      <ul>
        {seen.profiles.map(({ id, type, status, expiresAt }) => (
          <li key={id}>
            <code>{visible(id)}</code> {visible(`${type}, ${status}`)}
            {expiresAt !== null &&
              `, ${t("until", { date: format.dateTime(expiresAt, { dateStyle: "medium" }) })}`}
          </li>
        ))}
      </ul>
      <p className="mt-2">{t("next")}</p>
      <CommandLine text={setModel} />
    </Notice>
  );
}
