/** Signs in with a browser elsewhere: an address to open, and one to bring back. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { StepFrame } from "@/app/_parts/step-frame";
import { currentVisit } from "@/app/_server/visit";
import { SignInProblemNotice } from "@/app/sign-in/_parts/sign-in-problem-notice";
import { submitPasted } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { TextLink } from "@/components/ui/text-link";
import { tunnelCommand } from "@/lib/sign-in/tunnel";

export default async function PastePage() {
  const visit = await currentVisit("GET");
  const { elsewhere, problem } = visit.signIn;
  // A failure at the service is shown as a problem.
  const refused = visit.signIn.pasteRefusal;
  const pasteRefusal = refused === "sign-in-failed" ? null : refused;
  if (!elsewhere) redirect("/sign-in");
  const t = await getTranslations("paste");
  return (
    <StepFrame step="sign-in" auth="chatgpt" title={t("title")} lead={t("lead")}>
      {problem && <SignInProblemNotice problem={problem} />}
      {pasteRefusal && (
        <Notice tone="bad" id="address-error" title={t(`refused.${pasteRefusal}.title`)}>
          <p>{t(`refused.${pasteRefusal}.next`)}</p>
        </Notice>
      )}
      <p className="font-semibold">{t("open")}</p>
      <CommandLine text={elsewhere} />
      <p className="mt-6 font-semibold">{t("end")}</p>
      <p className="break-words text-quiet">{t("endAbout")}</p>
      <form action={submitPasted} className="mt-6">
        <label htmlFor="address" className="block font-semibold">
          {t("label")}
        </label>
        <TextField
          id="address"
          name="address"
          placeholder="http://localhost:1455/auth/callback?code=…&state=…"
          errorId={pasteRefusal ? "address-error" : null}
        />
        <div className="mt-6 flex flex-wrap items-center gap-4">
          <Button>{t("submit")}</Button>
          <TextLink href="/sign-in">{t("back")}</TextLink>
        </div>
      </form>
      <section aria-labelledby="tunnel" className="mt-12 border-t border-line pt-6">
        <h2 id="tunnel" className="font-semibold">
          {t("tunnel")}
        </h2>
        <p className="mt-1 text-quiet">{t("tunnelAbout")}</p>
        <CommandLine text={tunnelCommand()} />
      </section>
    </StepFrame>
  );
}
