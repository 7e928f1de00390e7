/** An entry that asks in the way of the other credential: not to be answered as it is, and answered after the plan. */
import { CHATGPT_API } from "@/lib/openclaw/openai-names";
import type { ReleaseEra } from "@/lib/openclaw/releases";
import { providerOf } from "@/lib/setup/model-ref";
import type { Case } from "./cases";
import { type Subject, takeTurn } from "./judge";
import { giveLogin, proveLogin } from "./logins";
import { proveKey } from "./prove";
import { setUp } from "./setup";
import { judge } from "./verdict";

/** Only where a login and a key share their provider. */
export function otherApis({ defaultModel }: ReleaseEra): readonly Case[] {
  return providerOf(defaultModel.apiKey) === providerOf(defaultModel.chatgpt) ? CASES : [];
}

const CASES: readonly Case[] = [
  {
    group: "lived-in",
    name: "ChatGPT's way of asking beside a key",
    async run(subject) {
      const declined = [`other-api:models.providers.openai.api`];
      await entryWith(subject, CHATGPT_API);
      await setUp(subject, { declined });
      // Nothing is asked (2026.9.6), or ChatGPT with a key that it does not take (2026.6.1, 2026.7.1).
      const { asked } = await takeTurn(subject);
      judge(!`${asked}`.includes("api.openai.com"), `declined, it asked ${asked}`);
      await setUp(subject);
      return proveKey(subject);
    },
  },
  {
    group: "login",
    name: "a key's way of asking beside a login",
    async run(subject) {
      await entryWith(subject, "openai-responses");
      const { login } = await giveLogin(subject, "first");
      return proveLogin(subject, login);
    },
  },
];

async function entryWith({ home }: Subject, api: string): Promise<void> {
  const openai = { api, models: [] };
  await home.write(".openclaw/openclaw.json", { models: { providers: { openai } } });
}
