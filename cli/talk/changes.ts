/** Asks about the plan's optional changes and where to keep the key. */

import { repairWords } from "@/cli/say/plan-text";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import type { Talk } from "@/cli/talk/common";
import type { OtherDefault } from "@/lib/setup/choices";
import type { Plan, Repair } from "@/lib/setup/types";
import { choicesChanged } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

const DEFAULTS = ["first", "instead", "after"] as const satisfies readonly OtherDefault[];

export function hasChanges({ repairs, otherDefault }: Plan): boolean {
  return otherDefault !== null || repairs.some(({ blocked }) => blocked === null);
}

/** False if the user ended it. */
export async function askChanges(
  { visit, plan, found }: PreparedPlan,
  one: Talk,
): Promise<boolean> {
  const { asker, terminal } = one;
  const { review: t } = terminal.words;
  const { otherDefault, repairs } = plan;
  if (otherDefault !== null) {
    const names = { model: found.named(plan.model), from: found.named(otherDefault.from) };
    const offers = DEFAULTS.map((choice) => ({
      value: choice,
      name: t(`otherDefault.${choice}.name`, names),
      about: [t(`otherDefault.${choice}.about`, names)],
    }));
    const chosen = await asker.choose<OtherDefault>(
      t("otherDefault.question", names),
      offers,
      otherDefault.choice,
    );
    if (chosen === null) return false;
    visit.otherDefault = chosen;
  }
  const possible = repairs.filter(({ blocked }) => blocked === null);
  if (possible.length > 0) {
    const on = await asker.switches(
      t("repairs"),
      repairs.map((repair) => switchOf(repair, { plan, found }, one)),
    );
    if (on === null) return false;
    visit.accepted = on;
    visit.declined = possible.map(({ id }) => id).filter((id) => !on.includes(id));
  }
  choicesChanged(visit);
  return true;
}

function switchOf(
  repair: Repair,
  { plan: { config }, found }: Pick<PreparedPlan, "plan" | "found">,
  { terminal }: Talk,
) {
  const { words } = terminal;
  const [what, why] = repairWords(repair, words, found.named);
  const { id, accepted, blocked } = repair;
  const path = found.shown(blocked?.file ?? config.path);
  return {
    value: id,
    name: what,
    about: [why],
    isOn: accepted,
    ...(blocked === null ? {} : { off: words.blocked(blocked.reason ?? "other", { path }) }),
  };
}

/** False if the user ended it. */
export async function askKeyForm(visit: Visit, plan: Plan, { asker, terminal }: Talk) {
  const { review: t } = terminal.words;
  const offers = plan.keyForms.map((form) => ({
    value: form,
    name: t(`form.${form}.name`),
    about: [t(`form.${form}.about`)],
  }));
  const form = await asker.choose(t("whereToKeep"), offers, plan.keyForm ?? offers[0]?.value);
  if (form === null) return false;
  if (form !== undefined) visit.keyForm = form;
  choicesChanged(visit);
  return true;
}
