/** Presents an export as a plan of this machine, so that it can be validated and rehearsed. */

import { KEY_TEXT_REFERENCE } from "@/lib/openclaw/releases/names";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { Result } from "@/lib/result";
import type { LoginTokens } from "@/lib/setup/choices";
import { elsewhere } from "@/lib/setup/export/elsewhere";
import type { Export } from "@/lib/setup/export/types";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan, PlanRefusal } from "@/lib/setup/types";

export type GivenCredential =
  | { readonly kind: "key"; readonly secret: string }
  | { readonly kind: "login"; readonly login: LoginTokens };

/** A placeholder for a value that only the engine has. */
const ELSEWHERE = "given-where-it-runs";

/** Contains the exported config with its variables set, and nothing else of this machine. Pure. */
export function planOfExport(
  snapshot: Snapshot,
  { release, model, variables, config }: Export,
  given: GivenCredential,
): Result<Plan, PlanRefusal> {
  const { era, certainty } = eraFor(release);
  const dotenv = variables.map((name) => `${name}=${ELSEWHERE}\n`).join("");
  const bytes = (text: string) => new TextEncoder().encode(text);
  const instance: Snapshot = {
    ...elsewhere(snapshot, { version: release, era, certainty }),
    configBytes: bytes(JSON.stringify(config, null, 2)),
    included: { files: new Map(), realPaths: new Map(), allowedRoots: [] },
    dotenvBytes: bytes(dotenv),
  };
  const common = {
    model,
    otherDefault: null,
    keyForm: null,
    declined: [],
    accepted: [],
    gatewayToken: KEY_TEXT_REFERENCE,
  };
  return planSetup(
    instance,
    given.kind === "key"
      ? { ...common, auth: "api-key", apiKey: given.secret }
      : { ...common, auth: "chatgpt", login: given.login, apiKey: null },
  );
}
