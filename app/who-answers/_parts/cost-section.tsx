/** Shows what the answering credential costs: the model's price, or the plan's remaining limits. */

import { getFormatter, getTranslations } from "next-intl/server";
import { FailureSentence, FailureWords } from "@/app/_parts/failure-sentence";
import { MonthlyCost } from "@/app/model/_parts/monthly-cost";
import { PriceSource } from "@/app/model/_parts/price-source";
import { askLimits, stopAsking } from "@/app/who-answers/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Waiting } from "@/components/wait/waiting";
import type { PlanLimits } from "@/lib/openclaw/command/plan-limits";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { priceOf } from "@/lib/setup/model-proposals";
import type { Job } from "@/lib/system/job";
import { visible } from "@/lib/text/visible";
import type { LimitsAnswer } from "@/lib/visit/outcome";

export interface CostSectionProps {
  readonly pays: "key" | "login";
  readonly model: string;
  readonly machine: Pick<MachineView, "told" | "toldBy" | "installed">;
  readonly limits: Job<LimitsAnswer> | null;
}

export async function CostSection({ pays, model, machine, limits }: CostSectionProps) {
  const [t, of] = [await getTranslations("who"), await getTranslations("model")];
  const format = await getFormatter();
  const price = priceOf(machine.told, model);
  const usd = (amount: number) =>
    format.number(amount, { style: "currency", currency: "USD", maximumFractionDigits: 3 });
  return (
    <section aria-labelledby="cost" className="mt-10">
      <h2 id="cost" className="text-lg font-semibold">
        {t("cost.title")}
      </h2>
      {pays === "login" ? (
        <>
          <p className="mt-2">{t("cost.login")}</p>
          <Limits job={limits} />
        </>
      ) : price === null ? (
        <p className="mt-2">{t("cost.unknown")}</p>
      ) : (
        <>
          <p className="mt-2 text-lg">
            {of("price", { input: usd(price.input), output: usd(price.output) })}
          </p>
          <p className="text-base text-quiet">
            <PriceSource machine={machine} />
          </p>
          <MonthlyCost choices={[{ ref: model, label: null, price }]} />
        </>
      )}
    </section>
  );
}

async function Limits({ job }: Readonly<{ job: Job<LimitsAnswer> | null }>) {
  const t = await getTranslations("who");
  if (job?.result === null) {
    return <Waiting since={job.startedAt} what={t("limits.asking")} cancel={stopAsking} />;
  }
  const answer = job?.result.kind === "done" ? job.result.value : null;
  const failure = answer && !answer.ok ? answer.error : null;
  return (
    <>
      {answer?.ok && answer.value === null && <p className="mt-2">{t("limits.none")}</p>}
      {answer?.ok && answer.value && <Told limits={answer.value} />}
      {(failure || job?.result.kind === "failed") && (
        <Notice tone="warn" title={t("limits.failed")}>
          {failure && failure.code !== "absent" && <FailureWords failure={failure} />}
        </Notice>
      )}
      <form action={askLimits} className="mt-3 flex flex-wrap items-center gap-4">
        <Button kind="quiet">{t("limits.ask")}</Button>
        <p className="min-w-0 flex-1 basis-60 text-base text-quiet">{t("limits.about")}</p>
      </form>
    </>
  );
}

async function Told({ limits }: Readonly<{ limits: PlanLimits }>) {
  const [t, format] = [await getTranslations("who"), await getFormatter()];
  const { plan, windows, error } = limits;
  if (error !== "") {
    return (
      <Notice tone="warn" title={t("limits.failed")}>
        <FailureSentence sentence={error} />
      </Notice>
    );
  }
  return (
    <div className="mt-2">
      {plan && <p>{t("limits.plan", { plan: visible(plan) })}</p>}
      {windows.length === 0 && <p>{t("limits.none")}</p>}
      <ul className="mt-2 space-y-2">
        {windows.map(({ label, usedPercent, resetAt }) => {
          const used = format.number(usedPercent / 100, {
            style: "percent",
            maximumFractionDigits: 0,
          });
          return (
            <li key={label}>
              <p>
                {t("limits.window", { label: visible(label), used })}
                {resetAt !== null && (
                  <span className="text-quiet">
                    {" · "}
                    {t("limits.full", { time: format.relativeTime(resetAt, new Date()) })}
                  </span>
                )}
              </p>
              <svg
                viewBox="0 0 100 2"
                preserveAspectRatio="none"
                aria-hidden="true"
                className="mt-1 h-2 w-full max-w-md rounded-full rtl:-scale-x-100"
              >
                <rect width="100" height="2" className="fill-line" />
                <rect width={usedPercent} height="2" className="fill-accent" />
              </svg>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
