/** Step 4: the review of every change, in words and byte by byte. */

import { basename } from "node:path";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import {
  RemoteGatewayNotice,
  RunningGatewayNotice,
  ServiceKeyNotice,
} from "@/app/_parts/gateway-notices";
import { ImmutableNotice } from "@/app/_parts/immutable-notice";
import { LaunchWords } from "@/app/_parts/launch-words";
import { OlderInUseNotice } from "@/app/_parts/older-in-use-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import { WriteRefusalNotice } from "@/app/_parts/write-refusal-notice";
import { currentVisit } from "@/app/_server/visit";
import { ExportLink } from "@/app/export/_parts/export-link";
import { BackupOffer } from "@/app/review/_parts/backup-offer";
import { DoctorNotice } from "@/app/review/_parts/checks/doctor-notice";
import { HandOverFailureNotice, HandOverNotice } from "@/app/review/_parts/hand-over-notice";
import { OwnSourceRegion } from "@/app/review/_parts/own-source";
import { PlanRefusalNotice } from "@/app/review/_parts/plan-refusal-notice";
import { PlannedChanges } from "@/app/review/_parts/planned-changes";
import { PreflightNotice } from "@/app/review/_parts/checks/preflight-notice";
import { PreviewRegion } from "@/app/review/_parts/preview-region";
import { RehearsalNotice } from "@/app/review/_parts/checks/rehearsal-notice";
import { ReviewOptions } from "@/app/review/_parts/review-options";
import { WriteButtons } from "@/app/review/_parts/write-buttons";
import { updateReview, writeConfiguration } from "@/app/review/actions";
import { ButtonLink } from "@/components/ui/button";
import { FollowChanges } from "@/components/ui/follow-changes";
import { Notice, NoticeList } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { ownSourceOf } from "@/lib/setup/export/own-source";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { previewOf } from "@/lib/setup/review/preview";
import type { Immutable } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";
import { forbids } from "@/lib/setup/verify/preflight";
import { obstacleTo } from "@/lib/setup/write/write";
import { doctorOf } from "@/lib/visit/before-write/doctor";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { rehearsalOf } from "@/lib/visit/before-write/rehearsal";
import { isTooOldFor } from "@/lib/visit/before-write/too-old";
import { wayAfterWrite } from "@/lib/visit/gateway";
import { givenKey } from "@/lib/visit/key-state";
import { currentLogin } from "@/lib/visit/login";
import { machine } from "@/lib/visit/machine";
import { choicesStamp, planOf } from "@/lib/visit/plan-for-visit";

/** Sticks to the window's edge on long pages. */
const BAR =
  "sticky inset-y-0 z-10 -mx-5 mt-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-y border-line bg-paper px-5 py-3";

