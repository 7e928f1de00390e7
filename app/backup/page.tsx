/** A page beside the steps: an optional key as backup of the subscription. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AddressNotice } from "@/app/_parts/address-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import type { Asked } from "@/app/_server/asked";
import { currentVisit } from "@/app/_server/visit";
import {
  acceptBackup,
  cancelBackupCheck,
  confirmBackupKey,
  dropBackup,
  submitBackupKey,
  takeFoundKey,
} from "@/app/backup/actions";
import { KeyCheckNotice } from "@/app/key/_parts/key-check-notice";
import { KeyField } from "@/app/key/_parts/key-field";
import { KeyQuestionNotice } from "@/app/key/_parts/key-question-notice";
import { KeyRefusalNotice } from "@/app/key/_parts/key-refusal-notice";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Waiting } from "@/components/wait/waiting";
import { DEFAULT_OPENAI_BASE_URL, nameOfAddress } from "@/lib/openai/base-url";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { findKey } from "@/lib/setup/machine/found-key";
import { keyRoute, keyWorks } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";
import { machine } from "@/lib/visit/machine";

/** `checking`: go on as soon as the new key works. */
export default async function BackupPage({ searchParams }: Asked) {
  const visit = await currentVisit("GET");
  if (visit.auth !== "chatgpt" || !visit.login) redirect("/sign-in");
  if (!visit.model) redirect("/model");
  const [t, common] = [await getTranslations("backup"), await getTranslations("key")];
  const key = givenKey(visit);
  const check = key?.check ?? null;
  const refusal = visit.key.kind === "refused" ? visit.key.refusal : null;
  const route = await keyRoute(visit);
  const who = nameOfAddress(route.ok ? route.value.baseUrl : DEFAULT_OPENAI_BASE_URL);
  const masked = key ? maskSecret(key.value) : null;
  if (masked && check && check.result === null) {
    return (
      <StepFrame step="review" auth="chatgpt" title={common("checking")}>
        <Waiting
          what={common("asking", { who, key: masked })}
          since={check.startedAt}
          cancel={cancelBackupCheck}
        />
      </StepFrame>
    );
  }
  if (key?.asBackup && keyWorks(check) && "checking" in (await searchParams)) redirect("/review");
  const { snapshot, shown } = await machine(visit);
  const found = findKey(snapshot);
  const result = check?.result?.kind === "done" ? check.result.value : null;
  const broken = check?.result?.kind === "failed";
  const unproven = masked && (broken || (result?.mayContinue && result.kind !== "works"));
  return (
    <StepFrame step="review" auth="chatgpt" title={t("title")} lead={t("lead")}>
      <Notice tone="warn" title={t("cost.title")}>
        <p>{t("cost.next")}</p>
      </Notice>
      <AddressNotice />
      {refusal && <KeyRefusalNotice refusal={refusal} id="key-error" />}
      {visit.key.kind === "asked" && (
        <KeyQuestionNotice asked={visit.key} who={who} confirm={confirmBackupKey} />
      )}
      {masked && (result || broken) && <KeyCheckNotice check={result} masked={masked} />}
      {found && found.value !== key?.value && (
        <form action={takeFoundKey} className="mb-6 rounded-xl border border-line p-5">
          <p id="found-key" className="mb-3 wrap-anywhere">
            {t("found", { key: maskSecret(found.value), where: shown(found.where) })}
          </p>
          <Button kind="quiet" aria-describedby="found-key">
            {t("useFound")}
          </Button>
        </form>
      )}
      <form action={submitBackupKey}>
        <KeyField masked={masked} errorId={refusal ? "key-error" : null} />
        <div className="mt-8 flex flex-wrap items-center gap-4">
          <Button>{t("use")}</Button>
          <TextLink href="/review">{common("back")}</TextLink>
        </div>
      </form>
      <div className="mt-6 flex flex-wrap gap-4">
        {unproven && (
          <form action={acceptBackup}>
            <Button kind="quiet">{common("anyway")}</Button>
          </form>
        )}
        {key?.asBackup && (
          <form action={dropBackup}>
            <Button kind="quiet">{t("drop")}</Button>
          </form>
        )}
      </div>
    </StepFrame>
  );
}
