/** A page for later starts: who answers and who pays, the last check, and how to change it. */

import { getFormatter, getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { FailureWords } from "@/app/_parts/failure-sentence";
import { RemoteGatewayNotice, ServiceKeyNotice } from "@/app/_parts/gateway-notices";
import { OlderInUseNotice } from "@/app/_parts/older-in-use-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { CheckSection } from "@/app/who-answers/_parts/check-section";
import { CostSection } from "@/app/who-answers/_parts/cost-section";
import { HolderList } from "@/app/who-answers/_parts/holder-list";
import { askAgain, changeTo, stopAsking } from "@/app/who-answers/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Waiting } from "@/components/wait/waiting";
import { findKey } from "@/lib/setup/machine/found-key";
import { serviceKeyAgainst } from "@/lib/setup/machine/service-key";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Verification } from "@/lib/setup/verify/verify";
import { type Holder, type WhoAnswers, whoAnswers } from "@/lib/setup/verify/who-answers";
import type { Job } from "@/lib/system/job";
import { visible } from "@/lib/text/visible";
import { askedWho, extentOf, isReadBefore, writtenLast } from "@/lib/visit/later/who";
import { machine } from "@/lib/visit/machine";

export default async function WhoAnswersPage() {
  const visit = await currentVisit("GET");
  const [t, open] = [await getTranslations("who"), await getTranslations("open")];
  const { outcome } = visit;
  const found = await machine(visit);
  const { snapshot, shown, named, gateway } = found;
  const asked = await askedWho(visit, found);
  const { result } = asked.verification;
  const verification = result?.kind === "done" ? result.value : null;
  const who = whoAnswers(found, verification);
  const { answers, model } = who;
  const pays = answers?.kind === "key" || answers?.kind === "login" ? answers.kind : null;
  const key = findKey(snapshot);
  const isVariable = answers !== null && answers.kind === "key" && answers.place !== "store";
  const ofService = isVariable ? serviceKeyAgainst(snapshot, key?.value ?? null) : null;
  const isStale = isReadBefore(gateway, who);
  const since = gateway.kind === "here" ? gateway.startedAt : null;
  return (
    <StepFrame step={null} title={t("title")}>
      <OlderInUseNotice machine={found} />
      <RemoteGatewayNotice gateway={gateway} />
      <Now who={who} found={found} job={asked.verification} />
      {result === null ? (
        <Waiting since={asked.verification.startedAt} what={t("asking")} cancel={stopAsking} />
      ) : (
        <form action={askAgain} className="mt-3">
          <Button kind="quiet">{t("again")}</Button>
        </form>
      )}
      <Unsaid verification={verification} />
      {isStale && since !== null && (
        <ReadBefore since={since} path={shown(answers?.file ?? "")} profile={snapshot.profile} />
      )}
      {isVariable && (
        <ServiceKeyNotice snapshot={snapshot} apiKey={key?.value ?? null} shown={shown} />
      )}
      {who.holders.length > 0 && (
        <section aria-labelledby="order" className="mt-10">
          <h2 id="order" className="text-lg font-semibold">
            {t("order")}
          </h2>
          <HolderList
            holders={who.holders}
            movable={who.holders.find((one) => isMovable(one, key)) ?? null}
            shown={shown}
          />
        </section>
      )}
      {pays && model !== null && (
        <CostSection pays={pays} model={model} machine={found} limits={asked.limits} />
      )}
      <CheckSection
        job={asked.reply ?? (outcome.kind === "applied" ? outcome.reply : null)}
        verification={verification}
        pays={pays}
        isCheap={extentOf(snapshot) === "words"}
        isFresh={since !== null && !isStale && ofService === null}
        writtenAt={await writtenLast(snapshot)}
        named={named}
      />
      <ChangeSection />
      {outcome.kind === "applied" && (
        <p className="mt-8">
          <TextLink href="/done">{open("back")}</TextLink>
        </p>
      )}
    </StepFrame>
  );
}

interface NowProps {
  readonly who: WhoAnswers;
  readonly found: MachineView;
  readonly job: Job<Verification>;
}

