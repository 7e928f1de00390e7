/** The frame of a step: where one is, the title, the content. */

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

const STEPS = {
  "api-key": ["choose", "key", "model", "review"],
  chatgpt: ["choose", "sign-in", "model", "review"],
} as const;
const ADDRESSES = {
  choose: "/",
  key: "/key",
  "sign-in": "/sign-in",
  model: "/model",
  review: "/review",
} as const;
type Step = keyof typeof ADDRESSES;

export interface StepFrameProps {
  readonly step: Step | "done";
  /** Which credential the visit is about; it decides the second step. */
  readonly auth?: keyof typeof STEPS | null;
  readonly title: string;
  readonly lead?: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export async function StepFrame({ step, auth, title, lead, wide, children }: StepFrameProps) {
  const t = await getTranslations("steps");
  const steps: readonly Step[] = STEPS[auth ?? "api-key"];
  const at = step === "done" ? steps.length : steps.indexOf(step);
  return (
    <div className="lg:grid lg:grid-cols-[12rem_1fr] lg:gap-12">
      <nav aria-label={t("label")} className="mb-8 lg:pt-2">
        <ol className="flex flex-wrap gap-x-5 gap-y-1 text-sm lg:flex-col lg:gap-y-3">
          {steps.map((name, index) => (
            <li key={name} aria-current={index === at ? "step" : undefined}>
              {index < at ? (
                <a href={ADDRESSES[name]} className="text-quiet underline-offset-4 hover:underline">
                  <span aria-hidden="true">✓ </span>
                  {t(name)}
                  <span className="sr-only"> {t("finished")}</span>
                </a>
              ) : (
                <span className={index === at ? "font-semibold text-accent" : "text-quiet"}>
                  {index + 1} {t(name)}
                </span>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <div className={wide ? "max-w-4xl min-w-0" : "max-w-2xl min-w-0"}>
        <h1 className="text-3xl leading-tight font-semibold">{title}</h1>
        {lead && <p className="mt-3 text-lg text-quiet">{lead}</p>}
        <div className="mt-8">{children}</div>
      </div>
    </div>
  );
}
