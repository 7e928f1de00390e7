/** Summarizes what the write does, right above the button. */

import { useTranslations } from "next-intl";
import type { Plan } from "@/lib/setup/types";
import { visibleAll } from "@/lib/text/visible";

export interface PlannedChangesProps {
  readonly plan: Plan;
  readonly shown: (path: string) => string;
  readonly named: (text: string) => string;
}

/** The anchor of the optional changes. */
export const OPTIONAL_ID = "optional";

export function PlannedChanges({ plan, shown, named }: PlannedChangesProps) {
  const t = useTranslations("review");
  const made = plan.repairs.filter(({ accepted, blocked }) => accepted && blocked === null);
  return (
    <ul className="list-disc space-y-1 ps-5">
      {plan.changes.map((change) => (
        <li key={change.kind} className="wrap-anywhere">
          {t(`change.${change.kind}`, {
            ...visibleAll(change.data, named),
            path: shown(change.data["path"] ?? ""),
          })}
        </li>
      ))}
      {plan.repairs.length > 0 && (
        <li>
          <a href={`#${OPTIONAL_ID}`} className="underline underline-offset-4">
            {made.length > 0
              ? t("alsoMade", { made: made.length })
              : t("alsoPossible", { count: plan.repairs.length })}
          </a>
        </li>
      )}
    </ul>
  );
}
