/** Step 1: how to use OpenAI, and what was found on this machine. */

import { getTranslations } from "next-intl/server";
import { chooseAuth } from "@/app/_choose/actions";
import { Found } from "@/app/_choose/found";
import { InstallState } from "@/app/_choose/install-state";
import { ReleaseChooser } from "@/app/_choose/release-chooser";
import { AddressNotice } from "@/app/_parts/address-notice";
import { ImmutableNotice } from "@/app/_parts/immutable-notice";
import { OlderInUseNotice } from "@/app/_parts/older-in-use-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { Button } from "@/components/ui/button";
import { findCodexLogin } from "@/lib/openai/chatgpt/codex-login";
import { installOf, isInstalling } from "@/lib/visit/install";
import { machine } from "@/lib/visit/machine";

const CHOICES = ["api-key", "chatgpt"] as const;
const FORM = "choice";
/** Each card has a name, three aligned points and a line about what was found. */
const ROWS = {
  plain: "sm:grid-rows-[repeat(4,auto)]",
  noted: "sm:grid-rows-[repeat(5,auto)]",
};

export default async function ChoosePage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("choose");
  const found = await machine(visit);
  const codex = await findCodexLogin();
  const { installing } = visit;
  const missing = isInstalling(visit) ? null : await installOf(visit, found);
  const codexOf = codex.kind === "found" ? (codex.account.email ?? codex.account.accountId) : null;
  return (
    <StepFrame step="choose" auth={visit.auth} title={t("title")} lead={t("lead")}>
      <OlderInUseNotice machine={found} />
      <AddressNotice />
      <ImmutableNotice snapshot={found.snapshot} shown={found.shown} />
      {installing && <InstallState installing={installing} isFound={found.installed !== null} />}
      <Found machine={found} zero={missing && { visit, plan: missing, form: FORM }} />
      <form id={FORM} action={chooseAuth}>
        <fieldset
          className={`grid grid-cols-1 gap-4 sm:grid-cols-2 ${codexOf ? ROWS.noted : ROWS.plain}`}
        >
          <legend className="mb-2 font-semibold">{t("question")}</legend>
          {CHOICES.map((choice) => (
            <div
              key={choice}
              className={`relative grid grid-rows-subgrid gap-2 rounded-xl border border-line bg-surface px-5 py-4 has-checked:border-accent has-checked:ring-2 has-checked:ring-accent ${codexOf ? "row-span-5" : "row-span-4"}`}
            >
              <label className="flex items-center gap-3 text-lg font-semibold">
                <input
                  type="radio"
                  name="auth"
                  value={choice}
                  required
                  defaultChecked={choice === (visit.auth ?? "api-key")}
                  aria-describedby={`about-${choice}`}
                  className="size-6 shrink-0 accent-accent after:absolute after:inset-0 after:cursor-pointer"
                />
                {t(`${choice}.name`)}
              </label>
              <dl
                id={`about-${choice}`}
                className="row-span-3 grid grid-rows-subgrid gap-2 text-quiet"
              >
                {(["cost", "good", "need"] as const).map((line) => (
                  <div key={line}>
                    <dt className="me-2 inline font-semibold text-ink">{t(`${line}`)}</dt>
                    <dd className="inline">{t(`${choice}.${line}`)}</dd>
                  </div>
                ))}
              </dl>
              {choice === "chatgpt" && codexOf && (
                <p className="text-sm font-semibold">{t("codexFound", { account: codexOf })}</p>
              )}
            </div>
          ))}
        </fieldset>
        {!found.installed && missing === null && !isInstalling(visit) && (
          <div className="mt-6">
            <ReleaseChooser chosen={visit.target} writer={found.writer} form={FORM} />
          </div>
        )}
        <div className="mt-5">
          <Button>{t("continue")}</Button>
        </div>
      </form>
    </StepFrame>
  );
}