export default async function ReviewPage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("review");
  const key = givenKey(visit);
  const login = visit.auth === "chatgpt" ? await currentLogin(visit) : null;
  if (visit.outcome.kind === "writing") redirect("/done");
  const isPhone = visit.telegram !== null;
  if (!isPhone) {
    if (visit.auth === "chatgpt" && !login) redirect("/sign-in");
    if (visit.auth !== "chatgpt" && !key) redirect("/key");
    if (!visit.model) redirect("/model");
  }
  const found = await machine(visit);
  const { shown, named, snapshot, gateway } = found;
  const plan = planOf(visit, snapshot, login);
  if (!plan) redirect(isPhone ? "/phone" : "/");
  const [step, back] = isPhone ? ([null, "/phone"] as const) : (["review", "/model"] as const);
  if (!plan.ok) {
    return (
      <StepFrame step={step} title={t("cannot")}>
        <PlanRefusalNotice refusal={plan.error} shown={shown} />
        <TextLink href={back}>{t("back")}</TextLink>
      </StepFrame>
    );
  }
  const preflight = preflightOf(visit, plan.value);
  const refused = preflight.result?.kind === "done" && forbids(preflight.result.value);
  const rehearsal =
    // A channel does not affect what answers.
    snapshot.version === null || refused || isPhone
      ? null
      : rehearsalOf(visit, plan.value, login, preflight);
  const doctor = doctorOf(visit, plan.value, preflight);
  const preview = previewOf(plan.value);
  const source = ownSourceOf(plan.value);
  const problem = visit.outcome.kind === "idle" ? visit.outcome.problem : null;
  const refusal = problem?.kind === "refused" ? problem.refusal : await obstacleTo(plan.value);
  const { handOver } = plan.value;
  const count = preview.files.length;
  const homeless = handOver !== null && snapshot.version === null;
  const way = await wayAfterWrite(visit.host.env, found);
  const isTooOld = isTooOldFor(plan.value, found);
  const isWritable = !homeless && !refused && !isTooOld;
  const handOverNotice = (own: NonNullable<typeof handOver>) => (
    <HandOverNotice
      handOver={own}
      installed={!homeless}
      withKey={plan.value.files.some(({ role }) => role === "dotenv")}
    />
  );
  return (
    <StepFrame
      step={step}
      auth={visit.auth}
      title={t("title")}
      lead={
        count === 0
          ? t(source ? "nothingHere" : "nothing")
          : t("summary", {
              count,
              untouched: plan.value.untouched,
              comments: plan.value.hasComments ? "yes" : "no",
            })
      }
    >
      {problem?.kind === "changed" && (
        <Notice tone="warn" title={t(`changed.${problem.by}`)}>
          <p>{t("changed.next")}</p>
        </Notice>
      )}
      <OlderInUseNotice machine={found} isRefused={isTooOld} />
      <ImmutableNotice snapshot={snapshot} shown={shown} />
      {refusal && <WriteRefusalNotice refusal={refusal} shown={shown} />}
      {problem?.kind === "hand-over-failed" && (
        <HandOverFailureNotice
          failure={problem.failure}
          what={visit.auth === "chatgpt" ? "login" : "key"}
        />
      )}
      <RemoteGatewayNotice gateway={gateway} />
      <RunningGatewayNotice gateway={gateway} version={snapshot.version} shown={shown} />
      <ServiceKeyNotice
        snapshot={snapshot}
        apiKey={visit.auth === "api-key" && !isPhone ? (key?.value ?? null) : null}
        shown={shown}
      />
      {plan.value.overriddenBy === "environment" && (
        <Notice tone="warn" title={t("environment.title")}>
          <p>{t("environment.next")}</p>
        </Notice>
      )}
      <PlannedChanges plan={plan.value} shown={shown} named={named} />
      {homeless && handOver && handOverNotice(handOver)}
      {snapshot.version !== null && (
        <Checks
          version={snapshot.version}
          preflight={preflight}
          doctor={doctor}
          rehearsal={rehearsal}
          plan={plan.value}
          shown={shown}
          named={named}
        />
      )}
      <form action={writeConfiguration} className={BAR}>
        <input type="hidden" name="digest" value={plan.value.digest} />
        <input type="hidden" name="stamp" value={choicesStamp(visit)} />
        {isWritable && <WriteButtons way={way} />}
        <TextLink href={back}>{t("back")}</TextLink>
      </form>
      {way && isWritable && (
        <p id="then" className="mt-3 text-base text-quiet">
          <LaunchWords
            way={way}
            credential={isPhone ? "kept" : visit.auth === "chatgpt" ? "login" : "key"}
            isCheap={snapshot.era.commands.inferModelRun !== "none"}
          />
        </p>
      )}
      <p className="mt-3 mb-10 text-base text-quiet">{t("safety")}</p>
      {!isPhone && (
        <FollowChanges>
          <ReviewOptions plan={plan.value} shown={shown} named={named} action={updateReview} />
        </FollowChanges>
      )}
      {handOver?.credential === "login" && (
        <BackupOffer masked={key?.asBackup ? maskSecret(key.value) : null} />
      )}
      <PreviewRegion plan={plan.value} preview={preview} />
      {source && (
        <OwnSourceRegion source={source} preview={preview} isNix={isOfNix(snapshot.immutable)} />
      )}
      {!homeless && handOver && handOverNotice(handOver)}
      <Downloads plan={plan.value} shown={shown} isPhone={isPhone} />
    </StepFrame>
  );
}

interface ChecksProps extends Pick<MachineView, "shown" | "named"> {
  readonly version: string;
  readonly preflight: ReturnType<typeof preflightOf>;
  readonly doctor: ReturnType<typeof doctorOf>;
  readonly rehearsal: ReturnType<typeof rehearsalOf> | null;
  readonly plan: Plan;
}

/** What the installed OpenClaw says of the plan. */
function Checks({ version, preflight, doctor, rehearsal, plan, shown, named }: ChecksProps) {
  return (
    <NoticeList>
      {/* Keeps the wait's height, so that the button below does not move. */}
      <div className="grid min-h-[calc(2lh+2.25rem)]">
        <PreflightNotice job={preflight} version={version} />
      </div>
      {doctor && (
        <div className="grid empty:hidden">
          <DoctorNotice job={doctor} version={version} />
        </div>
      )}
      {rehearsal && (
        <div className="grid min-h-[calc(5lh+2.25rem)] empty:hidden">
          <RehearsalNotice
            job={rehearsal}
            plan={plan}
            version={version}
            shown={shown}
            named={named}
          />
        </div>
      )}
    </NoticeList>
  );
}

async function Downloads({
  plan,
  shown,
  isPhone,
}: Readonly<{ plan: Plan; isPhone: boolean } & Pick<MachineView, "shown">>) {
  const t = await getTranslations("review");
  const included = plan.files.filter(({ role }) => role === "included");
  return (
    <>
      <p className="mt-6 flex flex-wrap gap-4 max-sm:*:w-full max-sm:*:justify-center">
        <ButtonLink kind="quiet" href="/download/openclaw.json" download="openclaw.json">
          {t("download")}
        </ButtonLink>
        {!isPhone && (
          <>
            <ButtonLink kind="quiet" href="/download/answers.json" download="answers.json">
              {t("downloadAnswers")}
            </ButtonLink>
            <ExportLink />
          </>
        )}
      </p>
      {included.length > 0 && (
        <div className="mt-6 text-base">
          <p>{t("severalFiles", { count: included.length })}</p>
          <ul className="mt-1 list-disc ps-5">
            {included.map(({ path }, index) => (
              <li key={path} className="wrap-anywhere">
                <a
                  href={`/download/included-${index + 1}`}
                  download={basename(path)}
                  className="underline underline-offset-4"
                >
                  {t("downloadIncluded", { path: shown(path) })}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function isOfNix(immutable: Immutable | null): boolean {
  if (immutable === null) return false;
  return (
    immutable.kind === "store" ||
    (immutable.kind === "variable" && immutable.name === "OPENCLAW_NIX_MODE")
  );
}
