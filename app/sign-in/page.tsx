/** Step 2 with a subscription: signing in, and the account afterwards. */

import { getTranslations } from "next-intl/server";
import { chooseAuth } from "@/app/_choose/actions";
import { ChangedNotice } from "@/app/_parts/help/changed-notice";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { AccountCard } from "@/app/sign-in/_parts/account-card";
import { AccountCheckNotice } from "@/app/sign-in/_parts/account-check-notice";
import { CodexLoginCard } from "@/app/sign-in/_parts/codex-login-card";
import { OwnSignIns } from "@/app/sign-in/_parts/own-sign-ins";
import { SignInProblemNotice } from "@/app/sign-in/_parts/sign-in-problem-notice";
import { firstWay, SignInWays } from "@/app/sign-in/_parts/sign-in-ways";
import {
  cancelAccountCheck,
  cancelExchange,
  checkAccountAgain,
  signOut,
} from "@/app/sign-in/actions";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Waiting } from "@/components/wait/waiting";
import { findCodexLogin } from "@/lib/openai/chatgpt/codex-login";
import { planInfo } from "@/lib/openai/chatgpt/plans";
import { problem as problemOf, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { modelCommand, ownSignIns } from "@/lib/setup/machine/own-sign-ins";
import { surroundings } from "@/lib/system/surroundings.mjs";
import { asksChatGpt, currentLogin } from "@/lib/visit/login";
import { machine } from "@/lib/visit/machine";
import { endedUnderWay, exchangeUnderWay } from "@/lib/visit/sign-in/browser";
import type { Visit } from "@/lib/visit/visit";

export default async function SignInPage() {
  const visit = await currentVisit("GET");
  const t = await getTranslations("signIn");
  const login = (await currentLogin(visit)) ? visit.login : null;
  const exchange = exchangeUnderWay(visit);
  if (exchange) {
    return (
      <StepFrame step="sign-in" auth="chatgpt" title={t("exchange.title")}>
        <Waiting what={t("exchange.what")} since={exchange.startedAt} cancel={cancelExchange} />
      </StepFrame>
    );
  }
  const forgotten = visit.login && !login ? problemOf("login-forgotten") : null;
  const problem = visit.signIn.problem ?? forgotten ?? endedUnderWay(visit);
  if (login) return <SignedIn login={login} problem={problem} />;
  const around = surroundings();
  const { revoking } = visit.signIn;
  const codex = await findCodexLogin();
  const found = await machine(visit);
  const where = codex.kind === "found" ? found.shown(codex.path) : "";
  return (
    <StepFrame step="sign-in" auth="chatgpt" title={t("title")} lead={t("lead")}>
      <ChangedNotice outcome={visit.outcome} />
      {problem && <SignInProblemNotice problem={problem} />}
      {revoking?.result === null && <Waiting what={t("revoking")} since={revoking.startedAt} />}
      {!problem && visit.signIn.underWay && (
        <Notice tone="info" title={t("underWay.title")}>
          <p>{t("underWay.next")}</p>
        </Notice>
      )}
      {!problem && around !== "local" && (
        <Notice tone="info" title={t(`remote.${around}.title`)}>
          <p>{t(`remote.${around}.next`)}</p>
        </Notice>
      )}
      <SignInWays first={firstWay(problem?.code ?? null, around !== "local")}>
        {codex.kind === "found" && (
          <CodexLoginCard
            found={codex}
            where={where}
            check={visit.signIn.codexCheck}
            asks={asksChatGpt(visit)}
          />
        )}
      </SignInWays>
      <OwnSignIns
        ways={ownSignIns(found)}
        stored={visit.signIn.stored}
        setModel={modelCommand(found)}
      />
    </StepFrame>
  );
}

interface SignedInProps {
  readonly login: NonNullable<Visit["login"]>;
  readonly problem: SignInProblem | null;
}

async function SignedIn({ login, problem }: SignedInProps) {
  const [t, asked] = [await getTranslations("signIn"), await getTranslations("accountCheck")];
  const { check } = login;
  const answer = check?.result?.kind === "done" ? check.result.value : null;
  const usable = answer?.kind === "usable" && answer.models.length > 0;
  const refused = answer?.kind === "refused";
  const onward = (
    <ButtonLink href="/model" kind={refused ? "quiet" : "primary"}>
      {t("continue")}
    </ButtonLink>
  );
  const change = (
    <form method="post" action="/sign-in/start">
      <input type="hidden" name="switch" value="1" />
      <Button kind={refused ? "primary" : "quiet"}>{t("signedIn.switch")}</Button>
    </form>
  );
  return (
    <StepFrame step="sign-in" auth="chatgpt" title={t("signedIn.title")} lead={t("signedIn.lead")}>
      {problem && <SignInProblemNotice problem={problem} />}
      <AccountCard account={login.account} proven={usable} />
      {check && <AccountCheckNotice job={check} cancel={cancelAccountCheck} />}
      {login.source === "codex" && (
        <Notice tone="warn" title={t("shared.title")}>
          <p>{t("shared.next")}</p>
        </Notice>
      )}
      <div className="mt-8 flex flex-wrap items-center gap-4">
        {refused ? change : onward}
        {check && check.result !== null && !usable && (
          <form action={checkAccountAgain}>
            <Button kind="quiet">{asked("again")}</Button>
          </form>
        )}
        {refused ? onward : change}
        <form action={signOut}>
          <Button kind="quiet">{t("signedIn.signOut")}</Button>
        </form>
        {(refused || (!usable && planInfo(login.account.plan).codex === "limited")) && (
          <form action={chooseAuth}>
            <input type="hidden" name="auth" value="api-key" />
            <Button kind="quiet">{t("api-key.button")}</Button>
          </form>
        )}
        <TextLink href="/">{t("back")}</TextLink>
      </div>
    </StepFrame>
  );
}
