/** Shows OpenClaw's objections to the config before the write, and their cause. */

import { getTranslations } from "next-intl/server";
import { checkWait } from "@/app/_parts/wait/job-wait";
import { preflightAgain, skipPreflight } from "@/app/review/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { ConfigIssue } from "@/lib/openclaw/command/commands";
import type { StageName } from "@/lib/setup/stage";
import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Job } from "@/lib/system/job";
import { visibleText } from "@/lib/text/visible";

interface PreflightNoticeProps {
  readonly job: Job<Preflight, StageName>;
  readonly version: string;
}

export async function PreflightNotice({ job, version }: PreflightNoticeProps) {
  const [t, common] = [await getTranslations("preflight"), await getTranslations("app")];
  const wait = await getTranslations("wait");
  const { result } = job;
  const what = t("asking", { version });
  const waiting = checkWait(job, { what, cancel: skipPreflight, cancelLabel: wait("skip") });
  if (waiting) return waiting;
  const preflight = result?.kind === "done" ? result.value : null;
  switch (preflight?.kind) {
    case "not-installed":
    case "missing-bin":
    case "node-misfit":
      // The first and last pages say so.
      return null;
    case "accepted":
      return <Notice tone="good" title={t("accepted", { version })} />;
    case "no-command":
      return <Notice tone="info" title={t("noCommand", { version })} />;
    case "objects":
      return (
        <>
          {preflight.ours.length > 0 && (
            <Notice tone="bad" title={t("ours", { version })}>
              <Issues issues={preflight.ours} />
              <p>{t("oursNext")}</p>
            </Notice>
          )}
          {preflight.others.length > 0 && (
            <Notice tone="warn" title={t("others", { version })}>
              <Issues issues={preflight.others} />
              <p>{t("othersNext")}</p>
            </Notice>
          )}
        </>
      );
    default: {
      const failure = preflight?.kind === "failed" ? preflight.failure : null;
      const skipped = job.cancelled;
      return (
        <Notice tone={skipped ? "info" : "warn"} title={t(skipped ? "skipped" : "failed")}>
          <p>{t("failedNext")}</p>
          <Details label={common("details")} text={failure?.detail ?? ""} />
          <form action={preflightAgain} className="mt-2">
            <Button kind="quiet">{t("again")}</Button>
          </form>
        </Notice>
      );
    }
  }
}

function Issues({ issues }: Readonly<{ issues: readonly ConfigIssue[] }>) {
  return (
    <ul dir="auto" className="my-2 list-disc ps-5 font-mono text-sm wrap-anywhere">
      {issues.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          {visibleText(message === "" ? path : `${path}: ${message}`)}
        </li>
      ))}
    </ul>
  );
}
