/** Where to keep the key, and which of the other changes to make: each can be declined by itself. */

import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import type { Plan } from "@/lib/setup/types";

export interface ReviewOptionsProps {
  readonly plan: Plan;
  /** A path as people write it. */
  readonly shown: (path: string) => string;
  readonly action: (form: FormData) => Promise<never>;
}

export async function ReviewOptions({ plan, shown, action }: ReviewOptionsProps) {
  const [t, repair] = [await getTranslations("review"), await getTranslations("repair")];
  const blocked = await getTranslations("blocked");
  return (
    <form action={action} className="mb-8 space-y-6">
      <ul className="list-disc space-y-1 ps-5">
        {plan.changes.map((change) => (
          <li key={change.kind} className="wrap-anywhere">
            {t(`change.${change.kind}`, { ...change.data, path: shown(change.data["path"] ?? "") })}
          </li>
        ))}
      </ul>
      {plan.otherDefault && <OtherDefaultChoice plan={plan} found={plan.otherDefault} />}
      {plan.repairs.length > 0 && (
        <fieldset>
          <legend className="font-semibold">{t("repairs")}</legend>
          {plan.repairs.map((entry) => (
            <div key={entry.id} className="mt-2">
              {entry.blocked === null && <input type="hidden" name="offered[]" value={entry.id} />}
              <label className="flex gap-3">
                <input
                  type="checkbox"
                  name="accepted[]"
                  value={entry.id}
                  defaultChecked={entry.accepted}
                  disabled={entry.blocked !== null}
                  className="mt-1.5 size-4 shrink-0 accent-accent"
                />
                <span>
                  {repair(`${entry.kind}.what`, entry.data)}
                  <span className="block text-base text-quiet">
                    {repair(`${entry.kind}.why`, entry.data)}
                  </span>
                  {entry.blocked && (
                    <span className="block text-base text-warn wrap-anywhere">
                      {blocked("lead")}{" "}
                      {blocked(entry.blocked.reason ?? "other", {
                        path: shown(entry.blocked.file ?? plan.config.path),
                      })}
                    </span>
                  )}
                </span>
              </label>
            </div>
          ))}
        </fieldset>
      )}
      {plan.handOver?.what !== "login" && (
        <details>
          <summary className="font-semibold">{t("whereToKeep")}</summary>
          <fieldset className="mt-2">
            <legend className="sr-only">{t("whereToKeep")}</legend>
            {plan.keyForms.map((form) => (
              <label key={form} className="mt-2 flex gap-3">
                <input
                  type="radio"
                  name="keyForm"
                  value={form}
                  defaultChecked={form === plan.keyForm}
                  className="mt-1.5 size-4 shrink-0 accent-accent"
                />
                <span>
                  {t(`form.${form}.name`)}
                  <span className="block text-base text-quiet">{t(`form.${form}.about`)}</span>
                </span>
              </label>
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

const DEFAULTS = ["first", "instead", "after"] as const;

async function OtherDefaultChoice({
  plan,
  found,
}: Readonly<{ plan: Plan; found: NonNullable<Plan["otherDefault"]> }>) {
  const t = await getTranslations("review.otherDefault");
  const names = { model: plan.model, from: found.from };
  return (
    <fieldset>
      <legend className="font-semibold wrap-anywhere">{t("question", names)}</legend>
      {!found.answers && <p className="text-base text-quiet wrap-anywhere">{t("mute", names)}</p>}
      {DEFAULTS.map((choice) => (
        <label key={choice} className="mt-2 flex gap-3">
          <input
            type="radio"
            name="otherDefault"
            value={choice}
            defaultChecked={choice === found.choice}
            className="mt-1.5 size-4 shrink-0 accent-accent"
          />
          <span className="wrap-anywhere">
            {t(`${choice}.name`, names)}
            <span className="block text-base text-quiet">{t(`${choice}.about`, names)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
