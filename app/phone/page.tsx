/** A page after the answer: OpenClaw on a phone, by the user's own Telegram bot. */

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CommandLine } from "@/app/_parts/command-line";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { PairingSection } from "@/app/phone/_parts/pairing-section";
import { submitToken } from "@/app/phone/actions";
import { Button } from "@/components/ui/button";
import { ConcealedField } from "@/components/ui/concealed-field";
import { Notice } from "@/components/ui/notice";
import { OutsideLink, TextLink } from "@/components/ui/text-link";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { answersHere } from "@/lib/setup/machine/gateway";
import { telegramOf } from "@/lib/visit/later/phone";
import { machine } from "@/lib/visit/machine";

const BOT_FATHER = "https://t.me/BotFather";
const CHANNELS = "https://docs.openclaw.ai/channels";

export default async function PhonePage() {
  const visit = await currentVisit("GET");
  const [t, open] = [await getTranslations("phone"), await getTranslations("open")];
  const { snapshot, gateway } = await machine(visit);
  const { profile } = snapshot;
  const { setup, token } = telegramOf(visit, snapshot);
  const openclaw = `openclaw${profile ? ` --profile ${profile}` : ""}`;
  const pairing = (
    <PairingSection pairing={visit.pairing} isRunning={answersHere(gateway)} profile={profile} />
  );
  const isThere = token !== null || setup === "own-way";
  return (
    <StepFrame step={null} title={t("title")} lead={t("lead")}>
      {isThere && pairing}
      {setup === "own-way" ? (
        <Notice tone="info" title={t("ownWay.title")}>
          <p>{t("ownWay.next")}</p>
          <CommandLine text={`${openclaw} channels add`} />
        </Notice>
      ) : (
        <Folded isFolded={token !== null && !visit.telegramRefused} summary={t("bot.title")}>
          {token !== null && <p className="mt-2">{t("there", { token: maskSecret(token) })}</p>}
          <ol className="mt-3 list-decimal space-y-2 ps-6">
            <li>
              {t.rich("bot.open", {
                bot: (words) => <OutsideLink href={BOT_FATHER}>{words}</OutsideLink>,
              })}
            </li>
            <li>{t("bot.new")}</li>
            <li>{t("bot.take")}</li>
          </ol>
          {visit.telegramRefused && (
            <Notice tone="bad" id="token-error" title={t("refused.title")}>
              <p>{t("refused.next")}</p>
            </Notice>
          )}
          <form action={submitToken} className="mt-6">
            <ConcealedField
              id="token"
              label={t("token")}
              show={t("show")}
              help={t("tokenHelp")}
              placeholder="123456789:AA…"
              errorId={visit.telegramRefused ? "token-error" : null}
            />
            <div className="mt-6">
              <Button>{t("continue")}</Button>
            </div>
          </form>
        </Folded>
      )}
      <section aria-labelledby="others" className="mt-12 border-t border-line pt-6">
        <h2 id="others" className="text-lg font-semibold">
          {t("others.title")}
        </h2>
        <p className="mt-2 text-base">
          {t.rich("others.about", {
            docs: (words) => <OutsideLink href={CHANNELS}>{words}</OutsideLink>,
          })}
        </p>
        <CommandLine text={`${openclaw} channels add`} />
      </section>
      {visit.outcome.kind === "applied" && (
        <p className="mt-8">
          <TextLink href="/done">{open("back")}</TextLink>
        </p>
      )}
    </StepFrame>
  );
}

/** A completed step takes one line. */
function Folded({
  isFolded,
  summary,
  children,
}: Readonly<{ isFolded: boolean; summary: string; children: ReactNode }>) {
  if (isFolded) {
    return (
      <details className="mt-10">
        <summary className="py-2 font-semibold">{summary}</summary>
        {children}
      </details>
    );
  }
  return (
    <section aria-labelledby="bot">
      <h2 id="bot" className="text-lg font-semibold">
        {summary}
      </h2>
      {children}
    </section>
  );
}
