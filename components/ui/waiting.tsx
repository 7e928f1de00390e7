/** Shows any wait: what happens, for how long, and a way to cancel. Works without scripts. */

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Refresher } from "@/components/ui/refresher";
import { WaitingClock } from "@/components/ui/waiting-clock";

export interface WaitingProps {
  readonly what: string;
  /** In milliseconds since the epoch. Absent if the page shows the time itself. */
  readonly since?: number;
  /** Cancels the work and leads back. Absent if that is impossible. */
  readonly cancel?: (form: FormData) => Promise<never>;
  /** Defaults to "Cancel". */
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
  cancel,
  cancelLabel,
  twoLines = false,
  keepsForms = false,
}: WaitingProps) {
  const t = useTranslations("wait");
  const soFar = since === undefined ? null : Math.max(0, Date.now() - since);
  return (
    <div
      className={`appear notice my-5 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-surface p-4 ${twoLines ? "min-h-[calc(2lh+2.25rem+2px)]" : ""}`}
    >
      {/* A wait without a start depends on the user. */}
      <Refresher
        every={EVERY_MS}
        soFar={soFar ?? Number.POSITIVE_INFINITY}
        keepsForms={keepsForms}
      />
      <div className="flex min-w-0 flex-1 basis-60 gap-3">
        <span aria-hidden="true" className="waiting-sign mt-0.5 size-6 shrink-0" />
        <p className="min-w-0 grow">{what}</p>
        <WaitingClock
          key={since}
          what={what}
          over={t("over")}
          soFar={soFar}
          words={t("elapsed", { seconds: "{seconds}" })}
        />
      </div>
      {cancel && (
        <form action={cancel}>
          <Button kind="quiet">{cancelLabel ?? t("cancel")}</Button>
        </form>
      )}
    </div>
  );
}
