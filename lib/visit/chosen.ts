/** Records a visit's choice, to be compared with later answers. */

import type { Plan } from "@/lib/setup/types";
import type { Chosen } from "@/lib/setup/verify/reply-differences";
import { valueAt } from "@/lib/text/json5/value";
import { givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

export function chosenBy(
  { model, otherDefault, config }: Plan,
  visit: Pick<Visit, "auth" | "key" | "login" | "telegram">,
  now: number,
): Chosen {
  const { auth, login } = visit;
  const provider = model.slice(0, Math.max(0, model.indexOf("/")));
  const address = valueAt(config.value, ["models", "providers", provider, "baseUrl"]);
  return {
    model,
    behind: otherDefault?.choice === "after" ? otherDefault.from : null,
    credential:
      visit.telegram !== null
        ? { kind: "kept" }
        : auth === "chatgpt"
          ? { kind: "login", account: login?.account.email ?? null }
          : { kind: "key", tail: givenKey(visit)?.value.slice(-4) ?? "" },
    host: typeof address === "string" && URL.canParse(address) ? new URL(address).host : null,
    writtenAt: now,
  };
}
