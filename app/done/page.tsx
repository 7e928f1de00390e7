/** The last page: the write, OpenClaw's verdict, a real reply and the next steps. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import {
  OlderGatewayNotice,
  RemoteGatewayNotice,
  ServiceKeyNotice,
} from "@/app/_parts/gateway-notices";
import { StepFrame } from "@/app/_parts/step-frame";
import { JobWait } from "@/app/_parts/wait/job-wait";
import { WriteRefusalNotice } from "@/app/_parts/write-refusal-notice";
import { currentVisit } from "@/app/_server/visit";
import { Answer } from "@/app/done/_parts/answer";
import { Course, isAccepted } from "@/app/done/_parts/course";
import { LaunchFailureNotice } from "@/app/done/_parts/launch-failure";
import { LaunchOffer } from "@/app/done/_parts/launch-offer";
import { NextSection } from "@/app/done/_parts/next-section";
import { ReplySection } from "@/app/done/_parts/reply-section";
import { UndoneSection } from "@/app/done/_parts/undone-section";
import { VerificationSection } from "@/app/done/_parts/verification-section";
import { cancelWrite, undo } from "@/app/done/actions";
import { Button, ButtonLink } from "@/components/ui/button";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import { foreseenWay } from "@/lib/setup/launch/launch";
import { installCommand } from "@/lib/setup/machine/target-release";
import { isAsChosen } from "@/lib/setup/verify/answered-by";
import { isOlderThanWrite, STANDING_TITLES, standingOf } from "@/lib/setup/verify/standing";
import { givenKey } from "@/lib/visit/key-state";
import { machine } from "@/lib/visit/machine";
import type { Applied, Outcome } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

const AT_WORK = {
  asking: ["asking", "askingWhat"],
  login: ["writing", "writingWhat"],
  key: ["writingKey", "writingWhat"],
  files: ["writingFiles", "writingFilesWhat"],
  takingBack: ["takingBack", "takingBackWhat"],
} as const;

export default async function DonePage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("done");
  const { outcome } = visit;
  switch (outcome.kind) {
    case "writing":
      return <Writing visit={visit} job={outcome.job} gives={outcome.gives} />;
    case "undoing":
      return (
        <StepFrame step="review" auth={visit.auth} title={t("takingBack")}>
          <JobWait job={outcome.job} what={t("takingBackWhat")} />
        </StepFrame>
      );
    case "undone": {
      const title = t(`titleUndone.${outcome.gateway ?? "files"}`);
      return (
        <StepFrame step="review" auth={visit.auth} title={title}>
          <UndoneSection outcome={outcome} shown={(await machine(visit)).shown} />
          <ButtonLink href="/">{t("again")}</ButtonLink>
        </StepFrame>
      );
    }
    case "idle":
      if (outcome.problem && outcome.problem.kind !== "broken") redirect("/review");
      return (
        <StepFrame step="choose" auth={visit.auth} title={t("notWritten")}>
          <ButtonLink href="/">{t("again")}</ButtonLink>
        </StepFrame>
      );
    case "applied":
      return <Written visit={visit} outcome={outcome} />;
  }
}

type Writing = Extract<Outcome, { kind: "writing" }>;

async function Writing({
  visit,
  job,
  gives,
}: Readonly<{ visit: Visit } & Pick<Writing, "job" | "gives">>) {
  const t = await getTranslations("done");
  const preflight = visit.preflight?.job;
  const asking = preflight?.result === null && !preflight.cancelled;
  const now = job.cancelled ? "takingBack" : asking ? "asking" : gives;
  const [title, what] = AT_WORK[now];
  return (
    <StepFrame step="review" auth={visit.auth} title={t(title)}>
      <JobWait
        job={job}
        what={t(what)}
        // Writing only files completes at once, so there is nothing to cancel.
        {...(now === "takingBack" || now === "files" ? {} : { cancel: cancelWrite })}
      />
    </StepFrame>
  );
}

async function Written({ visit, outcome }: Readonly<{ visit: Visit; outcome: Applied }>) {
  const [t, open] = [await getTranslations("done"), await getTranslations("open")];
  const { snapshot, shown, named, gateway, release } = await machine(visit);
  const verified = outcome.verification.result;
  const verification = verified?.kind === "done" ? verified.value : null;
  const writtenAt = outcome.chosen.writtenAt;
  const reply = outcome.reply?.result?.kind === "done" ? outcome.reply.result.value : null;
  const { launch } = outcome;
  const isStarting = launch !== null && launch.job.result === null;
  const standing = standingOf({
    verification,
    reply,
    // A failed start overrides every promise.
    replyFailed:
      outcome.reply?.result?.kind === "failed" ||
      (launch !== null && !isStarting && !launch.launch.isReady),
    gateway,
    writtenAt,
  });
  const isOlder = isOlderThanWrite({ gateway, writtenAt });
  const isHere = gateway.kind === "here";
  const canAsk = verification?.kind === "answered" && isHere && !isStarting;
  const answer = reply?.kind === "replied" && isAsChosen(reply) ? reply : null;
  // Nothing starts before OpenClaw accepts the files.
  const wasBegun = launch !== null && (isStarting || launch.launch.steps.length > 0);
  const way =
    canAsk && !answer && !wasBegun
      ? await foreseenWay(visit.host.env, snapshot.stateDir, gateway)
      : null;
  const serviceKey = snapshot.serviceVariables.some(({ name }) => name === KEY_VARIABLE);
  const ready = launch?.launch.isReady === true;
  const isOpen = isHere && gateway.isRunning && !isOlder && !isStarting;
  const verifications = (
    <VerificationSection
      job={outcome.verification}
      // OpenClaw did not answer, so nothing else leads on.
      isNext={verified !== null && verification?.kind !== "answered" && !isOpen}
      chosen={outcome.chosen}
      shown={shown}
      named={named}
      isOlder={isOlder}
      install={{ command: installCommand(release), node: snapshot.era.node }}
    />
  );
  // In the list, the verdict is shown behind its line.
  const isWithin = (launch !== null || answer !== null) && isAccepted(outcome.verification);
  const course = (
    <Course
      proof={isWithin ? verifications : null}
      applied={outcome}
      shown={shown}
      stored={outcome.written.step && t(visit.auth === "chatgpt" ? "loginStored" : "keyStored")}
    />
  );
  return (
    <StepFrame
      step="done"
      auth={visit.auth}
      title={t(isStarting ? "titleStarting" : STANDING_TITLES[standing])}
      celebrate={standing !== "written" && !isStarting}
    >
      {outcome.undoRefusal && <WriteRefusalNotice refusal={outcome.undoRefusal} shown={shown} />}
      {answer && (
        <Answer
          reply={answer}
          facts={{
            reply: answer,
            verification,
            isFresh: ready && !isOlder && !serviceKey,
            pays: outcome.chosen.credential.kind === "kept" ? null : outcome.chosen.credential.kind,
            named,
          }}
        />
      )}
      {isOpen && (
        <form method="post" action="/open/start" target="_blank" rel="noopener" className="my-6">
          <Button>{open("button")}</Button>
        </form>
      )}
      <Folded isFolded={answer !== null} summary={t("checks")}>
        {course}
      </Folded>
      {launch && !isStarting && (
        <LaunchFailureNotice
          steps={launch.launch.steps}
          port={isHere ? String(gateway.port) : ""}
        />
      )}
      <RemoteGatewayNotice gateway={gateway} />
      <ServiceKeyNotice
        snapshot={snapshot}
        apiKey={
          visit.auth === "api-key" && visit.telegram === null
            ? (givenKey(visit)?.value ?? null)
            : null
        }
        shown={shown}
      />
      {isOlder && !isStarting && <OlderGatewayNotice profile={snapshot.profile} />}
      {way && way.kind !== "blocked" && (
        <LaunchOffer
          way={way}
          credential={outcome.chosen.credential.kind}
          isCheap={snapshot.era.commands.inferModelRun !== "none"}
        />
      )}
      {!isWithin && verifications}
      {canAsk && (
        <Folded isFolded={answer !== null} summary={t("askAgain")}>
          <ReplySection
            job={outcome.reply}
            verification={verification}
            chosen={outcome.chosen}
            isCheap={snapshot.era.commands.inferModelRun !== "none"}
            shown={shown}
            named={named}
          />
        </Folded>
      )}
      {isHere && !isStarting && (
        <NextSection
          gateway={gateway}
          isOlder={isOlder}
          isOwn={launch?.launch.made?.kind === "own"}
          profile={snapshot.profile}
        />
      )}
      <div className="mt-12 flex flex-wrap gap-4 border-t border-line pt-6">
        <form action={undo} className="flex flex-wrap items-center gap-4">
          <Button kind="quiet">{t("undo")}</Button>
          <p className="min-w-0 flex-1 basis-60 text-base text-quiet">
            {t(launch?.launch.made ? "undoWhatGateway" : "undoWhat")}
          </p>
        </form>
      </div>
    </StepFrame>
  );
}

function Folded({
  isFolded,
  summary,
  children,
}: Readonly<{ isFolded: boolean; summary: string; children: ReactNode }>) {
  if (!isFolded) return children;
  return (
    <details className="my-8">
      <summary className="py-2 font-semibold">{summary}</summary>
      {children}
    </details>
  );
}
