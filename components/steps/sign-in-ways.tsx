/** The ways to sign in: the one that fits best as the action of the page, the others below it. */

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { chooseAuth } from "@/app/actions";
import { requestDeviceCode, signInElsewhere } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import type { SignInProblemCode } from "@/lib/openai/chatgpt/problems";

export type Way = "browser" | "device" | "paste" | "api-key";

const HELPED_BY: Partial<Record<SignInProblemCode, Way>> = {
  "port-taken": "device",
  "port-released": "device",
  "no-codex-entitlement": "api-key",
  "incomplete-answer": "api-key",
  "client-refused": "api-key",
};

/** What to try next after a problem; else the browser, or a code where it runs on another machine. */
export function firstWay(problem: SignInProblemCode | null, elsewhere: boolean): Way {
  if (problem === "device-code-disabled") return elsewhere ? "paste" : "browser";
  return (problem && HELPED_BY[problem]) ?? (elsewhere ? "device" : "browser");
}

export function SignInWays({ first, children }: Readonly<{ first: Way; children?: ReactNode }>) {
  const t = useTranslations("signIn");
  const ways: readonly Way[] = ["browser", "device", "paste", "api-key"];
  return (
    <>
      <WayForm way={first} kind="primary">
        <a href="/" className="underline underline-offset-4">
          {t("back")}
        </a>
      </WayForm>
      <section aria-labelledby="others" className="mt-12 border-t border-line pt-6">
        <h2 id="others" className="text-lg font-semibold">
          {t("others")}
        </h2>
        {ways
          .filter((way) => way !== first)
          .map((way) => (
            <div key={way} className="mt-5">
              <WayForm way={way} kind="quiet" />
            </div>
          ))}
        {children}
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
  const inside = (
    <>
      <p id={`about-${way}`} className="text-quiet">
        {t(`${way}.about`)}
      </p>
      {way === "api-key" && <input type="hidden" name="auth" value="api-key" />}
      <div className={`flex flex-wrap items-center gap-4 ${kind === "primary" ? "mt-8" : "mt-3"}`}>
        <Button kind={kind} aria-describedby={`about-${way}`}>
          {t(`${way}.button`)}
        </Button>
        {children}
      </div>
    </>
  );
  // A route of its own: it answers with a page that leads to the service, which no action can.
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
