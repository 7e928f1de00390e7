/** Lists a visit's models, and proposes one. */

import type { MachineView } from "@/lib/setup/machine/snapshot";
import { type ModelChoice, modelChoices, subscriptionChoices } from "@/lib/setup/model-proposals";
import { givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

export interface OfferedModels {
  readonly choices: readonly ModelChoice[];
  readonly proposed: ModelChoice | null;
  readonly listed: readonly string[] | null;
  readonly owned: readonly string[] | null;
}

/** Uses the checks' answers so far without waiting. Pure. */
export function offeredModels(
  visit: Pick<Visit, "auth" | "key" | "login">,
  { snapshot, told, defaultModel }: Pick<MachineView, "snapshot" | "told" | "defaultModel">,
): OfferedModels {
  const isLogin = visit.auth === "chatgpt";
  const checked = isLogin ? null : givenKey(visit)?.check.result;
  const listed =
    checked?.kind === "done" && checked.value.kind === "works" ? checked.value.models : null;
  const account = isLogin ? visit.login?.check?.result : null;
  const owned =
    account?.kind === "done" && account.value.kind === "usable" ? account.value.models : null;
  const question = {
    era: snapshot.era,
    told,
    present: defaultModel,
    listed: isLogin ? owned : listed,
  };
  const choices = isLogin ? subscriptionChoices(question) : modelChoices(question);
  const proposed =
    choices.find(({ reason }) => reason === "present") ??
    choices.find(({ recommended }) => recommended) ??
    choices.find(({ known }) => known) ??
    null;
  return { choices, proposed, listed, owned };
}
