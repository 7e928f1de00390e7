/** The frame of a step: progress, title and content. */

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

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
  /** Null for a page beside the steps. */
  readonly step: Step | "done" | null;
  /** The visit's credential, which decides the second step. */
  readonly auth?: keyof typeof STEPS | null;
  readonly title: string;
  readonly lead?: string;
  readonly celebrate?: boolean;
  readonly children: ReactNode;
}

export async function StepFrame({ step, auth, title, lead, celebrate, children }: StepFrameProps) {
  const [t, app] = [await getTranslations("steps"), await getTranslations("app")];
  const steps: readonly Step[] = step === null ? [] : STEPS[auth ?? "api-key"];
  const at = step === null || step === "done" ? steps.length : steps.indexOf(step);
  const name = step === null || step === "done" ? null : t(step);
  return (
    <div className="pt-2 lg:grid lg:grid-cols-[12rem_1fr] lg:gap-12 lg:pt-3">
      <title>{`${title} · ${app("name")}`}</title>
      <nav aria-label={t("label")} className="mb-3 text-sm lg:mb-8 lg:pt-2">
        {step === null ? (
          <TextLink href="/">{t("start")}</TextLink>
        ) : (
          <p className="font-semibold text-accent lg:hidden">
            {name ? t("position", { at: at + 1, count: steps.length, name }) : t("all")}
          </p>
        )}
        <ol className={`hidden flex-col gap-4 ${step === null ? "" : "lg:flex"}`}>
          {steps.map((own, index) => (
            <li key={own} aria-current={index === at ? "step" : undefined}>
              {index < at ? (
                <a href={ADDRESSES[own]} className={`${ROW} text-quiet hover:underline`}>
                  <span className={`${DISC} border-good text-good`}>
                    <Tick />
                  </span>
                  <span>
                    {t(own)}
                    <span className="sr-only"> {t("finished")}</span>
                  </span>
                </a>
              ) : (
                <span
                  className={`${ROW} ${index === at ? "font-semibold text-ink" : "text-quiet"}`}
                >
                  <span
                    className={`${DISC} ${index === at ? "border-accent bg-accent text-on-accent" : "border-line"}`}
                  >
                    {index + 1}
                  </span>
                  {t(own)}
                </span>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <div className="min-w-0">
        <h1 className="flex items-center gap-3 text-3xl font-semibold">
          {celebrate && (
            <svg
              viewBox="0 0 32 32"
              aria-hidden="true"
              className="size-9 shrink-0 rounded-full bg-good fill-none stroke-surface stroke-3 forced-color-adjust-none"
            >
              <path className="tick" d="m9 17 5 5 9-12" />
            </svg>
          )}
          {title}
        </h1>
        {lead && <p className="mt-2 max-w-none text-lg text-pretty text-quiet">{lead}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </div>
  );
}

const ROW = "flex min-h-6 items-center gap-3 underline-offset-4";
const DISC =
  "grid size-6 shrink-0 place-items-center rounded-full border text-sm leading-none tabular-nums";

function Tick() {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className="size-3 fill-none stroke-current stroke-2"
    >
      <path d="m2 6.5 2.8 3L10 3" />
    </svg>
  );
}
