/** Declines all changes of given kinds. */

import { currentLogin } from "@/lib/visit/login";
import { machine } from "@/lib/visit/machine";
import { planOf } from "@/lib/visit/plan-for-visit";
import type { Visit } from "@/lib/visit/visit";

/** Settings are rarely nested deeper. */
const MOST_ROUNDS = 8;

export const kindOf = (id: string) => id.replace(/:.*$/su, "");

/** Declining a large change may reveal smaller ones within, which are declined too. */
export async function declineKinds(visit: Visit, kinds: ReadonlySet<string>): Promise<void> {
  const login = await currentLogin(visit);
  const { snapshot } = await machine(visit);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const plan = planOf(visit, snapshot, login);
    const made = plan?.ok
      ? plan.value.repairs.filter(
          ({ id, accepted, blocked }) => accepted && blocked === null && kinds.has(kindOf(id)),
        )
      : [];
    if (made.length === 0) return;
    const ids = new Set(made.map(({ id }) => id));
    visit.declined = [...visit.declined, ...ids];
    visit.accepted = visit.accepted.filter((id) => !ids.has(id));
  }
}
