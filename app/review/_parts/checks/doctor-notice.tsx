/** Shows that OpenClaw's doctor examines a refused config, and its result. */

import { getTranslations } from "next-intl/server";
import { checkWait } from "@/app/_parts/wait/job-wait";
import { askDoctorAgain, skipDoctor } from "@/app/review/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { StageName } from "@/lib/setup/stage";
import type { DoctorAnswer } from "@/lib/setup/verify/doctor/ask-doctor";
import type { Job } from "@/lib/system/job";

interface DoctorNoticeProps {
  readonly job: Job<DoctorAnswer, StageName>;
  readonly version: string;
}

export async function DoctorNotice({ job, version }: DoctorNoticeProps) {
  const [t, wait] = [await getTranslations("doctor"), await getTranslations("wait")];
  const { result } = job;
  const what = t("asking", { version });
  const waiting = checkWait(job, { what, cancel: skipDoctor, cancelLabel: wait("skip") });
  if (waiting) return waiting;
  const answer = result?.kind === "done" && !job.cancelled ? result.value : null;
  switch (answer?.kind) {
    case "not-installed":
    case "missing-bin":
    case "node-misfit":
      // The first and last pages say so.
      return null;
    case "looked": {
      const { repairs, seconds } = answer;
      return repairs.length > 0 ? (
        <Notice tone="info" title={t("found", { count: repairs.length, seconds })}>
          <p>{t("foundNext")}</p>
        </Notice>
      ) : (
        <Notice tone="info" title={t("nothing")}>
          <p>{t("nothingNext")}</p>
        </Notice>
      );
    }
    case "impossible":
      return (
        <Notice tone="info" title={t("notAsked")}>
          <p>{t(`impossible.${answer.why}`)}</p>
        </Notice>
      );
    default:
      return <NotAsked detail={answer?.failure.detail ?? ""} />;
  }
}

async function NotAsked({ detail }: Readonly<{ detail: string }>) {
  const [t, common] = [await getTranslations("doctor"), await getTranslations("app")];
  return (
    <Notice tone="info" title={t("notAsked")}>
      <Details label={common("details")} text={detail} />
      <form action={askDoctorAgain} className="mt-2">
        <Button kind="quiet">{t("again")}</Button>
      </form>
    </Notice>
  );
}
