import { describe, expect, it } from "vitest";
import { ERAS } from "@/lib/openclaw/releases/table";
import type { ChatGptChoices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import {
  chosenLogin,
  type Found,
  KEY,
  machine,
  planned,
  written,
} from "@/lib/setup/testing/machine";

const CHATGPT = "openai-chatgpt-responses";
const provider = (entry: object) => ({ models: { providers: { openai: entry } } });
const openai = (value: unknown) =>
  (value as { models: { providers: { openai: object } } }).models.providers.openai;

function plannedLogin(found: Found, choices: Partial<ChatGptChoices> = {}) {
  const plan = planSetup(machine(found), chosenLogin(choices));
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

const places = (plan: ReturnType<typeof planned>) =>
  plan.repairs.filter(({ kind }) => kind === "other-api").map(({ data }) => data["place"]);

describe("a way of asking that belongs to the other credential", () => {
  it.each(["openai-completions", "openai-responses"])("%s goes for a login", (api) => {
    const plan = plannedLogin({ config: provider({ api, timeoutSeconds: 9 }) });
    expect(places(plan)).toEqual(["models.providers.openai.api"]);
    expect(openai(plan.config.value)).toEqual({
      timeoutSeconds: 9,
      agentRuntime: { id: "openclaw" },
    });
  });

  it("ChatGPT's goes for a key, at the provider and at the chosen model, with or without OpenAI's address", () => {
    const models = [
      { id: "gpt-5.5", api: CHATGPT },
      { id: "gpt-5.4", api: CHATGPT },
    ];
    for (const more of [{}, { baseUrl: "https://api.openai.com/v1" }]) {
      const plan = planned({ config: provider({ api: CHATGPT, models, ...more }) });
      expect(places(plan)).toEqual([
        "models.providers.openai.api",
        "models.providers.openai.models.0.api",
      ]);
      expect(openai(plan.config.value)).toMatchObject({ models: [{ id: "gpt-5.5" }, models[1]] });
      expect(JSON.stringify(openai(plan.config.value)).split(CHATGPT)).toHaveLength(2);
    }
  });

  it("stays where it fits, where it is declined, and where a login has a provider of its own", () => {
    expect(places(planned({ config: provider({ api: "openai-completions" }) }))).toEqual([]);
    expect(places(plannedLogin({ config: provider({ api: CHATGPT }) }))).toEqual([]);
    const config = provider({ api: "openai-responses" });
    const declined = plannedLogin(
      { config },
      { declined: ["other-api:models.providers.openai.api"] },
    );
    expect(openai(declined.config.value)).toMatchObject({ api: "openai-responses" });
    const era = ERAS.find(({ since }) => since === "2026.5.28");
    const model = era?.defaultModel.chatgpt ?? "";
    expect(places(plannedLogin({ config, ...(era && { era }) }, { model }))).toEqual([]);
  });

  it("the address of ChatGPT goes where a key behind the login would not be tried beside it", () => {
    const baseUrl = "https://chatgpt.com/backend-api";
    const found = { config: provider({ baseUrl, models: [] }) };
    const plan = plannedLogin(found, { apiKey: KEY });
    expect(places(plan)).toEqual(["models.providers.openai.baseUrl"]);
    expect(openai(plan.config.value)).not.toHaveProperty("baseUrl");
    expect(places(plannedLogin(found))).toEqual([]);
    const june = ERAS.find(({ since }) => since === "2026.6.1");
    expect(places(plannedLogin({ ...found, ...(june && { era: june }) }, { apiKey: KEY }))).toEqual(
      [],
    );
  });

  it("is not named beside the proxy's address with which it goes", () => {
    const plan = planned({
      config: provider({ baseUrl: "https://hub.example.com", api: CHATGPT }),
    });
    expect(places(plan)).toEqual([]);
    expect(openai(plan.config.value)).not.toHaveProperty("api");
  });

  it("keeps every other byte", () => {
    const text =
      '{\n  models: { providers: { openai: { api: "openai-responses", /* slow */ timeoutSeconds: 9 } } },\n}\n';
    expect(written(plannedLogin({ config: text }), "config")).toContain(
      "{ /* slow */ timeoutSeconds: 9",
    );
  });
});
