/** An entry that asks in the way of the other credential: not to be answered as it is, and answered after the plan. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { CHATGPT_API, CHATGPT_BASE_URL } from "@/lib/openclaw/releases/names";
import { providerOf } from "@/lib/setup/model-ref";
import type { Case } from "./case";
import { type Subject, takeTurn } from "./judge";
import { giveLogin, proveBackup, proveLogin } from "./logins";
import { proveKey } from "./prove";
import { KEY, setUp } from "./setup";
import { judge } from "./verdict";

/** Only where a login and a key share their provider. */
export function otherApis({ backup, defaultModel }: ReleaseEra): readonly Case[] {
  const isShared = providerOf(defaultModel.apiKey) === providerOf(defaultModel.chatgpt);
  return [...(isShared ? CASES : []), ...(backup === "profile" ? [CHATGPT_ADDRESS] : [])];
}

const CASES: readonly Case[] = [
  {
    group: "lived-in",
    name: "ChatGPT's way of asking beside a key",
    async run(subject) {
      const declined = ["other-api:models.providers.openai.api"];
      await entryWith(subject, { api: CHATGPT_API });
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
      await entryWith(subject, { api: "openai-responses" });
      const { login } = await giveLogin(subject, "first");
      return proveLogin(subject, login);
    },
  },
];

const CHATGPT_ADDRESS: Case = {
  group: "login",
  name: "ChatGPT's address beside a login with a key behind it",
  async run(subject) {
    await entryWith(subject, { baseUrl: CHATGPT_BASE_URL });
    const { login } = await giveLogin(subject, "first", { apiKey: KEY });
    const turn = await proveBackup(subject, login);
    return `${turn.ms} ms`;
  },
};

async function entryWith({ home }: Subject, entry: object): Promise<void> {
  const openai = { ...entry, models: [] };
  await home.write(".openclaw/openclaw.json", { models: { providers: { openai } } });
}
