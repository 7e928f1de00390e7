/** Step 2: the key. It is sent to the server once and never comes back, only its mask does. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { visit } from "@/app/_server/visit";
import { cancelCheck, forgetKey, submitKey } from "@/app/actions";
import { StepFrame } from "@/components/step-frame";
import { KeyCheckNotice } from "@/components/steps/key-check-notice";
import { KeyRefusalNotice } from "@/components/steps/key-refusal-notice";
import { Button, ButtonLink } from "@/components/ui/button";
import { Refresher } from "@/components/ui/refresher";
import { maskSecret } from "@/lib/openai/api-key";

export default async function KeyPage() {
  const wizard = await visit("GET");
  const t = await getTranslations("key");
  const { check, key } = wizard;
  if (key && check && check.result === null) {
    const seconds = Math.floor((Date.now() - check.startedAt) / 1000);
    return (
      <StepFrame step="key" title={t("checking")} lead={t("checkingLead")}>
        <Refresher every={500} />
        <p role="status" className="text-quiet tabular-nums">
          {t("asking", { key: maskSecret(key.value) })}
          {seconds >= 2 && <span aria-hidden="true"> {t("elapsed", { seconds })}</span>}
        </p>
        <form action={cancelCheck} className="mt-6">
          <Button kind="quiet">{t("cancel")}</Button>
        </form>
      </StepFrame>
    );
  }
  const result = check?.result?.kind === "done" ? check.result.value : null;
  if (result?.kind === "works" && wizard.checkAwaited) {
    wizard.checkAwaited = false;
    redirect("/model");
  }
  return (
    <StepFrame step="key" title={t("title")} lead={t("lead")}>
      {wizard.keyRefusal && <KeyRefusalNotice refusal={wizard.keyRefusal} id="key-error" />}
      {key && result && <KeyCheckNotice check={result} masked={maskSecret(key.value)} />}
      {check?.result?.kind === "failed" && <KeyCheckNotice check={null} masked="" />}
      <form action={submitKey}>
        <label htmlFor="key" className="block font-semibold">
          {t("label")}
        </label>
        <input
          id="key"
          name="key"
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          data-1p-ignore=""
          data-lpignore="true"
          placeholder={key ? maskSecret(key.value) : "sk-…"}
          aria-describedby={wizard.keyRefusal ? "key-error key-help" : "key-help"}
          aria-invalid={wizard.keyRefusal ? true : undefined}
          className="concealed mt-2 block min-h-12 w-full rounded-lg border border-quiet bg-surface px-4 font-mono placeholder:[-webkit-text-security:none]"
        />
        <p id="key-help" className="mt-2 text-base text-quiet">
          {key ? t("keepHelp") : t("help")}
        </p>
        <div className="mt-8 flex flex-wrap items-center gap-4">
          <Button>{t("continue")}</Button>
          {key && result?.mayContinue && result.kind !== "works" && (
            <ButtonLink kind="quiet" href="/model">
              {t("anyway")}
            </ButtonLink>
          )}
          <a href="/" className="underline underline-offset-4">
            {t("back")}
          </a>
        </div>
      </form>
      {key && (
        <form action={forgetKey} className="mt-6">
          <button
            type="submit"
            className="cursor-pointer text-base text-quiet underline underline-offset-4"
          >
            {t("forget")}
          </button>
        </form>
      )}
    </StepFrame>
  );
}
