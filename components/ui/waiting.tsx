/**
 * A wait, the same everywhere: what is going on, for how long already, and the way to stop it where it
 * can be stopped. It works without scripts; those only count the seconds and tell a screen reader.
 */

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Refresher } from "@/components/ui/refresher";
import { WaitingClock } from "@/components/ui/waiting-clock";

export interface WaitingProps {
  readonly what: string;
  /** When it began, in milliseconds since the epoch. Left out where the page itself tells the time. */
  readonly since?: number;
  /** Stops the work and leads back. Left out where that cannot be done honestly. */
  readonly cancel?: (form: FormData) => Promise<never>;
  /** What stopping it means here; otherwise simply "Cancel". */
  readonly cancelLabel?: string;
  /** What comes of it has two lines: the wait takes their room, so that nothing below moves. */
  readonly twoLines?: boolean;
  /** Something may have been typed on this page, which a reload without scripts would lose. */
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
      {/* A wait without a beginning is for a person, who takes their time. */}
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
