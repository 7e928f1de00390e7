/** Chooses where to keep the key, and which optional changes to make. */

import { getTranslations } from "next-intl/server";
import { Choice } from "@/app/review/_parts/choice";
import { OPTIONAL_ID } from "@/app/review/_parts/planned-changes";
import { grouped, RepairGroup } from "@/app/review/_parts/repair-group";
import { RepairLine } from "@/app/review/_parts/repair-line";
import { Button } from "@/components/ui/button";
import type { Plan, Repair } from "@/lib/setup/types";

export interface ReviewOptionsProps {
  readonly plan: Plan;
  readonly shown: (path: string) => string;
  readonly named: (text: string) => string;
  readonly action: (form: FormData) => Promise<never>;
}

export async function ReviewOptions({ plan, shown, named, action }: ReviewOptionsProps) {
  const t = await getTranslations("review");
  const line = (repair: Repair) => (
    <RepairLine
      key={repair.id}
      repair={repair}
      config={plan.config.path}
      shown={shown}
      named={named}
    />
  );
  const { usual, groups } = grouped(plan.repairs);
  return (
    <form action={action} className="mb-8 space-y-6">
      {/* Enter presses a form's first button, which must not be that of a group. */}
      <button type="submit" hidden />
      {plan.otherDefault && (
        <OtherDefaultChoice plan={plan} found={plan.otherDefault} named={named} />
      )}
      {plan.repairs.length > 0 && (
        <fieldset id={OPTIONAL_ID}>
          <legend className="font-semibold">{t("repairs")}</legend>
          {plan.snapshot.releaseUnsure && plan.repairs.some(({ onRequest }) => onRequest) && (
            <p className="text-base text-quiet">{t("releaseUnsure")}</p>
          )}
          {usual.map(line)}
          {groups.map(({ name, repairs }) => (
            <RepairGroup key={name} name={name} repairs={repairs} line={line} />
          ))}
        </fieldset>
      )}
      {plan.handOver?.credential !== "login" && (
        <details>
          <summary className="font-semibold">{t("whereToKeep")}</summary>
          <fieldset className="mt-2">
            <legend className="sr-only">{t("whereToKeep")}</legend>
            {plan.keyForms.map((form) => (
              <Choice
                key={form}
                type="radio"
                name="keyForm"
                value={form}
                chosen={form === plan.keyForm}
                title={t(`form.${form}.name`)}
                about={t(`form.${form}.about`)}
              />
            ))}
          </fieldset>
        </details>
      )}
      <noscript>
        <Button kind="quiet">{t("update")}</Button>
      </noscript>
    </form>
  );
}

const GONE = { "shut-down": "shutDown", unfilled: "unfilled" } as const;
const DEFAULTS = ["first", "instead", "after"] as const;

async function OtherDefaultChoice({
  plan,
  found,
  named,
}: Readonly<{
  plan: Plan;
  found: NonNullable<Plan["otherDefault"]>;
  named: (text: string) => string;
}>) {
  const t = await getTranslations("review.otherDefault");
  const names = { model: named(plan.model), from: named(found.from) };
  return (
    <fieldset>
      <legend className="font-semibold wrap-anywhere">{t("question", names)}</legend>
      {(found.gone !== null || !found.answers) && (
        <p className="text-base text-quiet wrap-anywhere">
          {t(found.gone === null ? "mute" : GONE[found.gone], names)}
        </p>
      )}
      {DEFAULTS.map((choice) => (
        <Choice
          key={choice}
          type="radio"
          name="otherDefault"
          value={choice}
          chosen={choice === found.choice}
          title={t(`${choice}.name`, names)}
          about={t(`${choice}.about`, names)}
        />
      ))}
    </fieldset>
  );
}
