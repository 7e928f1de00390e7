/** Shows the wait for a job with its stages, and how to go on without it. */

import { useTranslations } from "next-intl";
import { Waiting, type WaitingProps } from "@/components/wait/waiting";
import type { StageName } from "@/lib/setup/stage";
import type { Job } from "@/lib/system/job";

export interface JobWaitProps extends Omit<WaitingProps, "since" | "stages"> {
  readonly job: Pick<Job<unknown, StageName>, "startedAt" | "stages">;
}

export function JobWait({ job, ...rest }: JobWaitProps) {
  const t = useTranslations("stage");
  const stages = job.stages.map(({ name, ...times }) => ({ label: t(name), ...times }));
  return <Waiting since={job.startedAt} stages={stages} {...rest} />;
}

/** A check on the review page, which may be skipped; null once it has ended. */
export function checkWait(
  job: JobWaitProps["job"] & Pick<Job<unknown>, "result" | "cancelled">,
  rest: Required<Pick<JobWaitProps, "what" | "cancel" | "cancelLabel">>,
) {
  return job.result === null && !job.cancelled ? <JobWait job={job} keepsForms {...rest} /> : null;
}
