/** Where to keep the key, and which of the other changes to make: each can be declined by itself. */

import { getFormatter, getTranslations } from "next-intl/server";
import { Fragment } from "react";
import { Choice } from "@/app/review/_parts/choice";
import { Button } from "@/components/ui/button";
import type { Plan, Repair, RepairKind } from "@/lib/setup/types";
import { visible, visibleAll } from "@/lib/text/visible";

const OF_OLDER_RELEASES: ReadonlySet<RepairKind> = new Set([
  "retired-key",
  "moved-key",
  "rewritten-key",
  "retired-value",
  "agent-marker",
  "doctor-removed",
  "doctor-moved",
  "doctor-set",
]);
/** So many lines are read one by one. */
const MOST_APART = 5;

export interface ReviewOptionsProps {
  readonly plan: Plan;
  /** A path as people write it. */
  readonly shown: (path: string) => string;
  readonly action: (form: FormData) => Promise<never>;
}

export async function ReviewOptions({ plan, shown, action }: ReviewOptionsProps) {
  const [t, repair] = [await getTranslations("review"), await getTranslations("repair")];
  const [blocked, format] = [await getTranslations("blocked"), await getFormatter()];
  const inWords = (data: Plan["repairs"][number]["data"]) =>
    Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        name,
        typeof value === "string" ? visible(value) : format.list(value.map(visible)),
      ]),
    );
  const line = (entry: Repair) => (
    <Fragment key={entry.id}>
      {entry.blocked === null && <input type="hidden" name="offered[]" value={entry.id} />}
      <Choice
        type="checkbox"
        name="accepted[]"
        value={entry.id}
        chosen={entry.accepted}
        disabled={entry.blocked !== null}
        title={repair(`${entry.kind}.what`, inWords(entry.data))}
        about={repair(`${entry.kind}.why`, inWords(entry.data))}
      >
        <SideEffects repair={entry} />
        {entry.blocked && (
          <span className="block text-base text-warn">
            {blocked("lead")}{" "}
            {blocked(entry.blocked.reason ?? "other", {
              path: shown(entry.blocked.file ?? plan.config.path),
            })}
          </span>
        )}
      </Choice>
    </Fragment>
  );
  // A config that an older release wrote may have dozens: together, so that the others are seen.
  const older = plan.repairs.filter(({ kind }) => OF_OLDER_RELEASES.has(kind));
  const apart = older.length > MOST_APART ? older : [];
  const usual = plan.repairs.filter((entry) => !apart.includes(entry));
  return (
    <form action={action} className="mb-8 space-y-6">
      <ul className="list-disc space-y-1 ps-5">
        {plan.changes.map((change) => (
          <li key={change.kind} className="wrap-anywhere">
            {t(`change.${change.kind}`, {
              ...visibleAll(change.data),
              path: shown(change.data["path"] ?? ""),
            })}
          </li>
        ))}
      </ul>
      {plan.otherDefault && <OtherDefaultChoice plan={plan} found={plan.otherDefault} />}
      {plan.repairs.length > 0 && (
        <fieldset>
          <legend className="font-semibold">{t("repairs")}</legend>
          {plan.snapshot.releaseUnsure && plan.repairs.some(({ onRequest }) => onRequest) && (
            <p className="text-base text-quiet">{t("releaseUnsure")}</p>
          )}
          {usual.map(line)}
          {apart.length > 0 && (
            <details
              className="mt-4"
              open={apart.some(({ accepted, blocked: why }) => !accepted || why !== null)}
            >
              <summary>{t("older", { count: apart.length })}</summary>
              <div className="ps-5">{apart.map(line)}</div>
            </details>
          )}
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

/** What else an entry of a provider serves, and why a change of it waits for the person. */
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

const GONE = { "shut-down": "shutDown", unfilled: "unfilled" } as const;
const DEFAULTS = ["first", "instead", "after"] as const;

async function OtherDefaultChoice({
  plan,
  found,
}: Readonly<{ plan: Plan; found: NonNullable<Plan["otherDefault"]> }>) {
  const t = await getTranslations("review.otherDefault");
  const names = visibleAll({ model: plan.model, from: found.from });
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