/** Who answers at this moment, by which model, and where that was seen. */
async function Now({ who, found, job }: NowProps) {
  const [t, format] = [await getTranslations("who"), await getFormatter()];
  const { answers, model, isAsked } = who;
  const { result, endedAt } = job;
  return (
    <section aria-label={t("now")} className="border-s-4 border-accent ps-5">
      <p className="text-base text-quiet">{t("now")}</p>
      <p className="my-1 text-3xl leading-snug wrap-anywhere">
        <Headline who={who} />
      </p>
      {answers && <p className="text-base">{t(`place.${answers.place}`)}</p>}
      <p className="text-base text-quiet wrap-anywhere">
        {model === null ? t("noModel") : t("model", { model: found.named(model) })}
      </p>
      {result !== null && (
        <p className="text-base text-quiet">
          {isAsked && endedAt !== null
            ? t("said", {
                version: found.snapshot.version ?? "",
                time: format.dateTime(endedAt, { timeStyle: "medium" }),
              })
            : t("read")}
        </p>
      )}
    </section>
  );
}

interface ReadBeforeProps {
  /** When the gateway started, in milliseconds since the epoch. */
  readonly since: number;
  readonly path: string;
  readonly profile: string | null;
}

/** The gateway read its files before the credential came into them. */
async function ReadBefore({ since, path, profile }: ReadBeforeProps) {
  const [t, format] = [await getTranslations("who"), await getFormatter()];
  const started = format.dateTime(since, { dateStyle: "short", timeStyle: "short" });
  return (
    <Notice tone="warn" title={t("readBefore.title")}>
      <p className="wrap-anywhere">{t("readBefore.text", { since: started, path })}</p>
      <CommandLine text={`openclaw${profile ? ` --profile ${profile}` : ""} gateway restart`} />
    </Notice>
  );
}

async function ChangeSection() {
  const t = await getTranslations("who");
  return (
    <section aria-labelledby="change" className="mt-10 border-t border-line pt-6">
      <h2 id="change" className="text-lg font-semibold">
        {t("change.title")}
      </h2>
      <p className="mt-2 text-base text-quiet">{t("change.about")}</p>
      <div className="mt-4 flex flex-wrap gap-4">
        {(["api-key", "chatgpt"] as const).map((auth) => (
          <form key={auth} action={changeTo}>
            <input type="hidden" name="auth" value={auth} />
            <Button kind="quiet">{t(auth === "chatgpt" ? "change.login" : "change.key")}</Button>
          </form>
        ))}
      </div>
    </section>
  );
}

async function Headline({ who }: Readonly<{ who: WhoAnswers }>) {
  const [t, choose] = [await getTranslations("who"), await getTranslations("choose")];
  const { answers, isOpenAi, holders, isAsked } = who;
  if (!isOpenAi) return t("other");
  if (answers === null) {
    const isUnsaid = holders.some(({ state }) => state === "behind" || state === "ask-openclaw");
    return t(isUnsaid && !isAsked ? "unsaid" : "nobody");
  }
  return (
    <>
      {answers.kind === "unknown"
        ? visible(answers.name)
        : choose(answers.kind === "key" ? "api-key.name" : "chatgpt.name")}{" "}
      {answers.shown && <bdi className="inline-block">{visible(answers.shown)}</bdi>}
    </>
  );
}

/** Why OpenClaw itself reported nothing; empty if it did. */
async function Unsaid({ verification }: Readonly<{ verification: Verification | null }>) {
  const [t, common] = [await getTranslations("done"), await getTranslations("app")];
  if (verification?.kind === "failed") {
    return (
      <Notice tone="bad" title={t("failed")}>
        <FailureWords failure={verification.failure} />
      </Notice>
    );
  }
  if (verification?.kind !== "answered" || verification.verdict === "usable") return null;
  return (
    <Notice tone="bad" title={t(verification.valid === false ? "invalid" : "unusable")}>
      <Details label={common("details")} text={verification.detail} />
    </Notice>
  );
}

/** The first key in a variable or the config can be put before stored credentials. */
function isMovable(holder: Holder, key: ReturnType<typeof findKey>): boolean {
  if (key === null || holder.state !== "behind" || holder.place === "store") return false;
  return (holder.file ?? holder.name) === key.where && key.value.endsWith(holder.shown.slice(-4));
}
