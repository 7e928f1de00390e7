/** Step 4: the review of every change, in words and byte by byte. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { UnseenAddressNotice } from "@/app/_parts/gateway-notices";
import { LaunchWords } from "@/app/_parts/launch-words";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { BackupOffer } from "@/app/review/_parts/backup-offer";
import { Checks } from "@/app/review/_parts/checks/checks";
import { Downloads } from "@/app/review/_parts/downloads";
import { HandOverNotice } from "@/app/review/_parts/hand-over-notice";
import { Obstacles } from "@/app/review/_parts/obstacles";
import { OwnSourceRegion } from "@/app/review/_parts/own-source";
import { PlanRefusalNotice } from "@/app/review/_parts/plan-refusal-notice";
import { PlannedChanges } from "@/app/review/_parts/planned-changes";
import { PreviewRegion } from "@/app/review/_parts/preview-region";
import { ReviewOptions } from "@/app/review/_parts/review-options";
import { WriteButtons } from "@/app/review/_parts/write-buttons";
import { updateReview, writeConfiguration } from "@/app/review/actions";
import { FollowChanges } from "@/components/ui/follow-changes";
import { TextLink } from "@/components/ui/text-link";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { isOfNix, ownSourceOf } from "@/lib/setup/export/own-source";
import { type UnseenAddress, unseenAddress } from "@/lib/setup/launch/unseen-address";
import { isByService } from "@/lib/setup/launch/way";
import { previewOf } from "@/lib/setup/review/preview";
import type { Plan } from "@/lib/setup/types";
import { type Review, reviewOf } from "@/lib/visit/before-write/review";
import { givenKey } from "@/lib/visit/key-state";
import { currentLogin } from "@/lib/visit/login";
import { machine } from "@/lib/visit/machine";
import { choicesStamp, planOf } from "@/lib/visit/plan-for-visit";
import type { Visit } from "@/lib/visit/visit";

/** Sticks to the window's edge on long pages; on phones the way back shares a line with the last button. */
const BAR =
  "sticky inset-y-0 z-10 -mx-5 mt-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-y border-line bg-paper px-5 py-3 lg:mx-0 lg:px-0 max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:[&>button:has(+button)]:col-span-2";

export default async function ReviewPage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("review");
  const key = givenKey(visit);
  const login = visit.auth === "chatgpt" ? await currentLogin(visit) : null;
  demandChoices(visit, { hasKey: key !== null, hasLogin: login !== null });
  const isPhone = visit.telegram !== null;
  const found = await machine(visit);
  const { shown, named, snapshot } = found;
  const planned = planOf(visit, snapshot, login);
  if (!planned) redirect(isPhone ? "/phone" : "/");
  const [step, back] = isPhone ? ([null, "/phone"] as const) : (["review", "/model"] as const);
  if (!planned.ok) {
    return (
      <StepFrame step={step} title={t("cannot")}>
        <PlanRefusalNotice refusal={planned.error} shown={shown} />
        <TextLink href={back}>{t("back")}</TextLink>
      </StepFrame>
    );
  }
  const plan = planned.value;
  const review = await reviewOf(visit, { plan, found, login });
  const { isHomeless } = review;
  const preview = previewOf(plan);
  const source = ownSourceOf(plan);
  const { handOver } = plan;
  const handOverNotice = handOver && (
    <HandOverNotice
      handOver={handOver}
      installed={!isHomeless}
      withKey={plan.files.some(({ role }) => role === "dotenv")}
    />
  );
  return (
    <StepFrame
      step={step}
      auth={visit.auth}
      title={t("title")}
      lead={await summaryOf(plan, preview.files.length, source !== null)}
    >
      <Obstacles
        plan={plan}
        review={review}
        found={found}
        gives={visit.auth === "chatgpt" ? "login" : "key"}
        apiKey={visit.auth === "api-key" && !isPhone ? (key?.value ?? null) : null}
      />
      <PlannedChanges plan={plan} shown={shown} named={named} />
      {isHomeless && handOverNotice}
      {snapshot.version !== null && (
        <Checks
          version={snapshot.version}
          review={review}
          plan={plan}
          shown={shown}
          named={named}
        />
      )}
      <WriteBar
        plan={plan}
        review={review}
        stamp={choicesStamp(visit)}
        back={back}
        credential={isPhone ? "kept" : visit.auth === "chatgpt" ? "login" : "key"}
        unseen={unseenAddress(plan, visit.host.env)}
      />
      {!isPhone && (
        <FollowChanges>
          <ReviewOptions plan={plan} shown={shown} named={named} action={updateReview} />
        </FollowChanges>
      )}
      {handOver?.credential === "login" && (
        <BackupOffer masked={key?.asBackup ? maskSecret(key.value) : null} />
      )}
      <PreviewRegion plan={plan} preview={preview} />
      {source && (
        <OwnSourceRegion source={source} preview={preview} isNix={isOfNix(snapshot.immutable)} />
      )}
      {!isHomeless && handOverNotice}
      <Downloads plan={plan} shown={shown} isPhone={isPhone} />
    </StepFrame>
  );
}

/** Leads to the first step that is still without an answer. */
function demandChoices(
  visit: Visit,
  { hasKey, hasLogin }: { readonly hasKey: boolean; readonly hasLogin: boolean },
): void {
  if (visit.outcome.kind === "writing") redirect("/done");
  if (visit.telegram !== null) return;
  if (visit.auth === "chatgpt" && !hasLogin) redirect("/sign-in");
  if (visit.auth !== "chatgpt" && !hasKey) redirect("/key");
  if (!visit.model) redirect("/model");
}

/** `count` includes the stores that OpenClaw itself writes. */
async function summaryOf(plan: Plan, count: number, hasOwnSource: boolean): Promise<string> {
  const t = await getTranslations("review");
  if (count === 0) return t(hasOwnSource ? "nothingHere" : "nothing");
  const comments = plan.hasComments ? "yes" : "no";
  return t("summary", { count, untouched: plan.untouched, comments });
}

interface WriteBarProps {
  readonly plan: Plan;
  readonly review: Review;
  readonly stamp: string;
  readonly back: string;
  readonly credential: "kept" | "login" | "key";
  readonly unseen: UnseenAddress | null;
}

async function WriteBar({ plan, review, stamp, back, credential, unseen }: WriteBarProps) {
  const t = await getTranslations("review");
  const { way, isWritable } = review;
  return (
    <>
      <form action={writeConfiguration} className={BAR}>
        <input type="hidden" name="digest" value={plan.digest} />
        <input type="hidden" name="stamp" value={stamp} />
        {isWritable && <WriteButtons way={way} />}
        <TextLink href={back}>{t("back")}</TextLink>
      </form>
      {way && isWritable && (
        <p id="then" className="mt-3 text-base text-quiet">
          <LaunchWords
            way={way}
            credential={credential}
            isCheap={plan.snapshot.era.commands.inferModelRun !== "none"}
          />
        </p>
      )}
      <UnseenAddressNotice
        unseen={way && isWritable ? unseen : null}
        byService={way !== null && isByService(way)}
        release={plan.snapshot.version}
        next="tick"
      />
      <p className="mt-3 mb-10 text-base text-quiet">{t("safety")}</p>
    </>
  );
}
