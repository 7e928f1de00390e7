/** Lists a visit's models, and proposes one. */

import type { MachineView } from "@/lib/setup/machine/snapshot";
import {
  isListed,
  type ModelChoice,
  modelChoices,
  subscriptionChoices,
} from "@/lib/setup/model-proposals";
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

/** Names whose models they are, as a message of `model`. Pure. */
export function leadOf({ auth }: Pick<Visit, "auth">, offered: OfferedModels) {
  if (auth !== "chatgpt") return offered.listed ? "lead" : "leadUnlisted";
  if (!ownsOne(offered)) return "leadChatgpt";
  return offered.choices.every(({ known }) => known) ? "leadOwned" : "leadAccount";
}

function ownsOne({ choices, owned }: Pick<OfferedModels, "choices" | "owned">): boolean | null {
  return owned === null ? null : choices.some(({ ref }) => isListed(ref, owned));
}

const SHOWN_AT_ONCE = 4;

export interface ModelList {
  readonly chosen: string | null;
  /** Those with a reason, or the first few; with the chosen one. */
  readonly first: readonly ModelChoice[];
  readonly rest: readonly ModelChoice[];
  /** A chosen model that is none of the choices; else empty. */
  readonly own: string;
  /** The account lists models, and the release knows none of them: every choice would be a guess. */
  readonly lacksModels: boolean;
  /** A ChatGPT account lists one of the choices; null where it was not asked. */
  readonly owns: boolean | null;
}

/** Parts the choices into those shown at once and those behind a search. Pure. */
export function modelList(
  { model }: Pick<Visit, "model">,
  { choices, proposed, listed, owned }: OfferedModels,
): ModelList {
  const chosen = model ?? proposed?.ref ?? null;
  const reasoned = choices.filter(({ reason }) => reason !== null).length;
  const shown = reasoned > 0 ? reasoned : SHOWN_AT_ONCE;
  const first = choices.filter((choice, index) => index < shown || choice.ref === chosen);
  const owns = ownsOne({ choices, owned });
  return {
    chosen,
    first,
    rest: choices.filter((choice) => !first.includes(choice)),
    own: chosen !== null && !choices.some((choice) => choice.ref === chosen) ? chosen : "",
    lacksModels:
      (owned !== null && owned.length > 0 && owns === false) ||
      (listed !== null && choices.length > 0 && !choices.some(({ known }) => known)),
    owns,
  };
}
