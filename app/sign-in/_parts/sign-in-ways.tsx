/** Shows the best sign-in method as the page's action, and the others below. */

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { chooseAuth } from "@/app/_choose/actions";
import { HelpLink } from "@/app/_parts/help/help-link";
import { requestDeviceCode, signInElsewhere } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import type { SignInProblemCode } from "@/lib/openai/chatgpt/problems";

const WAYS = ["browser", "device", "paste", "api-key"] as const;
export type Way = (typeof WAYS)[number];

const HELPED_BY: Partial<Record<SignInProblemCode, Way>> = {
  "port-taken": "device",
  "port-released": "device",
  "no-codex-entitlement": "api-key",
  "incomplete-answer": "api-key",
  "client-refused": "api-key",
};

/** The best method after a problem; by default the browser, or a code if the browser is elsewhere. */
export function firstWay(problem: SignInProblemCode | null, elsewhere: boolean): Way {
  if (problem === "device-code-disabled") return elsewhere ? "paste" : "browser";
  return (problem && HELPED_BY[problem]) ?? (elsewhere ? "device" : "browser");
}

/** `children` come before the last method, which is no sign-in. */
export function SignInWays({ first, children }: Readonly<{ first: Way; children?: ReactNode }>) {
  const t = useTranslations("signIn");
  return (
    <>
      <WayForm way={first} kind="primary">
        <TextLink href="/">{t("back")}</TextLink>
      </WayForm>
      <section aria-labelledby="others" className="mt-12 border-t border-line pt-6">
        <h2 id="others" className="text-lg font-semibold">
          {t("others")}
        </h2>
        {WAYS.filter((way) => way !== first).map((way) => (
          <div key={way} className="mt-5">
            {way === "api-key" && children}
            <WayForm way={way} kind="quiet" />
          </div>
        ))}
        {first === "api-key" && children}
      </section>
    </>
  );
}

function WayForm({
  way,
  kind,
  children,
}: Readonly<{ way: Way; kind: "primary" | "quiet"; children?: ReactNode }>) {
  const t = useTranslations("signIn");
  const about = (
    <p
      id={`about-${way}`}
      className={kind === "primary" ? "mb-8 text-quiet" : "mt-2 text-base text-quiet"}
    >
      {t(`${way}.about`)}
    </p>
  );
  const inside = (
    <>
      {kind === "primary" && about}
      {way === "api-key" && <input type="hidden" name="auth" value="api-key" />}
      <div className="flex flex-wrap items-center gap-4">
        <Button kind={kind} aria-describedby={`about-${way}`}>
          {t(`${way}.button`)}
        </Button>
        {children}
      </div>
      {kind === "quiet" && about}
      {way === "device" && <HelpLink to="chatgptSettings" />}
    </>
  );
  // A route, because it answers with a page that leads to the service, which no action can.
  if (way === "browser") {
    return (
      <form method="post" action="/sign-in/start">
        {inside}
      </form>
    );
  }
  const work = { device: requestDeviceCode, paste: signInElsewhere, "api-key": chooseAuth }[way];
  return <form action={work}>{inside}</form>;
}
