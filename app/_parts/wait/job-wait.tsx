/** Shows the wait for a job with its stages, and how to go on without it. */

import { useTranslations } from "next-intl";
import { Waiting, type WaitingProps } from "@/components/wait/waiting";
import type { StageName } from "@/lib/setup/stage";
import type { Job } from "@/lib/system/job";

export interface JobWaitProps extends Omit<WaitingProps, "since" | "stages"> {
  readonly job: Pick<Job<unknown, StageName>, "startedAt" | "stages">;
}

/** The next stage after a success. */
const NEXT: Partial<Record<StageName, StageName>> = {
  "model-run": "runtime",
  doctor: "doctor-validate",
  look: "ask",
};

export function JobWait({ job, ...rest }: JobWaitProps) {
  const t = useTranslations("stage");
  const begun = job.stages.map(({ name, ...times }) => ({ label: t(name), ...times }));
  const last = job.stages.at(-1);
  const next = last && last.endedAt === null ? NEXT[last.name] : undefined;
  const coming = next === undefined ? [] : [{ label: t(next), startedAt: null, endedAt: null }];
  return <Waiting since={job.startedAt} stages={[...begun, ...coming]} {...rest} />;
}

/** A check on the review page, which may be skipped; null once it has ended. */
export function checkWait(
  job: JobWaitProps["job"] & Pick<Job<unknown>, "result" | "cancelled">,
  rest: Required<Pick<JobWaitProps, "what" | "cancel" | "cancelLabel">>,
) {
  return job.result === null && !job.cancelled ? <JobWait job={job} keepsForms {...rest} /> : null;
}
