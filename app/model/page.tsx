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
import { Waiting, type WaitingProps } from "@/components/wait/waiting";
import { maskSecret } from "@/lib/secrets/mask-secret";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { updateFor } from "@/lib/setup/machine/update";
import { type Job, settledWithin } from "@/lib/system/job";
import { leadOf, type ModelList, modelList, offeredModels } from "@/lib/visit/choices/models";
import { givenKey } from "@/lib/visit/key-state";
import { currentLogin } from "@/lib/visit/login";
import { machine, readingOf } from "@/lib/visit/machine";
import type { Visit } from "@/lib/visit/visit";

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
  const t = await getTranslations("model");
  const asked = await readingOf(visit);
  const found = await machine(visit);
  const account = auth === "chatgpt" ? (visit.login?.check ?? null) : null;
  if (account) await settledWithin(account);
  const wait = await waitFor(visit, { account, asked, found });
  if (wait) return wait;
  const offered = offeredModels(visit, found);
  const list = modelList(visit, offered);
  const refusal = visit.modelRefusal;
  return (
    <StepFrame step="model" auth={auth} title={t("title")} lead={t(leadOf(visit, offered))}>
      {list.owns === false && <NotOwned owned={offered.owned ?? []} />}
      {list.lacksModels && updateFor(found, true) && (
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
        <Choices list={list} />
        {offered.choices.some(({ price }) => price !== null) && (
          <p className="mt-3 text-sm text-quiet">
            <PriceSource machine={found} />
          </p>
        )}
        {auth !== "chatgpt" && <MonthlyCost choices={list.first} />}
        <details className="mt-4" open={list.own !== "" || refusal !== null}>
          <summary className="py-2 font-semibold">{t("own")}</summary>
          <label htmlFor="other" className="block text-base">
            {t("ownLabel")}
          </label>
          <TextField
            id="other"
            name="other"
            defaultValue={list.own}
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

interface Awaitable {
  readonly account: NonNullable<Visit["login"]>["check"];
  readonly asked: Job<unknown> | null;
  readonly found: MachineView;
}

/** While ChatGPT lists the account's models, or the installation is read; null when neither is awaited. */
async function waitFor(visit: Visit, { account, asked, found }: Awaitable) {
  const { installed, reading } = found;
  if (account?.result === null && Date.now() - account.startedAt < ACCOUNT_MS) {
    const [check, wait] = [await getTranslations("accountCheck"), await getTranslations("wait")];
    return (
      <Wait
        visit={visit}
        what={check("asking")}
        since={account.startedAt}
        cancel={skipAccountCheck}
        cancelLabel={wait("skip")}
      />
    );
  }
  if (asked && reading && installed && asked.result === null && !visit.readingSkipped) {
    const t = await getTranslations("model");
    return (
      <Wait
        visit={visit}
        what={t("reading", { version: installed.version })}
        since={asked.startedAt}
        cancel={skipReading}
        cancelLabel={t("readingSkip", { nearest: reading.nearest })}
      />
    );
  }
  return null;
}

async function Wait({ visit, ...waiting }: Readonly<{ visit: Visit }> & WaitingProps) {
  const t = await getTranslations("model");
  return (
    <StepFrame step="model" auth={visit.auth} title={t("title")}>
      <Waiting {...waiting} />
      <TextLink href={visit.auth === "chatgpt" ? "/sign-in" : "/key"}>{t("back")}</TextLink>
    </StepFrame>
  );
}

/** The account lists models, and none of those that the release offers. */
async function NotOwned({ owned }: Readonly<{ owned: readonly string[] }>) {
  if (owned.length === 0) return null;
  const [t, format] = [await getTranslations("model"), await getFormatter()];
  return (
    <Notice tone="warn" title={t("notOwned.title")}>
      <p>{t("notOwned.next", { models: format.list(owned.slice(0, 5)) })}</p>
    </Notice>
  );
}

async function Choices({ list }: Readonly<{ list: ModelList }>) {
  const t = await getTranslations("model");
  const { first, rest, chosen } = list;
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{t("question")}</legend>
      {first.map((choice) => (
        <ModelRadio key={choice.ref} choice={choice} chosen={choice.ref === chosen} />
      ))}
      {rest.length > 0 && (
        <details className="mt-2">
          <summary className="py-2 font-semibold">{t("others", { count: rest.length })}</summary>
          <ModelSearch label={t("search")} none={t("none")}>
            {rest.map((choice) => (
              <ModelRadio key={choice.ref} choice={choice} chosen={false} />
            ))}
          </ModelSearch>
        </details>
      )}
    </fieldset>
  );
}
