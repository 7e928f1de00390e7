/** The wait for a job: its question, since when, the stages that it tells, and how to go on without it. */

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

/** A check of the review, which may be skipped and must not empty its forms; null once it is over or given up. */
export function checkWait(
  job: JobWaitProps["job"] & Pick<Job<unknown>, "result" | "cancelled">,
  rest: Required<Pick<JobWaitProps, "what" | "cancel" | "cancelLabel">>,
) {
  return job.result === null && !job.cancelled ? <JobWait job={job} keepsForms {...rest} /> : null;
}
