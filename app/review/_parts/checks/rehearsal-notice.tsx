/** Shows the rehearsal's result: what would be sent, where and with which credential. */

import { getTranslations } from "next-intl/server";
import { checkWait } from "@/app/_parts/wait/job-wait";
import { Origins, Repairs } from "@/app/review/_parts/checks/rehearsal-details";
import { rehearseAgain, skipRehearsal } from "@/app/review/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { StageName } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import type { Job } from "@/lib/system/job";

interface RehearsalNoticeProps {
  readonly job: Job<Rehearsal | null, StageName>;
  readonly plan: Plan;
  readonly version: string;
  readonly shown: (path: string) => string;
  readonly named: (text: string) => string;
}

export async function RehearsalNotice({ job, plan, version, shown, named }: RehearsalNoticeProps) {
  const [t, common] = [await getTranslations("rehearsal"), await getTranslations("app")];
  const { result } = job;
  const what = t("asking", { version });
  const waiting = checkWait(job, { what, cancel: skipRehearsal, cancelLabel: t("skip") });
  if (waiting) return waiting;
  if (job.cancelled || result?.kind !== "done") {
    return (
      <Notice tone="info" title={t("skipped")}>
        <p>{t("skippedNext")}</p>
        <Again />
      </Notice>
    );
  }
  const saw = result.value;
  // The preflight explains this case.
  if (saw === null) return null;
  switch (saw.kind) {
    case "not-installed":
    case "missing-bin":
    case "node-misfit":
      // The first and last pages say so.
      return null;
    case "rehearsed":
      return (
        <Notice
          tone={plan.snapshot.hasStore ? "info" : "good"}
          title={t("rehearsed", { ...saw, version, model: named(saw.model) })}
        >
          <p>{t("rehearsedNext", { ...saw })}</p>
          {plan.snapshot.hasStore && <p>{t("withoutStore")}</p>}
        </Notice>
      );
    case "impossible":
      return (
        <Notice tone="info" title={t("impossible")}>
          <p>{t(`impossibleNext.${saw.why}`)}</p>
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="warn" title={t("failed")}>
          <p dir="auto" className="font-mono text-sm wrap-anywhere empty:hidden">
            {saw.failure.sentence}
          </p>
          <p>{t("failedNext")}</p>
          <Details label={common("details")} text={saw.failure.detail} />
          <Again />
        </Notice>
      );
    default: {
      const { title, next } = await objection(saw, version, named);
      return (
        <Notice tone="bad" title={title}>
          <p>{next}</p>
          {saw.kind === "other-credential" && <Origins origins={saw.origins} shown={shown} />}
          <Details label={common("details")} text={"detail" in saw ? saw.detail : ""} />
          <Repairs saw={saw} plan={plan} named={named} />
        </Notice>
      );
    }
  }
}

type Objection = Extract<
  Rehearsal,
  { kind: "other-credential" | "other-host" | "other-model" | "unknown-model" | "no-runtime" }
>;

async function objection(saw: Objection, version: string, named: (text: string) => string) {
  const t = await getTranslations("rehearsal");
  switch (saw.kind) {
    case "other-credential":
      return { title: t("otherCredential"), next: t("otherCredentialNext", { host: saw.host }) };
    case "other-host":
      return { title: t("otherHost", { host: saw.host }), next: t("otherHostNext") };
    case "other-model":
      return {
        title: t("otherModel", { model: named(saw.model) }),
        next: t("otherModelNext", { chosen: named(saw.chosen) }),
      };
    case "unknown-model":
      return {
        title: t("unknownModel", { version, model: named(saw.model) }),
        next: t("unknownModelNext"),
      };
    case "no-runtime":
      return { title: t("noRuntime", { version }), next: t("noRuntimeNext") };
  }
}

async function Again() {
  const t = await getTranslations("rehearsal");
  return (
    <form action={rehearseAgain} className="mt-2">
      <Button kind="quiet">{t("again")}</Button>
    </form>
  );
}
