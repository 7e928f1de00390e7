/** Settings under which no turn asks anything, while the config is valid: not answered as they are, answered after the plan. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import type { Case } from "./case";
import { askValid, takeTurn } from "./judge";
import { proveKey } from "./prove";
import { setUp } from "./setup";
import { judge } from "./verdict";

/** Where OpenAI comes as a plugin. */
export function shutOffs({ keyForms, openAiIsPlugin }: ReleaseEra): readonly Case[] {
  if (!openAiIsPlugin) return [];
  return keyForms.includes("provider-secret-ref") ? [...PLUGINS, ...SECRETS] : PLUGINS;
}

function shutOff(
  name: string,
  config: object,
  repair: string,
  more: Partial<ApiKeyChoices> = {},
): Case {
  return {
    group: "lived-in",
    name,
    async run(subject) {
      await subject.home.write(".openclaw/openclaw.json", config);
      await setUp(subject, { ...more, declined: [repair] });
      const valid = await askValid(subject);
      judge(valid.verdict !== "refused", "the config is refused as it is");
      const before = await takeTurn(subject);
      judge(!before.replied, "declined, it answered all the same");
      judge(before.asked.length === 0, `declined, it asked ${before.asked}`);
      await setUp(subject, more);
      return `${await proveKey(subject)}; before: ${before.detail.slice(-160)}`;
    },
  };
}

const PLUGINS: readonly Case[] = [
  shutOff("OpenAI denied as a plugin", { plugins: { deny: ["openai"] } }, "plugin-denied"),
  shutOff(
    "OpenAI's plugin disabled",
    { plugins: { entries: { openai: { enabled: false } } } },
    "plugin-disabled",
  ),
  shutOff("all plugins off", { plugins: { enabled: false } }, "plugins-off"),
];

const SECRETS: readonly Case[] = [
  shutOff(
    "a list of secrets without the key",
    { secrets: { providers: { default: { source: "env", allowlist: ["OTHER_KEY"] } } } },
    "secret-not-allowed",
    { keyForm: "provider-secret-ref" },
  ),
  shutOff(
    "another provider of secrets by default",
    { secrets: { providers: { mine: { source: "env" } }, defaults: { env: "mine" } } },
    "secret-provider",
    { keyForm: "provider-secret-ref" },
  ),
];
