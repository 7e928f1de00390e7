import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { ApiKeyChoices, ChatGptChoices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import {
  chosenLogin,
  type Found,
  KEY,
  machine,
  OLDEST,
  planned,
  written,
} from "@/lib/setup/testing/machine";

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

  it.each([`\${${"HUB_KEY"}}`, { source: "env", provider: "default", id: "HUB_KEY" }])(
    "are asked for without the reference to the other server's key: %j",
    (apiKey) => {
      const config = provider({ baseUrl: PROXY, apiKey });
      expect(look({ config }).openai).not.toHaveProperty("apiKey");
      const declined = ["other-address"];
      expect(look({ config }, { declined }).openai).toMatchObject({ apiKey });
      // Without an address of its own, a reference is the person's.
      expect(look({ config: provider({ apiKey }) }).openai).toMatchObject({ apiKey });
    },
  );

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
    expect(finding?.data).toEqual({
      entry: "models.providers.openai",
      host: "proxy.example.com",
      place: "OPENAI_BASE_URL",
    });
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
      entry: "models.providers.openai",
      host: "proxy.example.com",
      place: "models.providers.openai.models.1.baseUrl",
    });
    expect(openai).toMatchObject({
      baseUrl: OPENAI,
      models: [other, { id: "gpt-5.5", name: "Mine" }],
    });
  });
});

function lookLogin(found: Found, choices: Partial<ChatGptChoices> = {}) {
  const model = found.era?.defaultModel.chatgpt ?? "openai/gpt-5.5";
  const plan = planSetup(machine(found), chosenLogin({ model, ...choices }));
  if (!plan.ok) throw new Error(plan.error.code);
  const { repairs, config } = plan.value;
  const { models, env } = config.value as {
    models?: { providers?: Record<string, unknown> };
    env?: object;
  };
  return {
    findings: repairs.filter(({ kind }) => /address|login-variable/u.test(kind)),
    providers: models?.providers ?? {},
    env,
    dotenv: written(plan.value, "dotenv"),
    changes: plan.value.changes.map(({ kind }) => kind),
  };
}

describe("a ChatGPT login beside an address that is not ChatGPT's", () => {
  const CHATGPT = "https://chatgpt.com/backend-api";

  it("is led there by no address, where the key has the same provider", () => {
    const entry = { baseUrl: PROXY, api: "openai-completions", headers: { a: "b" }, models: [] };
    const { findings, providers } = lookLogin({ config: provider(entry) }, { apiKey: KEY });
    expect(findings).toMatchObject([
      {
        kind: "login-address",
        accepted: true,
        data: {
          entry: "models.providers.openai",
          host: "proxy.example.com",
          place: "models.providers.openai.baseUrl",
        },
      },
    ]);
    expect(providers["openai"]).toEqual({ models: [], agentRuntime: { id: "openclaw" } });
  });

  it("stays there where that is declined", () => {
    const found = { config: provider({ baseUrl: PROXY }) };
    const { findings, providers } = lookLogin(found, { declined: ["other-address"] });
    expect(findings).toMatchObject([{ accepted: false }]);
    expect(providers["openai"]).toMatchObject({ baseUrl: PROXY });
  });

  it("is not used beside the key's own address either, nor the model's", () => {
    const { findings, providers } = lookLogin({ config: provider({ baseUrl: OPENAI }) });
    expect(findings).toMatchObject([{ data: { host: "api.openai.com" } }]);
    expect(providers["openai"]).not.toHaveProperty("baseUrl");
  });

  it("is not used for a model that the entry describes for a key", () => {
    const mine = { id: "gpt-5.5", name: "Mine" };
    const other = { id: "gpt-4o", name: "Other" };
    const described = (entry: object) => lookLogin({ config: provider(entry) });
    const own = described({ models: [other, { ...mine, baseUrl: PROXY }] });
    expect(own.findings).toMatchObject([{ data: { host: "proxy.example.com" } }]);
    const at = described({ models: [mine, other, mine] });
    expect(at.findings).toMatchObject([
      { data: { host: "api.openai.com", place: "models.providers.openai.models.0" } },
    ]);
    const through = described({ baseUrl: PROXY, models: [mine, other] });
    for (const { providers } of [own, at, through]) {
      expect(providers["openai"]).toEqual({ models: [other], agentRuntime: { id: "openclaw" } });
    }
    const api = "openai-chatgpt-responses";
    for (const asIs of [{ api, models: [mine] }, { models: [{ ...mine, api }] }]) {
      expect(described(asIs).findings).toEqual([]);
    }
    expect(described({ baseUrl: CHATGPT, models: [mine] }).findings).toEqual([]);
  });

  it.each([
    ["ChatGPT's", { baseUrl: CHATGPT }],
    ["none", {}],
  ])("needs nothing where the address is %s", (_name, entry) => {
    expect(lookLogin({ config: provider(entry) }).findings).toEqual([]);
  });

  it("is led astray by the variable, which goes, unless an address comes before it", () => {
    const dotenv = `A=1\nOPENAI_BASE_URL=${PROXY}\n`;
    const vars = { OPENAI_BASE_URL: PROXY, B: "2" };
    const both = lookLogin({ dotenv, config: { env: { vars } } });
    expect(both.findings).toMatchObject([
      { kind: "login-variable", data: { host: "proxy.example.com", place: "OPENAI_BASE_URL" } },
    ]);
    expect(both.dotenv).toBe("A=1\n");
    expect(both.env).toEqual({ vars: { B: "2" } });
    const declined = lookLogin({ dotenv }, { declined: ["login-variable"] });
    expect(declined.dotenv).toBeNull();
    expect(lookLogin({ dotenv, config: provider({ baseUrl: CHATGPT }) }).findings).toEqual([]);
    const withKey = lookLogin({ dotenv }, { apiKey: KEY });
    expect(withKey.dotenv).toBe(`A=1\nOPENAI_API_KEY=${KEY}\n`);
    const there = lookLogin({ dotenv: `${dotenv}OPENAI_API_KEY=${KEY}\n` }, { apiKey: KEY });
    expect(there.changes).not.toContain("replace-key-dotenv");
    expect(lookLogin({ dotenv, era: OLDEST }).findings).toEqual([]);
  });

  it("has a provider of its own up to 2026.5, and the key behind it keeps its", () => {
    const providers = {
      "openai-codex": { baseUrl: PROXY, api: "openai-responses" },
      openai: { baseUrl: PROXY },
    };
    const found = { config: { models: { providers } }, era: OLDEST };
    const mended = lookLogin(found, { apiKey: KEY });
    expect(mended.findings).toMatchObject([
      { kind: "login-address", data: { entry: "models.providers.openai-codex" } },
      { kind: "other-address", data: { entry: "models.providers.openai" } },
    ]);
    expect(mended.providers).toEqual({
      "openai-codex": { baseUrl: CHATGPT, models: [] },
      openai: { baseUrl: OPENAI, models: [] },
    });
    expect(lookLogin(found).providers["openai"]).toEqual({ baseUrl: PROXY });
  });
});

