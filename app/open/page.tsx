/** Waits for OpenClaw's one-time link to the dashboard. */

import { getTranslations } from "next-intl/server";
import { FailureWords } from "@/app/_parts/failure-sentence";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { stopOpening } from "@/app/open/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SendAtOnce } from "@/components/ui/send-at-once";
import { TextLink } from "@/components/ui/text-link";
import { Waiting } from "@/components/wait/waiting";
import type { OpeningFailure } from "@/lib/visit/outcome";

export default async function OpenPage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("open");
  const { opening } = visit;
  const result = opening?.result?.kind === "done" ? opening.result.value : null;
  return (
    <StepFrame step="done" auth={visit.auth} title={t("title")}>
      {opening?.result === null && (
        <Waiting what={t("making")} since={opening.startedAt} cancel={stopOpening} />
      )}
      {result?.ok && (
        <>
          {!result.value.signsIn && <p className="mb-4">{t("asksToken")}</p>}
          <form method="post" action="/open/go">
            {result.value.signsIn && <SendAtOnce />}
            <Button>{t("go")}</Button>
          </form>
        </>
      )}
      {result && !result.ok && <Failed failure={result.error} />}
      {opening?.result?.kind === "failed" && <Notice tone="bad" title={t("failed")} />}
      {opening?.result !== null && !result?.ok && (
        <form method="post" action="/open/start" className="mt-4">
          <Button>{t("again")}</Button>
        </form>
      )}
      <p className="mt-8">
        <TextLink href="/done">{t("back")}</TextLink>
      </p>
    </StepFrame>
  );
}

async function Failed({ failure }: Readonly<{ failure: OpeningFailure }>) {
  const t = await getTranslations("open");
  if (failure.code === "no-gateway") {
    return (
      <Notice tone="warn" title={t("noGateway")}>
        <p>{t("noGatewayNext")}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={t("failed")}>
      <FailureWords failure={failure} />
    </Notice>
  );
}
