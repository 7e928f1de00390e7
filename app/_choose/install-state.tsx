/** Shows an installation in progress, done or failed, and how to cancel or remove it. */

import { getTranslations } from "next-intl/server";
import { removeInstalled, stopInstall } from "@/app/_choose/actions";
import { CommandLine } from "@/app/_parts/command-line";
import { FailureWords } from "@/app/_parts/failure-sentence";
import { JobWait } from "@/app/_parts/wait/job-wait";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { shellCommand } from "@/lib/system/shell-words";
import type { Installing } from "@/lib/visit/outcome";

export interface InstallStateProps {
  readonly installing: Installing;
  readonly isFound: boolean;
}

export async function InstallState({ installing, isFound }: InstallStateProps) {
  const { result } = installing.job;
  if (result === null) return <Running installing={installing} />;
  if (result.kind !== "done") return null;
  if (result.value.ok) return <Installed installing={installing} isFound={isFound} />;
  const t = await getTranslations("install");
  return (
    <Notice tone="bad" title={t("failed")}>
      <FailureWords failure={result.value.error} />
    </Notice>
  );
}

async function Running({ installing }: Readonly<{ installing: Installing }>) {
  const t = await getTranslations("install");
  return (
    <div className="mb-8">
      <JobWait job={installing.job} what={t("running")} cancel={stopInstall} />
      <p dir="ltr" translate="no" className="font-mono text-sm text-quiet wrap-anywhere">
        {installing.line}
      </p>
    </div>
  );
}

async function Installed({ installing, isFound }: InstallStateProps) {
  const t = await getTranslations("install");
  const { before, folder } = installing.plan;
  return (
    <Notice tone={isFound ? "good" : "warn"} title={t(isFound ? "done" : "notFound")}>
      {folder !== null && before === null && (
        <>
          <p>{t("path")}</p>
          <CommandLine
            text={`export PATH=${shellCommand([`${folder}/node_modules/.bin`])}:"$PATH"`}
          />
        </>
      )}
      <form action={removeInstalled} className="mt-4">
        <Button kind="quiet">
          {before === null ? t("remove") : t("bringBack", { release: before })}
        </Button>
      </form>
    </Notice>
  );
}
