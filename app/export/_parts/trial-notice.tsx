/** Shows what the installed OpenClaw of the same release makes of the export. */

import { getTranslations } from "next-intl/server";
import { JobWait } from "@/app/_parts/wait/job-wait";
import { endTrial, tryExport } from "@/app/export/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { Export } from "@/lib/setup/export/types";
import type { StageName } from "@/lib/setup/stage";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import type { Job } from "@/lib/system/job";
import { visible, visibleText } from "@/lib/text/visible";
import type { ExportTrial } from "@/lib/visit/export/trial-result";

export async function TrialNotice({
  made,
  job,
}: Readonly<{ made: Export; job: Job<ExportTrial, StageName> | null }>) {
  const [t, said] = [await getTranslations("export.trial"), await getTranslations("rehearsal")];
  const common = await getTranslations("app");
  const { engine, release } = made;
  const version = release;
  if (job && job.result === null && !job.cancelled) {
    return <JobWait job={job} what={t("asking", { version })} cancel={endTrial} />;
  }
  const again = (
    <form action={tryExport} className="mt-4">
      <input type="hidden" name="engine" value={engine} />
      <input type="hidden" name="release" value={release} />
      <Button kind="quiet">{t("start", { version })}</Button>
    </form>
  );
  if (!job || job.cancelled) return again;
  const trial = job.result?.kind === "done" ? job.result.value : null;
  if (trial?.preflight.kind === "objects") {
    const { ours, others } = trial.preflight;
    return (
      <Notice tone="bad" title={t("refused", { version })}>
        {[...ours, ...others].map(({ path, message }) => (
          <p key={path + message} dir="auto" className="font-mono text-sm wrap-anywhere">
            {visibleText(`${path}: ${message}`)}
          </p>
        ))}
      </Notice>
    );
  }
  const saw = trial?.rehearsal;
  if (saw?.kind === "rehearsed") {
    return (
      <Notice tone="good" title={said("rehearsed", { ...saw, version })}>
        <p>{said("rehearsedNext", { ...saw })}</p>
      </Notice>
    );
  }
  const detail = saw && "failure" in saw ? `${saw.failure.sentence}\n${saw.failure.detail}` : "";
  return (
    <>
      <Notice
        tone="warn"
        title={(await objection(saw ?? null, version)) ?? t("failed", { version })}
      >
        <Details label={common("details")} text={detail.trim()} />
      </Notice>
      {again}
    </>
  );
}

/** What was sent instead of the choice, or why nothing was; null if all is well. */
async function objection(saw: Rehearsal | null, version: string): Promise<string | null> {
  const t = await getTranslations("rehearsal");
  switch (saw?.kind) {
    case "other-credential":
      return t("otherCredential");
    case "other-host":
      return t("otherHost", { host: visible(saw.host) });
    case "other-model":
      return t("otherModel", { model: visible(saw.model) });
    case "unknown-model":
      return t("unknownModel", { version, model: visible(saw.model) });
    case "no-runtime":
      return t("noRuntime", { version });
    case "impossible":
      return t("impossible");
    default:
      return null;
  }
}
