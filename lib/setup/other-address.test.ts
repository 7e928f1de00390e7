import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases";
import { type Found, planned } from "@/lib/setup/testing/machine";
import type { ApiKeyChoices } from "@/lib/setup/types";

const PROXY = "https://proxy.example.com/v1";
const OPENAI = "https://api.openai.com/v1";
const provider = (entry: object) => ({ models: { providers: { openai: entry } } });

function look(found: Found, choices: Partial<ApiKeyChoices> = {}) {
  const plan = planned(found, choices);
  return {
    finding: plan.repairs.find(({ kind }) => kind === "other-address"),
    openai: (plan.config.value as { models?: { providers?: { openai?: object } } }).models
      ?.providers?.openai,
  };
}

describe("models of OpenAI that are asked for elsewhere", () => {
  it("are asked for at OpenAI, without what was made for the other address", () => {
    const config = provider({
      baseUrl: PROXY,
      api: "openai-completions",
      headers: { "api-key": "made-up" },
      authHeader: false,
      timeoutSeconds: 90,
      models: [],
    });
    const { finding, openai } = look({ config });
    expect(finding).toMatchObject({
      accepted: true,
      important: true,
      data: { host: "proxy.example.com", place: "models.providers.openai.baseUrl" },
    });
    expect(openai).toEqual({
      baseUrl: OPENAI,
      timeoutSeconds: 90,
      models: [],
      agentRuntime: { id: "openclaw" },
    });
  });

  it("stay there where that is declined", () => {
    const config = provider({ baseUrl: PROXY, headers: { a: "b" } });
    const { finding, openai } = look({ config }, { declined: ["other-address"] });
    expect(finding?.accepted).toBe(false);
    expect(openai).toMatchObject({ baseUrl: PROXY, headers: { a: "b" } });
  });

  it.each([
    ["OpenAI itself", { baseUrl: OPENAI }],
    ["OpenAI with a slash", { baseUrl: `${OPENAI}/` }],
    ["none", {}],
    ["blank", { baseUrl: " " }],
    ["no text", { baseUrl: null }],
  ])("is no matter where the address is %s", (_name, entry) => {
    expect(look({ config: provider(entry) }).finding).toBeUndefined();
  });

  it("is no matter where the key was checked at that very address", () => {
    const config = provider({ baseUrl: PROXY });
    expect(look({ config, checkedAt: PROXY }).finding).toBeUndefined();
    const other = look({ config, checkedAt: "http://127.0.0.1:4000/v1" });
    expect(other.openai).toMatchObject({ baseUrl: "http://127.0.0.1:4000/v1" });
  });

  it("reads a variable in the address, and shows neither a password nor a name it cannot read", () => {
    const config = provider({ baseUrl: `\${${"MY_PROXY"}}/v1` });
    const dotenv = "MY_PROXY=https://ada:hunter2@proxy.example.com\n";
    expect(look({ config, dotenv }).finding?.data).toMatchObject({ host: "proxy.example.com" });
    expect(look({ config }).finding?.data).toMatchObject({ host: "–" });
    expect(look({ config, dotenv: "MY_PROXY=https://api.openai.com\n" }).finding).toBeUndefined();
  });

  it("goes before the variable that leads elsewhere, where the release follows it", () => {
    const dotenv = `OPENAI_BASE_URL=${PROXY}\n`;
    const { finding, openai } = look({ dotenv });
    expect(finding?.data).toEqual({ host: "proxy.example.com", place: "OPENAI_BASE_URL" });
    expect(openai).toMatchObject({ baseUrl: OPENAI });
    const vars = look({ config: { env: { vars: { OPENAI_BASE_URL: PROXY } } } });
    expect(vars.openai).toMatchObject({ baseUrl: OPENAI });
    expect(look({ dotenv, config: provider({ baseUrl: OPENAI }) }).finding).toBeUndefined();
    const { era } = eraFor("2026.2.9");
    expect(look({ dotenv, era }).finding).toBeUndefined();
  });

  it("goes for the chosen model's own address too, and leaves that of others", () => {
    const other = { id: "gpt-4o", name: "Other", baseUrl: PROXY };
    const models = [
      other,
      { id: "gpt-5.5", name: "Mine", baseUrl: PROXY, api: "openai-responses" },
    ];
    const { finding, openai } = look({ config: provider({ baseUrl: OPENAI, models }) });
    expect(finding?.data).toEqual({
      host: "proxy.example.com",
      place: "models.providers.openai.models.1.baseUrl",
    });
    expect(openai).toMatchObject({
      baseUrl: OPENAI,
      models: [other, { id: "gpt-5.5", name: "Mine" }],
    });
  });
});
