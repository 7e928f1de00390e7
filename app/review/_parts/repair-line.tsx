/** One optional change: a switch, why it is offered, and what is lost by it. */

import { getFormatter, getTranslations } from "next-intl/server";
import { Choice } from "@/app/review/_parts/choice";
import type { Repair } from "@/lib/setup/types";
import { visible, visibleText } from "@/lib/text/visible";

export async function RepairLine({
  repair: entry,
  config,
  shown,
  named,
}: Readonly<{
  repair: Repair;
  /** Where it stands, unless the repair names another file. */
  config: string;
  shown: (path: string) => string;
  named: (text: string) => string;
}>) {
  const [t, words] = [await getTranslations("review"), await getTranslations("repair")];
  const [blocked, format] = [await getTranslations("blocked"), await getFormatter()];
  const inWords = (data: Repair["data"]) =>
    Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        name,
        typeof value === "string" ? named(value) : format.list(value.map(named)),
      ]),
    );
  return (
    <>
      {entry.blocked === null && <input type="hidden" name="offered[]" value={entry.id} />}
      <Choice
        type="checkbox"
        name="accepted[]"
        value={entry.id}
        chosen={entry.accepted}
        disabled={entry.blocked !== null}
        title={words(`${entry.kind}.what`, inWords(entry.data))}
        about={words(`${entry.kind}.why`, inWords(entry.data))}
      >
        <SideEffects repair={entry} />
        {entry.blocked && (
          <span className="block text-base text-warn">
            {blocked("lead")}{" "}
            {blocked(entry.blocked.reason ?? "other", {
              path: shown(entry.blocked.file ?? config),
            })}
          </span>
        )}
      </Choice>
      {entry.gone && (
        <details className="ms-7 text-base">
          <summary className="py-1 text-quiet">{t("gone")}</summary>
          <pre
            dir="ltr"
            className="rounded-lg border border-line bg-surface p-3 text-sm whitespace-pre-wrap"
          >
            <code>{visibleText(entry.gone)}</code>
          </pre>
        </details>
      )}
    </>
  );
}

/** What else a provider's entry serves, and why its change needs a request. */
async function SideEffects({ repair }: Readonly<{ repair: Repair }>) {
  const [t, format] = [await getTranslations("repair"), await getFormatter()];
  const { others } = repair.data;
  if (others === undefined || typeof others === "string") return null;
  return (
    <span className="block text-base text-warn">
      {t("alsoMoves", { models: format.list(others.map(visible)) })}{" "}
      {repair.onRequest && t("localServer")}
    </span>
  );
}
