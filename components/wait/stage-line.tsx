/** Shows a stage with its state and duration. */

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Seconds } from "@/components/wait/seconds";

export interface StageLineProps {
  /** In milliseconds since the epoch; null if it has not begun or its start is unknown. */
  readonly startedAt: number | null;
  /** In milliseconds since the epoch; null while it runs. */
  readonly endedAt: number | null;
  readonly children: ReactNode;
}

export function StageLine({ startedAt, endedAt, children }: StageLineProps) {
  const t = useTranslations("wait");
  const isLater = startedAt === null && endedAt === null;
  return (
    <li className={`flex items-start gap-3 ${isLater ? "text-quiet" : ""}`}>
      <span className="grid h-[1lh] w-4 shrink-0 place-items-center">
        {endedAt === null ? <Going isLater={isLater} /> : <Tick />}
      </span>
      <div className="min-w-0 grow">
        {children}
        {endedAt !== null && <span className="sr-only"> {t("finished")}</span>}
      </div>
      {startedAt !== null &&
        (endedAt === null ? (
          <Seconds
            key={startedAt}
            soFar={Math.max(0, Date.now() - startedAt)}
            words={t("elapsed", { seconds: "{seconds}" })}
          />
        ) : (
          <span className="shrink-0 text-quiet tabular-nums">
            {t("elapsed", { seconds: Math.max(1, Math.round((endedAt - startedAt) / 1000)) })}
          </span>
        ))}
    </li>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="size-4 fill-none stroke-good stroke-2">
      <path d="m2 6.5 2.8 3L10 3" />
    </svg>
  );
}

function Going({ isLater }: Readonly<{ isLater: boolean }>) {
  return (
    <span
      aria-hidden="true"
      className={`size-2 rounded-full border border-quiet ${isLater ? "" : "bg-quiet"}`}
    />
  );
}
