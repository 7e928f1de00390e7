/** A model of OpenAI that is asked for in the way of the other credential: what was set up would get no reply. */

import type { ConfigPath, Json } from "@/lib/openclaw/config-types";
import { CHATGPT_API, OPENAI } from "@/lib/openclaw/openai-names";
import { providerOf } from "@/lib/setup/model-ref";
import { modelsOf, textAt } from "@/lib/setup/other-address";
import type { Finding } from "@/lib/setup/repairs";
import type { Choices } from "@/lib/setup/types";

/**
 * `api` at the provider or at the chosen model. A login that shares the provider with keys is used beside
 * ChatGPT's own only (2026.6.1, 2026.8.1, 2026.9.6); beside that a key is not used (2026.9.6) or sent to ChatGPT,
 * which takes none (2026.6.1, 2026.7.1). What a finding of
 * `others` takes out anyway is not named again. Pure.
 */
export function otherApi(config: Json, choices: Choices, others: readonly Finding[]): Finding[] {
  const isLogin = choices.auth === "chatgpt";
  if (isLogin && providerOf(choices.model) !== OPENAI) return [];
  const entry = ["models", "providers", OPENAI];
  const removed = others.flatMap(({ edits }) => edits.filter(({ op }) => op === "remove"));
  return [entry, ...modelsOf(config, entry, choices.model)].flatMap((owner): Finding[] => {
    const place: ConfigPath = [...owner, "api"];
    const api = textAt(config, place);
    if (api === undefined || (api === CHATGPT_API) === isLogin) return [];
    if (removed.some(({ path }) => path.every((part, index) => part === place[index]))) return [];
    const name = place.join(".");
    return [
      {
        id: `other-api:${name}`,
        kind: "other-api",
        data: { place: name, api },
        important: true,
        edits: [{ op: "remove", path: place }],
      },
    ];
  });
}
