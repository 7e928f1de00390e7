/** Step 2: the key, which is sent to the server once and only comes back masked. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddressNotice } from "@/app/_parts/address-notice";
import { ChangedNotice } from "@/app/_parts/help/changed-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import type { Asked } from "@/app/_server/asked";
import { currentVisit } from "@/app/_server/visit";
import { KeyCheckNotice } from "@/app/key/_parts/key-check-notice";
import { KeyField } from "@/app/key/_parts/key-field";
import { KeyHelp } from "@/app/key/_parts/key-help";
import { KeyQuestionNotice } from "@/app/key/_parts/key-question-notice";
import { KeyRefusalNotice } from "@/app/key/_parts/key-refusal-notice";
import { cancelCheck, confirmKey, forgetKey, submitKey } from "@/app/key/actions";
import { Button, ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { Waiting } from "@/components/wait/waiting";
import { DEFAULT_OPENAI_BASE_URL, nameOfAddress } from "@/lib/openai/base-url";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { keyRoute, keyWorks } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";

/** `checking`: go on as soon as the new key works. */
export default async function KeyPage({ searchParams }: Asked) {
  const visit = await currentVisit("GET");
  const t = await getTranslations("key");
  const key = givenKey(visit);
  const check = key?.check ?? null;
  const refusal = visit.key.kind === "refused" ? visit.key.refusal : null;
  const route = await keyRoute(visit);
  const who = nameOfAddress(route.ok ? route.value.baseUrl : DEFAULT_OPENAI_BASE_URL);
  if (key && check && check.result === null) {
    return (
      <StepFrame step="key" title={t("checking")} lead={t("checkingLead")}>
        <Waiting
          what={t("asking", { who, key: maskSecret(key.value) })}
          since={check.startedAt}
          cancel={cancelCheck}
        />
      </StepFrame>
    );
  }
  const result = check?.result?.kind === "done" ? check.result.value : null;
  if (keyWorks(check) && "checking" in (await searchParams)) redirect("/model");
  const isUnproven = key !== null && result !== null && !["works", "refused"].includes(result.kind);
  return (
    <StepFrame step="key" title={t("title")} lead={t("lead", { who })}>
      <AddressNotice />
      <ChangedNotice outcome={visit.outcome} />
      {refusal && <KeyRefusalNotice refusal={refusal} id="key-error" />}
      {visit.key.kind === "asked" && (
        <KeyQuestionNotice asked={visit.key} who={who} confirm={confirmKey} />
      )}
      {key && result && (
        <KeyCheckNotice check={result} masked={maskSecret(key.value)} id="key-checked" />
      )}
      {check?.result?.kind === "failed" && <KeyCheckNotice check={null} masked="" />}
      {key && (
        <form
          action={forgetKey}
          className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2"
        >
          <p className="grow">
            {t.rich("kept", { key: maskSecret(key.value), code: (words) => <code>{words}</code> })}
          </p>
          <button
            type="submit"
            className="min-h-11 cursor-pointer text-base text-quiet underline underline-offset-4"
          >
            {t("forget")}
          </button>
        </form>
      )}
      <form action={submitKey}>
        <KeyField
          masked={key && result?.kind !== "refused" ? maskSecret(key.value) : null}
          errorId={refusal ? "key-error" : result?.kind === "refused" ? "key-checked" : null}
        />
        <div className="mt-8 flex flex-wrap items-center gap-4">
          <Button>{t(isUnproven ? "checkAgain" : "continue")}</Button>
          {key && result?.mayContinue && result.kind !== "works" && (
            <ButtonLink kind="quiet" href="/model">
              {t("anyway")}
            </ButtonLink>
          )}
          <TextLink href="/">{t("back")}</TextLink>
        </div>
      </form>
      <KeyHelp />
    </StepFrame>
  );
}
