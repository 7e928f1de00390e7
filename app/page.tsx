/** Step 1: how to use OpenAI; and what was found on this machine. */

import { getTranslations } from "next-intl/server";
import { chooseAuth } from "@/app/_choose/actions";
import { Found } from "@/app/_choose/found";
import { InstallSection } from "@/app/_choose/install-section";
import { TargetRelease } from "@/app/_choose/target-release";
import { AddressNotice } from "@/app/_parts/address-notice";
import { ImmutableNotice } from "@/app/_parts/immutable-notice";
import { OlderInUseNotice } from "@/app/_parts/older-in-use-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { Button } from "@/components/ui/button";
import { findCodexLogin } from "@/lib/openai/chatgpt/codex-login";
import { machine } from "@/lib/visit/machine";

const CHOICES = ["api-key", "chatgpt"] as const;

export default async function ChoosePage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("choose");
  const found = await machine(visit);
  const codex = await findCodexLogin();
  const codexOf = codex.kind === "found" ? (codex.account.email ?? codex.account.accountId) : null;
  return (
    <StepFrame step="choose" auth={visit.auth} title={t("title")} lead={t("lead")}>
      <OlderInUseNotice machine={found} />
      <AddressNotice />
      <ImmutableNotice snapshot={found.snapshot} shown={found.shown} />
      <Found machine={found} />
      <InstallSection visit={visit} machine={found} />
      <form action={chooseAuth}>
        <fieldset className="grid gap-4 sm:grid-cols-2 sm:grid-rows-[repeat(5,auto)]">
          <legend className="mb-3 font-semibold">{t("question")}</legend>
          {CHOICES.map((choice) => (
            <div
              key={choice}
              className="relative row-span-5 grid grid-rows-subgrid gap-2 rounded-xl border border-line bg-surface p-5 has-checked:border-accent has-checked:ring-2 has-checked:ring-accent"
            >
              <label className="flex items-center gap-3 text-lg font-semibold">
                <input
                  type="radio"
                  name="auth"
                  value={choice}
                  required
                  defaultChecked={choice === (visit.auth ?? "api-key")}
                  aria-describedby={`about-${choice}`}
                  className="size-5 shrink-0 accent-accent after:absolute after:inset-0 after:cursor-pointer"
                />
                {t(`${choice}.name`)}
              </label>
              <dl
                id={`about-${choice}`}
                className="row-span-3 grid grid-rows-subgrid gap-2 text-base text-quiet"
              >
                {(["cost", "good", "need"] as const).map((line) => (
                  <div key={line}>
                    <dt className="text-sm font-semibold text-ink">{t(`${line}`)}</dt>
                    <dd>{t(`${choice}.${line}`)}</dd>
                  </div>
                ))}
              </dl>
              {choice === "chatgpt" && (codexOf || !found.installed) && (
                <p className="text-sm font-semibold">
                  {codexOf && t("codexFound", { account: codexOf })}{" "}
                  {!found.installed && t("chatgptNeedsOpenClaw")}
                </p>
              )}
            </div>
          ))}
        </fieldset>
        {!found.installed && <TargetRelease chosen={visit.target} writer={found.writer} />}
        <div className="mt-8">
          <Button>{t("continue")}</Button>
        </div>
      </form>
    </StepFrame>
  );
}
