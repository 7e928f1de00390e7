/** The last page: the write, OpenClaw's verdict, a real reply and the next steps. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StepFrame } from "@/app/_parts/step-frame";
import { JobWait } from "@/app/_parts/wait/job-wait";
import { WriteRefusalNotice } from "@/app/_parts/write-refusal-notice";
import { currentVisit } from "@/app/_server/visit";
import { Answer } from "@/app/done/_parts/answer";
import { Folded } from "@/app/done/_parts/folded";
import { NextSection } from "@/app/done/_parts/next-section";
import { Proofs } from "@/app/done/_parts/proofs";
import { ReplySection } from "@/app/done/_parts/reply-section";
import { UndoneSection } from "@/app/done/_parts/undone-section";
import { cancelWrite, undo } from "@/app/done/actions";
import { Button, ButtonLink } from "@/components/ui/button";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import type { Snapshot } from "@/lib/setup/snapshot";
import { isInTheWay, STANDING_TITLES } from "@/lib/setup/verify/standing";
import { endingOf } from "@/lib/visit/later/ending";
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
  const found = await machine(visit);
  const { snapshot, shown, named, gateway } = found;
  const ending = endingOf(outcome, gateway);
  const { standing, verification, answer, isStarting, isOlder } = ending;
  const { chosen, launch } = outcome;
  const made = launch?.launch.made ?? null;
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
            isFresh: launch?.launch.isReady === true && !isOlder && !hasServiceKey(snapshot),
            pays: chosen.credential.kind === "kept" ? null : chosen.credential.kind,
            named,
          }}
        />
      )}
      {ending.isOpen && (
        <form method="post" action="/open/start" target="_blank" rel="noopener" className="my-6">
          <Button>{open("button")}</Button>
        </form>
      )}
      <Proofs visit={visit} applied={outcome} ending={ending} found={found} />
      {ending.canAsk && verification && (
        <Folded isFolded={answer !== null} summary={t("askAgain")}>
          <ReplySection
            job={outcome.reply}
            verification={verification}
            chosen={chosen}
            isCheap={snapshot.era.commands.inferModelRun !== "none"}
            shown={shown}
            named={named}
          />
        </Folded>
      )}
      {gateway.kind === "here" && !isStarting && (
        <NextSection
          gateway={gateway}
          isOlder={isOlder}
          isInTheWay={isInTheWay(gateway)}
          isOwn={made?.kind === "own"}
          profile={snapshot.profile}
        />
      )}
      <div className="mt-12 flex flex-wrap gap-4 border-t border-line pt-6">
        <form action={undo} className="flex flex-wrap items-center gap-4">
          <Button kind="quiet">{t("undo")}</Button>
          <p className="min-w-0 flex-1 basis-60 text-base text-quiet">
            {t(made ? "undoWhatGateway" : "undoWhat")}
          </p>
        </form>
      </div>
    </StepFrame>
  );
}

function hasServiceKey({ serviceVariables }: Snapshot): boolean {
  return serviceVariables.some(({ name }) => name === KEY_VARIABLE);
}
