/** Explains why a sign-in failed, and what to do. */

import { useTranslations } from "next-intl";
import { HelpLink, type HelpLinkProps } from "@/app/_parts/help/help-link";
import { Details, Notice } from "@/components/ui/notice";
import type { SignInProblem, SignInProblemCode } from "@/lib/openai/chatgpt/problems";
import { visible } from "@/lib/text/visible";

const NOT_A_FAILURE: readonly SignInProblemCode[] = ["cancelled", "expired", "login-forgotten"];

const HELP: Partial<Record<SignInProblemCode, HelpLinkProps["to"]>> = {
  "device-code-disabled": "chatgptSettings",
  "no-codex-entitlement": "chatgptSettings",
};

export function SignInProblemNotice({ problem }: Readonly<{ problem: SignInProblem }>) {
  const [t, common] = [useTranslations("signInProblem"), useTranslations("app")];
  const tone = NOT_A_FAILURE.includes(problem.code) ? "warn" : "bad";
  return (
    <Notice tone={tone} title={t(`${problem.code}.title`)}>
      {problem.holder && (
        <p>
          {t("portHolder", { name: visible(problem.holder.name), pid: `${problem.holder.pid}` })}
        </p>
      )}
      <p>{t(`${problem.code}.next`)}</p>
      <HelpLink to={HELP[problem.code]} />
      <Details label={common("details")} text={problem.detail} />
    </Notice>
  );
}
