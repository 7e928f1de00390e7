/** Shows any wait: what happens, for how long, its stages, and a way to cancel. Works without scripts. */

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Refresher } from "@/components/wait/refresher";
import { Seconds } from "@/components/wait/seconds";
import { StageLine, type StageLineProps } from "@/components/wait/stage-line";
import { WaitVoice } from "@/components/wait/wait-voice";

export interface WaitStage extends Pick<StageLineProps, "startedAt" | "endedAt"> {
  readonly label: string;
}

export interface WaitingProps {
  readonly what: string;
  /** In milliseconds since the epoch. Absent if the page shows the time itself. */
  readonly since?: number;
  /** The stages so far, and those that are certain to come. */
  readonly stages?: readonly WaitStage[];
  /** Cancels the work and leads back. Absent if that is impossible. */
  readonly cancel?: (form: FormData) => Promise<never>;
  readonly cancelLabel?: string;
  /** Reserves two lines, so that nothing below moves when the result appears. */
  readonly twoLines?: boolean;
  /** Without scripts there is no reload, which would lose typed text. */
  readonly keepsForms?: boolean;
}

const EVERY_MS = 500;

export function Waiting({
  what,
  since,
  stages = [],
  cancel,
  cancelLabel,
  twoLines = false,
  keepsForms = false,
}: WaitingProps) {
  const t = useTranslations("wait");
  const soFar = since === undefined ? null : Math.max(0, Date.now() - since);
  return (
    <div
      className={`appear notice my-5 flex flex-wrap content-start items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-surface p-4 ${twoLines ? "min-h-[calc(2lh+2.25rem+2px)]" : ""}`}
    >
      {/* A wait without a start depends on the user. */}
      <Refresher
        every={EVERY_MS}
        soFar={soFar ?? Number.POSITIVE_INFINITY}
        keepsForms={keepsForms}
      />
      <WaitVoice what={what} over={t("over")} />
      <div className="flex min-w-0 flex-1 basis-60 gap-3">
        <span aria-hidden="true" className="waiting-sign mt-0.5 size-6 shrink-0" />
        <p className="min-w-0 grow">{what}</p>
        {soFar !== null && (
          <Seconds key={since} soFar={soFar} words={t("elapsed", { seconds: "{seconds}" })} />
        )}
      </div>
      {cancel && (
        <form action={cancel}>
          <Button kind="quiet">{cancelLabel ?? t("cancel")}</Button>
        </form>
      )}
      {/* A single stage would repeat the wait itself. */}
      {stages.length > 1 && (
        <ol className="basis-full space-y-1 ps-10 text-base">
          {stages.map((stage) => (
            <StageLine key={`${stage.label} ${stage.startedAt}`} {...stage}>
              {stage.label}
            </StageLine>
          ))}
        </ol>
      )}
    </div>
  );
}
