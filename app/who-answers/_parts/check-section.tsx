/** Shows the last check with its time, and offers a new one with its cost. */

import { getFormatter, getTranslations } from "next-intl/server";
import { FailureWords } from "@/app/_parts/failure-sentence";
import { JobWait } from "@/app/_parts/wait/job-wait";
import { Answer } from "@/app/done/_parts/answer";
import { askAnswer, stopAsking } from "@/app/who-answers/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Verification } from "@/lib/setup/verify/verify";
import type { WhoAsked } from "@/lib/visit/outcome";

export interface CheckSectionProps {
  /** Requested here, or after this visit's write. */
  readonly job: WhoAsked["reply"];
  readonly verification: Verification | null;
  readonly pays: "key" | "login" | null;
  readonly named: (text: string) => string;
  /** The release can ask the model alone. */
  readonly isCheap: boolean;
  /** The gateway has read these files, and has no key of its own. */
  readonly isFresh: boolean;
  /** When this program last wrote here (ISO 8601); null if unknown. */
  readonly writtenAt: string | null;
}

export async function CheckSection(props: CheckSectionProps) {
  const { job, verification, pays, isCheap, isFresh, writtenAt, named } = props;
  const [t, done] = [await getTranslations("who"), await getTranslations("done")];
  const format = await getFormatter();
  const reply = job?.result?.kind === "done" ? job.result.value : null;
  const isRunning = job !== null && job.result === null;
  const isFailed = job?.result?.kind === "failed" || (reply !== null && reply.kind !== "replied");
  const suffix = pays === "login" ? "Login" : "";
  return (
    <section aria-labelledby="check" className="mt-10">
      <h2 id="check" className="text-lg font-semibold">
        {t("check.title")}
      </h2>
      {reply?.kind === "replied" && (
        <>
          <Answer reply={reply} facts={{ reply, verification, isFresh, pays, named }} />
          {job?.endedAt && (
            <p className="text-base text-quiet">
              {t("check.at", { time: format.dateTime(job.endedAt, { timeStyle: "medium" }) })}
            </p>
          )}
        </>
      )}
      {job === null && <p className="mt-2">{t("check.none")}</p>}
      {writtenAt && (
        <p className="mt-2 text-base text-quiet">
          {t("check.written", {
            time: format.dateTime(new Date(writtenAt), { dateStyle: "medium", timeStyle: "short" }),
          })}
        </p>
      )}
      {isRunning && <JobWait job={job} what={done("replying")} cancel={stopAsking} />}
      {isFailed && (
        <Notice tone="bad" title={done("replyFailed")}>
          {reply?.kind === "failed" && <FailureWords failure={reply.failure} />}
        </Notice>
      )}
      {!isRunning && verification?.kind === "answered" && (
        <form action={askAnswer} className="mt-4 flex flex-wrap items-center gap-4">
          <Button kind="quiet" aria-describedby="check-costs">
            {done("replyButton")}
          </Button>
          <p id="check-costs" className="min-w-0 flex-1 basis-60 text-base text-quiet">
            {done(isCheap ? `replyLead${suffix}` : `replyTurnLead${suffix}`)}
          </p>
        </form>
      )}
    </section>
  );
}
