/** Step 3: the model, from those that the credential and the release offer, or by reference. */

import { redirect } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { KeyCheckNotice } from "@/app/key/_parts/key-check-notice";
import { ModelRadio } from "@/app/model/_parts/model-radio";
import { ModelSearch } from "@/app/model/_parts/model-search";
import { MonthlyCost } from "@/app/model/_parts/monthly-cost";
import { PriceSource } from "@/app/model/_parts/price-source";
import { chooseModel, offerUpdate, skipReading } from "@/app/model/actions";
import { skipAccountCheck } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { TextLink } from "@/components/ui/text-link";
import { Waiting } from "@/components/wait/waiting";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { updateFor } from "@/lib/setup/machine/update";
import { isListed } from "@/lib/setup/model-proposals";
import { settledWithin } from "@/lib/system/job";
import { offeredModels } from "@/lib/visit/choices/models";
import { givenKey } from "@/lib/visit/key-state";
import { currentLogin } from "@/lib/visit/login";
import { machine, readingOf } from "@/lib/visit/machine";

const SHOWN_AT_ONCE = 4;
/** The longest wait for ChatGPT, which was asked at the end of the sign-in. */
const ACCOUNT_MS = 5_000;

export default async function ModelPage() {
  const visit = await currentVisit("GET");
  const { auth } = visit;
  const key = auth === "chatgpt" ? null : givenKey(visit);
  const checked = key?.check.result;
  const check = checked?.kind === "done" ? checked.value : null;
  if (auth === "chatgpt" && !(await currentLogin(visit))) redirect("/sign-in");
  if (auth !== "chatgpt" && (!key || (check && !check.mayContinue))) redirect("/key");
  const [t, format] = [await getTranslations("model"), await getFormatter()];
  const asked = await readingOf(visit);
  const found = await machine(visit);
  const { installed, reading } = found;
  const account = auth === "chatgpt" ? (visit.login?.check ?? null) : null;
  if (account) await settledWithin(account);
  if (account?.result === null && Date.now() - account.startedAt < ACCOUNT_MS) {
    const [asked, wait] = [await getTranslations("accountCheck"), await getTranslations("wait")];
    return (
      <StepFrame step="model" auth={auth} title={t("title")}>
        <Waiting
          what={asked("asking")}
          since={account.startedAt}
          cancel={skipAccountCheck}
          cancelLabel={wait("skip")}
        />
        <TextLink href="/sign-in">{t("back")}</TextLink>
      </StepFrame>
    );
  }
  if (asked && reading && installed && asked.result === null && !visit.readingSkipped) {
    const { nearest } = reading;
    return (
      <StepFrame step="model" auth={auth} title={t("title")}>
        <Waiting
          what={t("reading", { version: installed.version })}
          since={asked.startedAt}
          cancel={skipReading}
          cancelLabel={t("readingSkip", { nearest })}
        />
        <TextLink href={auth === "chatgpt" ? "/sign-in" : "/key"}>{t("back")}</TextLink>
      </StepFrame>
    );
  }
  const { choices, proposed, listed, owned } = offeredModels(visit, found);
  const lead = listed ? t("lead") : t("leadUnlisted");
  const owns = owned !== null && choices.some(({ ref }) => isListed(ref, owned));
  // The release knows none of the account's models, so every choice would be a guess.
  const lacksModels =
    (owned !== null && owned.length > 0 && !owns) ||
    (listed !== null && choices.length > 0 && !choices.some(({ known }) => known));
  const leadChatgpt = owns ? t("leadOwned") : t("leadChatgpt");
  const chosen = visit.model ?? proposed?.ref ?? null;
  const reasoned = choices.filter(({ reason }) => reason !== null).length;
  const shown = reasoned > 0 ? reasoned : SHOWN_AT_ONCE;
  const first = choices.filter((choice, index) => index < shown || choice.ref === chosen);
  const rest = choices.filter((choice) => !first.includes(choice));
  const own = chosen !== null && !choices.some((choice) => choice.ref === chosen) ? chosen : "";
  const refusal = visit.modelRefusal;
  return (
    <StepFrame
      step="model"
      auth={auth}
      title={t("title")}
      lead={auth === "chatgpt" ? leadChatgpt : lead}
    >
      {owned !== null && owned.length > 0 && !owns && (
        <Notice tone="warn" title={t("notOwned.title")}>
          <p>{t("notOwned.next", { models: format.list(owned.slice(0, 5)) })}</p>
        </Notice>
      )}
      {lacksModels && updateFor(found, true) && (
        <form action={offerUpdate} className="my-5">
          <Button kind="quiet">{t("update")}</Button>
        </form>
      )}
      {check && key && <KeyCheckNotice check={check} masked={maskSecret(key.value)} />}
      {refusal && (
        <Notice tone="bad" id="model-error" title={t("refused.title")}>
          <p>{t("refused.next")}</p>
        </Notice>
      )}
      <form action={chooseModel}>
        <fieldset>
          <legend className="mb-2 font-semibold">{t("question")}</legend>
          {first.map((choice) => (
            <ModelRadio key={choice.ref} choice={choice} chosen={choice.ref === chosen} />
          ))}
          {rest.length > 0 && (
            <details className="mt-2">
              <summary className="py-2 font-semibold">
                {t("others", { count: rest.length })}
              </summary>
              <ModelSearch label={t("search")} none={t("none")}>
                {rest.map((choice) => (
                  <ModelRadio key={choice.ref} choice={choice} chosen={false} />
                ))}
              </ModelSearch>
            </details>
          )}
        </fieldset>
        {choices.some(({ price }) => price !== null) && (
          <p className="mt-3 text-sm text-quiet">
            <PriceSource machine={found} />
          </p>
        )}
        {auth !== "chatgpt" && <MonthlyCost choices={first} />}
        <details className="mt-4" open={own !== "" || refusal !== null}>
          <summary className="py-2 font-semibold">{t("own")}</summary>
          <label htmlFor="other" className="block text-base">
            {t("ownLabel")}
          </label>
          <TextField
            id="other"
            name="other"
            defaultValue={own}
            placeholder="openai/gpt-5.5"
            errorId={refusal ? "model-error" : null}
          />
        </details>
        <div className="mt-8 flex items-center gap-4">
          <Button>{t("continue")}</Button>
          <TextLink href={auth === "chatgpt" ? "/sign-in" : "/key"}>{t("back")}</TextLink>
        </div>
      </form>
    </StepFrame>
  );
}
