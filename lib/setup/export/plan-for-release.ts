/** Plans for an engine's release, with variables in place of the key and the gateway's token. */

import { TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { KEY_TEXT_REFERENCE } from "@/lib/openclaw/releases/names";
import { ERAS, eraFor } from "@/lib/openclaw/releases/table";
import { ok, type Result } from "@/lib/result";
import type { Choices, OtherDefault } from "@/lib/setup/choices";
import { elsewhere } from "@/lib/setup/export/elsewhere";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import { modelOf, providerOf } from "@/lib/setup/model-ref";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan, PlanRefusal } from "@/lib/setup/types";

export interface ExportChoices {
  readonly auth: "api-key" | "chatgpt";
  readonly model: string;
  readonly otherDefault: OtherDefault | null;
  readonly keyForm: FileKeyForm | null;
  readonly declined: readonly string[];
  readonly accepted: readonly string[];
}

export interface ReleasePlan {
  readonly plan: Plan;
  /** The chosen model, if the release lacks it and another replaces it. */
  readonly insteadOf: string | null;
}

/** Takes only the config from this machine. Pure. */
export function planForRelease(
  snapshot: Snapshot,
  choices: ExportChoices,
  release: string,
): Result<ReleasePlan, PlanRefusal> {
  // The installed release may have told more than the table knows.
  const { era, certainty } = release === snapshot.version ? snapshot : eraFor(release);
  const model = modelFor(era, choices);
  const there = elsewhere(snapshot, { version: release, era, certainty });
  const planned = planSetup(there, withoutSecrets({ ...choices, model }));
  if (!planned.ok) return planned;
  return ok({ plan: planned.value, insteadOf: model === choices.model ? null : choices.model });
}

function modelFor(era: ReleaseEra, { auth, model }: ExportChoices): string {
  const { loginProvider } = era.credentials;
  const wanted =
    auth === "chatgpt" && providerOf(model) !== loginProvider
      ? `${loginProvider}/${modelOf(model)}`
      : model;
  const isKnown = era.models.some(({ ref }) => ref === wanted);
  const successor = era.retiredModels[wanted];
  if (isKnown) return wanted;
  // A model that only newer releases list is unknown here; an unlisted one may be anything.
  const isNewer = ERAS.some(({ models }) => models.some(({ ref }) => ref === wanted));
  if (successor === undefined && !isNewer && wanted === model) return model;
  return successor ?? era.defaultModel[auth === "chatgpt" ? "chatgpt" : "apiKey"];
}

/** Uses dummy tokens, and a variable in place of a key in the config. */
function withoutSecrets(choices: ExportChoices): Choices {
  const { auth, model, otherDefault, keyForm, declined, accepted } = choices;
  const isReference = keyForm === "provider-env-ref" || keyForm === "provider-secret-ref";
  const common = {
    model,
    otherDefault,
    declined,
    accepted,
    keyForm: isReference ? keyForm : null,
    gatewayToken: `\${${TOKEN_VARIABLE}}`,
  };
  if (auth === "api-key") return { ...common, auth, apiKey: KEY_TEXT_REFERENCE };
  const login = { accessToken: "", refreshToken: "", accountId: null, email: null, expiresAt: 0 };
  return { ...common, auth, apiKey: null, login };
}
