/** Finds an `api` setting that would make OpenAI models reject the chosen credential. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { CHATGPT_API, OPENAI, OPENAI_ENTRY } from "@/lib/openclaw/releases/names";
import type { Choices } from "@/lib/setup/choices";
import { providerOf } from "@/lib/setup/model-ref";
import { hostOf, modelsOf } from "@/lib/setup/repairs/base-url";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { textAt } from "@/lib/text/json5/value";

/**
 * Without ChatGPT's `api`, a login of `openai` is not used (2026.6.1, 2026.8.1, 2026.9.6);
 * with it, a key is not used (2026.9.6) or sent to ChatGPT, which takes none (2026.6.1, 2026.7.1).
 * Beside ChatGPT's address, a key in the profile order is not tried (2026.8.1, 2026.9.6). Pure.
 */
export function otherApi(
  { backup }: ReleaseEra,
  config: Json,
  choices: Choices,
  others: readonly Finding[],
): Finding[] {
  const isLogin = choices.auth === "chatgpt";
  if (isLogin && providerOf(choices.model) !== OPENAI) return [];
  const removed = others.flatMap(({ edits }) => edits.filter(({ op }) => op === "remove"));
  const isNamed = (place: ConfigPath) =>
    removed.some(({ path }) => path.every((part, index) => part === place[index]));
  const isKeyShut = isLogin && choices.apiKey !== null && backup === "profile";
  const wrong = [OPENAI_ENTRY, ...modelsOf(config, OPENAI_ENTRY, choices.model)].flatMap(
    (owner) => {
      const [addressPlace, apiPlace] = [
        [...owner, "baseUrl"],
        [...owner, "api"],
      ];
      const address = isKeyShut ? textAt(config, addressPlace) : undefined;
      const api = textAt(config, apiPlace);
      return [
        ...(address ? [{ place: addressPlace, value: hostOf(address) ?? "–" }] : []),
        ...(api && (api === CHATGPT_API) !== isLogin ? [{ place: apiPlace, value: api }] : []),
      ];
    },
  );
  return wrong
    .filter(({ place }) => !isNamed(place))
    .map(({ place, value }): Finding => {
      const name = place.join(".");
      return {
        id: `other-api:${name}`,
        kind: "other-api",
        data: { place: name, value },
        important: true,
        edits: [{ op: "remove", path: place }],
      };
    });
}
