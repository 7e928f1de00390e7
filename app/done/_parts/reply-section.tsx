/** Offers a real reply through OpenClaw, with its cost. */

import { getTranslations } from "next-intl/server";
import { FailureSentence } from "@/app/_parts/failure-sentence";
import { HelpLink } from "@/app/_parts/help/help-link";
import { JobWait } from "@/app/_parts/wait/job-wait";
import { type Replied, ReplyFacts } from "@/app/done/_parts/answer";
import { Differences } from "@/app/done/_parts/differences";
import { askForReply, cancelAsking } from "@/app/done/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { StageName } from "@/lib/setup/stage";
import { isAsChosen } from "@/lib/setup/verify/answered-by";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Chosen } from "@/lib/setup/verify/reply-differences";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Job } from "@/lib/system/job";
import { visibleText } from "@/lib/text/visible";

export interface ReplySectionProps {
  readonly job: Job<Reply, StageName> | null;
  readonly verification: Verification;
  readonly chosen: Chosen | null;
  /** The release can ask the model alone, which costs much less. */
  readonly isCheap: boolean;
  readonly shown: (path: string) => string;
  readonly named: (text: string) => string;
}

export async function ReplySection({
  job,
  verification,
  chosen,
  isCheap,
  shown,
  named,
}: ReplySectionProps) {
  const [t, common] = [await getTranslations("done"), await getTranslations("app")];
  const running = job !== null && job.result === null;
  const reply = job?.result?.kind === "done" ? job.result.value : null;
  const failed = job?.result?.kind === "failed" || (reply !== null && reply.kind !== "replied");
  const byLogin = verification.kind === "answered" && verification.credential.kind === "login";
  const suffix = byLogin ? "Login" : "";
  return (
    <section aria-labelledby="reply" className="mt-10">
      <h2 id="reply" className="text-lg font-semibold">
        {t("replyTitle")}
      </h2>
      <p className="mt-2 mb-3">{isCheap ? t(`replyLead${suffix}`) : t(`replyTurnLead${suffix}`)}</p>
      {running && <JobWait job={job} what={t("replying")} cancel={cancelAsking} />}
      {reply?.kind === "replied" && !isAsChosen(reply) && (
        <Notice tone="warn" title={t(titleOf(reply))}>
          <blockquote dir="auto" className="my-2 border-s-2 border-line ps-4 whitespace-pre-wrap">
            {visibleText(reply.text)}
          </blockquote>
          {chosen && (
            <Differences
              differences={reply.differences}
              chosen={chosen}
              shown={shown}
              named={named}
            />
          )}
          <ReplyFacts
            reply={reply}
            verification={verification}
            isFresh={false}
            pays={null}
            named={named}
          />
          <p className="text-base text-quiet">{t(`by.${reply.by}`)}</p>
          <FailureSentence sentence={visibleText(reply.gatewaySaid ?? "")} />
        </Notice>
      )}
      {failed && (
        <Notice tone="bad" title={t("replyFailed")}>
          {reply?.kind === "failed" && (
            <>
              <p>{t(`failure.${reply.failure.code}`)}</p>
              {reply.failure.code === "no-credit" && (
                <HelpLink to={byLogin ? "chatgptSettings" : "billing"} />
              )}
              <FailureSentence sentence={reply.failure.sentence} />
              <Details label={common("details")} text={reply.failure.detail} />
            </>
          )}
        </Notice>
      )}
      {!running && (
        <form action={askForReply}>
          <input type="hidden" name="extent" value={isCheap ? "words" : "turn"} />
          <Button kind="quiet">{t("replyButton")}</Button>
        </form>
      )}
      {!running && isCheap && (
        <form action={askForReply} className="mt-6">
          <input type="hidden" name="extent" value="turn" />
          <p id="whole-turn" className="mb-3 text-base text-quiet">
            {t(`replyTurnLead${suffix}`)}
          </p>
          <Button kind="quiet" aria-describedby="whole-turn">
            {t("replyTurnButton")}
          </Button>
        </form>
      )}
    </section>
  );
}

function titleOf(reply: Replied): "replied" | "repliedOther" | "repliedOlder" {
  if (reply.differences.length > 0) return "repliedOther";
  return reply.isOlder ? "repliedOlder" : "replied";
}
