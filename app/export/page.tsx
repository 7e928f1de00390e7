/** A page beside the steps: the same choices as files for an engine. */

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StepFrame } from "@/app/_parts/step-frame";
import type { Asked } from "@/app/_server/asked";
import { currentVisit } from "@/app/_server/visit";
import { ExportNotices } from "@/app/export/_parts/export-notices";
import { archiveName, targetOf } from "@/app/export/_parts/target";
import { TargetForm } from "@/app/export/_parts/target-form";
import { TrialNotice } from "@/app/export/_parts/trial-notice";
import { withReadme } from "@/app/export/_parts/with-readme";
import { PlanRefusalNotice } from "@/app/review/_parts/plan-refusal-notice";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { ENGINE_NAMES } from "@/lib/openclaw/deployments/shapes";
import { visibleText } from "@/lib/text/visible";
import { exportOf } from "@/lib/visit/export/export";
import { trialOf } from "@/lib/visit/export/trial";
import { machine } from "@/lib/visit/machine";

export default async function ExportPage({ searchParams }: Asked) {
  const visit = await currentVisit("GET");
  const [t, review] = [await getTranslations("export"), await getTranslations("review")];
  const target = targetOf(await searchParams);
  const { snapshot, shown } = await machine(visit);
  const made = exportOf(visit, snapshot, target);
  if (!made) redirect(visit.auth === null ? "/" : "/model");
  const name = `${archiveName(target)}.zip`;
  const files = made.ok ? await withReadme(made.value) : [];
  return (
    <StepFrame step="review" auth={visit.auth} title={t("title")} lead={t("lead")}>
      <TargetForm target={target} />
      {!made.ok && made.error.code === "plan" && (
        <PlanRefusalNotice refusal={made.error.refusal} shown={shown} />
      )}
      {!made.ok && made.error.code === "not-portable" && (
        <Notice tone="bad" title={t("refused.title")}>
          <p>{t("refused.next", { file: made.error.path })}</p>
        </Notice>
      )}
      {made.ok && (
        <>
          <h2 className="mt-10 text-lg font-semibold">
            {t("files", { engine: ENGINE_NAMES[target.engine], release: target.release })}
          </h2>
          <ExportNotices made={made.value} chosen={visit.model ?? ""} />
          {target.release === snapshot.version && (
            <TrialNotice made={made.value} job={trialOf(visit, made.value)} />
          )}
          <p className="mt-5 mb-6">
            <ButtonLink href={`/export/${name}`} download={name}>
              {t("download", { file: name })}
            </ButtonLink>
          </p>
          {files.map(({ path, text }, index) => (
            <details
              key={path}
              open={index === 0}
              className="mt-3 rounded-xl border border-line bg-surface"
            >
              <summary className="cursor-pointer px-4 py-3 font-mono text-base" dir="ltr">
                {path}
              </summary>
              <pre
                dir="auto"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reachable
                tabIndex={0}
                className={`overflow-x-auto border-t border-line px-4 py-3 text-sm ${path.endsWith(".md") ? "whitespace-pre-wrap" : ""}`}
              >
                <code>{visibleText(text)}</code>
              </pre>
            </details>
          ))}
        </>
      )}
      <p className="mt-8">
        <TextLink href="/review">{review("back")}</TextLink>
      </p>
    </StepFrame>
  );
}