describe("an entry that serves other models too", () => {
  const speech = { id: "kokoro-tts", name: "Speech" };
  const LOCAL = [
    "http://127.0.0.1:8880/v1",
    "http://localhost:8000/v1",
    "http://192.168.1.20:8000/v1",
    "http://speech.local:8000/v1",
    "http://whisper:9000/v1",
  ];

  it.each(LOCAL)(
    "is left as it is at a server of one's own, and what would break is named: %s",
    (baseUrl) => {
      const config = provider({ baseUrl, models: [speech, { id: "whisper-large" }] });
      const { finding, openai } = look({ config });
      expect(finding).toMatchObject({
        accepted: false,
        onRequest: true,
        data: { others: ["kokoro-tts", "whisper-large"] },
      });
      expect(openai).toMatchObject({ baseUrl });
      const asked = look({ config }, { accepted: ["other-address"] });
      expect(asked.openai).toMatchObject({ baseUrl: OPENAI });
    },
  );

  it.each([{}, { declined: ["second-key-provider"] }])(
    "keeps the key of a server that stays, and takes it out where OpenAI takes its place: %j",
    (choices) => {
      const own = { baseUrl: LOCAL[0], apiKey: "made-up-key-of-the-server", models: [speech] };
      const config = provider(own);
      expect(look({ config }, choices).openai).toMatchObject({ apiKey: own.apiKey });
      const accepted = ["other-address"];
      expect(look({ config }, { accepted }).openai).not.toHaveProperty("apiKey");
    },
  );

  it("is changed at a proxy, and what comes along is named", () => {
    const config = provider({ baseUrl: PROXY, models: [speech, { id: "gpt-5.5", name: "Mine" }] });
    expect(look({ config }).finding).toMatchObject({
      accepted: true,
      data: { others: ["kokoro-tts"] },
    });
  });

  it.each(LOCAL)(
    "leads a login to ChatGPT where the server stands in for it, and its models go along: %s",
    (baseUrl) => {
      const api = "openai-chatgpt-responses";
      const models = [{ id: "gpt-5.5", name: "Mine" }, { id: "gpt-5.6" }, { id: "gpt-5.6-sol" }];
      const { findings, providers } = lookLogin({ config: provider({ baseUrl, api, models }) });
      expect(findings).toMatchObject([
        { accepted: true, onRequest: false, data: { others: ["gpt-5.6", "gpt-5.6-sol"] } },
      ]);
      expect(providers["openai"]).toMatchObject({ api, models });
      expect(providers["openai"]).not.toHaveProperty("baseUrl");
    },
  );

  it.each([{}, { api: "openai-completions" }])(
    "is not led away from a login's server that does other work unless asked for: %j",
    (entry) => {
      const config = provider({ ...entry, baseUrl: LOCAL[0], models: [speech] });
      expect(lookLogin({ config }).findings).toMatchObject([
        { accepted: false, onRequest: true, data: { others: ["kokoro-tts"] } },
      ]);
    },
  );

  it("is changed at a server of one's own that serves nothing else", () => {
    const { finding } = look({ config: provider({ baseUrl: LOCAL[0], models: [] }) });
    expect(finding).toMatchObject({ accepted: true, onRequest: false });
    expect(finding?.data).not.toHaveProperty("others");
  });
});
