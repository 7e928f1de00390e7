/** Lists the stages after the write: files, OpenClaw's verdict and gateway, with their times. */

import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { cancelLaunch } from "@/app/done/actions";
import { StageLine } from "@/components/wait/stage-line";
import { Waiting } from "@/components/wait/waiting";
import type { LaunchStep } from "@/lib/setup/launch/types";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Job } from "@/lib/system/job";
import type { Applied } from "@/lib/visit/outcome";

export interface CourseProps {
  readonly applied: Applied;
  readonly isAccepted: boolean;
  /** OpenClaw's full verdict below its line; null if shown elsewhere. */
  readonly proof: ReactNode;
  readonly shown: (path: string) => string;
  /** The login or key that OpenClaw's store imported, if any. */
  readonly stored: string | null;
}

export async function Course({ applied, isAccepted, proof, shown, stored }: CourseProps) {
  const t = await getTranslations("done");
  const { launch, verification, written, took } = applied;
  const files = written.transaction.files;
  const isStarting = launch !== null && launch.job.result === null;
  return (
    <div className="my-5">
      <ol className="space-y-3">
        <StageLine startedAt={0} endedAt={took}>
          <div role="status">
            <details>
              <summary className="font-semibold">
                {t("written")}{" "}
                <span className="font-normal text-quiet">
                  {t("writtenFiles", { count: files.length })}
                </span>
              </summary>
              <ul className="mt-1">
                {stored && <li>{stored}</li>}
                {files.map((file) => (
                  <li key={file.path} className="wrap-anywhere">
                    <code>{shown(file.path)}</code>
                  </li>
                ))}
              </ul>
              {files.some(({ created }) => !created) && (
                <p className="text-base text-quiet">{t("backups")}</p>
              )}
            </details>
          </div>
        </StageLine>
        {isAccepted && <Accepted job={verification} proof={proof} />}
        {launch?.launch.steps
          .filter(({ endedAt, failure }) => endedAt !== null && failure === null)
          .map((step) => (
            <Finished key={step.startedAt} step={step} />
          ))}
      </ol>
      {isStarting && verification.result !== null && (
        <Running steps={launch.launch.steps} since={launch.job.startedAt} />
      )}
    </div>
  );
}

function Accepted({ job, proof }: Readonly<{ job: Job<Verification>; proof: ReactNode }>) {
  const t = useTranslations("done");
  if (job.endedAt === null) return null;
  const words = <span className="font-semibold">{t("accepted")}</span>;
  return (
    <StageLine startedAt={job.startedAt} endedAt={job.endedAt}>
      {proof === null ? (
        words
      ) : (
        <details>
          <summary>{words}</summary>
          {proof}
        </details>
      )}
    </StageLine>
  );
}

function Finished({ step }: Readonly<{ step: LaunchStep }>) {
  const t = useTranslations("launch.done");
  return (
    <StageLine startedAt={step.startedAt} endedAt={step.endedAt}>
      <span className="font-semibold">{t(step.name)}</span>
    </StageLine>
  );
}

/** A running start needs a wait on the page, which reloads it. */
function Running({ steps, since }: Readonly<{ steps: readonly LaunchStep[]; since: number }>) {
  const t = useTranslations("launch.doing");
  const now = steps.findLast(({ endedAt }) => endedAt === null);
  const what = now?.name ?? (steps.length === 0 ? "look" : "ask");
  // A gateway that ran before keeps starting after a cancel.
  const goesOn = steps.some(({ name }) => name === "replace" || name === "restart");
  return (
    <>
      <Waiting
        what={t(what)}
        since={now?.startedAt ?? since}
        cancel={cancelLaunch}
        {...(goesOn ? { cancelLabel: t("stopWaiting") } : {})}
      />
      {now?.line && (
        <p dir="ltr" translate="no" className="-mt-3 font-mono text-sm text-quiet wrap-anywhere">
          {now.line}
        </p>
      )}
    </>
  );
}
