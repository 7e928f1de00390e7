import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { ERAS, eraFor } from "@/lib/openclaw/releases/table";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { planSetup } from "@/lib/setup/plan/plan";
import {
  chosen,
  KEY,
  machine,
  NEWEST,
  OLD_KEY,
  OLDEST,
  planned,
  TOKEN,
  written,
} from "@/lib/setup/testing/machine";

const GATEWAY = {
  mode: "local",
  bind: "loopback",
  auth: { mode: "token", token: "kept-as-it-is" },
};
const PINNED = { providers: { openai: { agentRuntime: { id: "openclaw" } } } };

describe("a machine without anything", () => {
  it("gets a config without the key, and the key in .env, both for the owner alone", () => {
    const plan = planned({});
    expect(plan.files.map(({ role, mode, before }) => [role, mode, before])).toEqual([
      ["dotenv", 0o600, null],
      ["config", 0o600, null],
    ]);
    expect(written(plan, "dotenv")).toBe(`OPENAI_API_KEY=${KEY}\n`);
    expect(JSON.parse(written(plan, "config") ?? "")).toEqual({
      agents: { defaults: { model: { primary: "openai/gpt-5.5" } } },
      models: PINNED,
      gateway: { mode: "local", bind: "loopback", auth: { mode: "token", token: TOKEN } },
    });
    expect(written(plan, "config")).not.toContain(KEY);
  });

  it.each(ERAS)("gets no list of models on $since, since a list allows nothing else", (era) => {
    const model = era.defaultModel.apiKey;
    const config = JSON.parse(written(planned({ era }, { model }), "config") ?? "");
    expect(config.agents.defaults).toEqual({ model: { primary: model } });
  });
});

describe("a config that is lived in", () => {
  const lines = Array.from({ length: 190 }, (_, i) =>
    i % 3 === 0 ? `  // note ${i}: keep "me",, as I am` : `  'own${i}' : [${i},\t"x" ,],`,
  );
  const text = [
    "// at the top",
    "{",
    ...lines,
    "  agents: { defaults: { model: 'openai/gpt-5.2', /* here */ } }, // there",
    "  gateway: { mode: 'local', bind: 'lan', auth: { mode: 'password', password: 'hunter2hunter2' } },",
    "  plugins: { entries: { codex: { enabled: true } } },",
    "}",
    "// at the end",
  ].join("\n");
  const edited = "openai/gpt-5.5";

  it.each([
    ["LF", text],
    ["CRLF with a byte order mark", `\uFEFF${text.replaceAll("\n", "\r\n")}`],
  ])("keeps every byte outside the edit (%s)", (_, config) => {
    const plan = planned({ config });
    expect(written(plan, "config")).toBe(config.replace("openai/gpt-5.2", edited));
    expect(plan.files.find(({ role }) => role === "config")?.before).toEqual(
      new TextEncoder().encode(config),
    );
    expect(plan.untouched).toBeGreaterThan(120);
  });

  it("is not touched where it is already as chosen", () => {
    const config = text.replace("openai/gpt-5.2", edited);
    const plan = planned({ config, dotenv: `A=1\r\nexport OPENAI_API_KEY="${KEY}" # mine\r\n` });
    expect(plan.files).toEqual([]);
    expect(plan.changes.map(({ kind }) => kind)).toEqual(["keep-model"]);
  });

  it("keeps every other line of .env", () => {
    const dotenv = `# notes\r\nOTHER='a b'\r\nOPENAI_API_KEY=${OLD_KEY}\r\nLAST=1`;
    expect(written(planned({ dotenv }), "dotenv")).toBe(dotenv.replace(OLD_KEY, KEY));
  });
});

describe("the model", () => {
  const modelIn = (model: unknown) =>
    JSON.parse(
      written(
        planned({ config: { agents: { defaults: { model } }, gateway: GATEWAY } }),
        "config",
      ) ?? "",
    ).agents.defaults.model;

  it("stays a string where it is one", () => {
    expect(modelIn("openai/gpt-5.4")).toBe("openai/gpt-5.5");
  });

  it("keeps the fallbacks where it is an object", () => {
    const fallbacks = ["anthropic/claude-x"];
    expect(modelIn({ primary: "openai/gpt-5.4", fallbacks })).toEqual({
      primary: "openai/gpt-5.5",
      fallbacks,
    });
  });

  it("is added to a list of allowed models also where the pin was declined", () => {
    const config = { agents: { defaults: { models: { "x/y": {} } } }, gateway: GATEWAY };
    const plan = planned({ config }, { declined: ["runtime-pin"] });
    const after = JSON.parse(written(plan, "config") ?? "");
    expect(after.agents.defaults.models).toEqual({ "x/y": {}, "openai/gpt-5.5": {} });
  });
});

describe("the key forms", () => {
  const forms = keyFormSchema.options;

  it("are never one that the release refuses, whatever was asked for", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ERAS), fc.constantFrom(null, ...forms), (era, keyForm) => {
        const plan = planned({ era }, { keyForm });
        const refused = era.refusedKeyForms.map(({ form }) => form);
        expect(plan.keyForms.filter((form) => refused.includes(form))).toEqual([]);
        expect(plan.keyForms).toContain(plan.keyForm);
        expect(plan.keyForms[0]).toBe(era.keyForms[0]);
        const config = written(plan, "config") ?? "";
        expect(config.includes(KEY)).toBe(["env-vars", "env-flat"].includes(plan.keyForm));
      }),
    );
  });

  it("give a provider what the release demands beside the key, only where it is absent", () => {
    const models = [{ id: "own" }];
    const config = { models: { providers: { openai: { models } } } };
    const plan = planned({ config, era: OLDEST }, { keyForm: "provider-env-ref" });
    expect(JSON.parse(written(plan, "config") ?? "").models.providers.openai).toEqual({
      models,
      baseUrl: "https://api.openai.com/v1",
      apiKey: `\${OPENAI_API_KEY}`,
    });
    expect(written(plan, "dotenv")).toContain(KEY);
  });
});

describe("the gateway", () => {
  const gatewayOf = (gateway: object) =>
    JSON5.parse(planned({ config: { gateway } }).config.after).gateway;

  it("keeps every setting of the person", () => {
    const own = { mode: "remote", bind: "lan", auth: { mode: "none" } };
    expect(gatewayOf(own)).toEqual(own);
    expect(gatewayOf({ ...own, auth: { password: "x" } }).auth).toEqual({ password: "x" });
  });

  it("gets a token where token is the way and there is none", () => {
    expect(gatewayOf({ auth: { mode: "token" } }).auth).toEqual({ mode: "token", token: TOKEN });
    expect(gatewayOf({ auth: { allowTailscale: true } }).auth).toEqual({
      allowTailscale: true,
      mode: "token",
      token: TOKEN,
    });
  });
});

describe("the gateway's own variable", () => {
  it.each([
    { dotenv: "OPENCLAW_GATEWAY_TOKEN=mine\n" },
    { dotenv: "OPENCLAW_GATEWAY_PASSWORD=mine\n" },
    { config: { env: { vars: { OPENCLAW_GATEWAY_TOKEN: "mine" } } } },
    { config: { env: { CLAWDBOT_GATEWAY_TOKEN: "mine" } }, era: OLDEST },
    { environmentKeys: ["OPENCLAW_GATEWAY_TOKEN"] },
  ])("is not overruled by a new token: %o", (found) => {
    expect(JSON5.parse(planned(found).config.after).gateway).toEqual({
      mode: "local",
      bind: "loopback",
    });
  });

  it("is none where it is empty, or an older one that the release does not read", () => {
    for (const dotenv of ["OPENCLAW_GATEWAY_TOKEN=\n", "CLAWDBOT_GATEWAY_TOKEN=mine\n"]) {
      expect(planned({ dotenv }).config.after).toContain(TOKEN);
    }
  });
});

describe("the repairs", () => {
  const cases: ReadonlyArray<
    readonly [id: string, found: Parameters<typeof machine>[0], choices: object, gone: string]
  > = [
    ["flat-env-openai", { config: { env: { OPENAI_API_KEY: OLD_KEY } } }, {}, OLD_KEY],
    ["flat-env-other", { config: { env: { FOO_KEY: "v" } } }, {}, '"env":{"FOO_KEY"'],
    [
      "second-key-env-vars",
      { config: { env: { vars: { OPENAI_API_KEY: OLD_KEY } } } },
      {},
      OLD_KEY,
    ],
    [
      "second-key-provider",
      { config: { models: { providers: { openai: { apiKey: OLD_KEY } } } } },
      {},
      OLD_KEY,
    ],
    [
      "second-key-dotenv",
      { dotenv: `OPENAI_API_KEY=${OLD_KEY}\n` },
      { keyForm: "env-vars" },
      OLD_KEY,
    ],
    [
      "second-key-env-flat",
      { config: { env: { OPENAI_API_KEY: OLD_KEY } }, era: OLDEST },
      { keyForm: "env-vars" },
      OLD_KEY,
    ],
    [
      "retired-model:fallbacks.0",
      { config: { agents: { defaults: { model: { fallbacks: ["openai/gpt-5.2"] } } } } },
      {},
      "openai/gpt-5.2",
    ],
    [
      "retired-model:agents.defaults.imageModel.primary",
      { config: { agents: { defaults: { imageModel: { primary: "openai-codex/gpt-5.4" } } } } },
      {},
      "openai-codex/gpt-5.4",
    ],
    [
      "retired-model:models.openai-codex/gpt-5.2",
      {
        config: { agents: { defaults: { models: { "openai-codex/gpt-5.2": { alias: "old" } } } } },
        era: eraFor("2026.5.12").era,
      },
      {},
      "openai-codex/gpt-5.2",
    ],
    [
      "retired-model:agents.list.0.subagents.model",
      { config: { agents: { list: [{ id: "a", subagents: { model: "openai/gpt-5.2" } }] } } },
      {},
      "openai/gpt-5.2",
    ],
    [
      "provider-reference",
      {
        config: {
          models: { providers: { openai: { auth: "api-key", apiKey: `\${${"MY_KEY"}}` } } },
        },
      },
      {},
      "MY_KEY",
    ],
    [
      "provider-reference",
      {
        config: {
          models: {
            providers: {
              openai: { auth: "api-key", apiKey: { source: "file", provider: "d", id: "/k" } },
            },
          },
        },
      },
      {},
      '"/k"',
    ],
    [
      "agent-model:ops",
      { config: { agents: { list: [{ id: "ops", model: "openai-codex/gpt-5.2" }] } } },
      {},
      "openai-codex/gpt-5.2",
    ],
  ];

  it.each(cases)("%s is made when accepted, and not when declined", (id, found, choices, gone) => {
    const all = (declined: string[]) => {
      const plan = planned(found ?? {}, { ...choices, declined });
      const repair = plan.repairs.find((entry) => entry.id === id);
      const dotenv = written(plan, "dotenv") ?? found?.dotenv ?? "";
      const config = JSON.stringify(JSON5.parse(plan.config.after));
      return { accepted: repair?.accepted, has: (config + dotenv).includes(gone) };
    };
    expect(all([])).toEqual({ accepted: true, has: false });
    expect(all([id])).toEqual({ accepted: false, has: true });
  });

  it("leave an agent's own working model alone until asked to change it", () => {
    const agents = {
      list: [{ id: "ops", model: "anthropic/claude-opus-4-6" }],
      entries: {
        main: {},
        mail: { model: { primary: "ollama/llama3", fallbacks: ["openai/gpt-5.4"] } },
      },
    };
    const left = planned({ config: { agents } });
    expect(JSON5.parse(left.config.after).agents).toMatchObject(agents);
    const offered = left.repairs.filter(({ kind }) => kind === "agent-model");
    expect(offered.map(({ id, accepted }) => [id, accepted])).toEqual([
      ["agent-model:ops", false],
      ["agent-model:mail", false],
    ]);
    const taken = planned({ config: { agents } }, { accepted: ["agent-model:mail"] });
    expect(JSON5.parse(taken.config.after).agents).toMatchObject({
      list: agents.list,
      entries: { mail: { model: { primary: "openai/gpt-5.5", fallbacks: ["openai/gpt-5.4"] } } },
    });
  });

  it.each(["runtime-pin", "gateway-defaults"])("%s can be declined", (id) => {
    const word = id === "runtime-pin" ? "agentRuntime" : "gateway";
    expect(planned({}).config.after).toContain(word);
    expect(planned({}, { declined: [id] }).config.after).not.toContain(word);
  });

  it("do not pin where the codex plugin is on or a runtime is set", () => {
    const ids = (config: object) => planned({ config }).repairs.map(({ id }) => id);
    expect(ids({ plugins: { entries: { codex: { enabled: true } } } })).not.toContain(
      "runtime-pin",
    );
    const pi = { agentRuntime: { id: "pi" } };
    for (const ref of ["openai/gpt-5.5", "openai/*"]) {
      expect(ids({ agents: { defaults: { models: { [ref]: pi } } } })).not.toContain("runtime-pin");
    }
    expect(ids({ models: { providers: { openai: pi } } })).not.toContain("runtime-pin");
    const codex = { agentRuntime: { id: "codex" } };
    const plugins = { allow: ["codex"] };
    expect(ids({ plugins, models: { providers: { openai: codex } } })).not.toContain("runtime-pin");
  });

  it.each([
    { entries: { codex: { enabled: false } } },
    { entries: { codex: { enabled: true } }, deny: ["codex"] },
    { entries: { codex: { enabled: true } }, enabled: false },
  ])("pin where the codex plugin is there and off: %j", (plugins) => {
    const openai = { agentRuntime: { id: "codex" } };
    for (const config of [{ plugins }, { plugins, models: { providers: { openai } } }]) {
      expect(planned({ config }).config.value).toMatchObject({
        models: { providers: { openai: { agentRuntime: { id: "openclaw" } } } },
      });
    }
  });

  it("name OpenClaw's own runtime in the place of the plugin's where there is no plugin", () => {
    const codex = { agentRuntime: { id: "codex" }, alias: "gpt" };
    const config = { agents: { defaults: { models: { "openai/gpt-5.5": codex } } } };
    const plan = planned({ config });
    expect(plan.config.value).toMatchObject({
      agents: {
        defaults: {
          models: { "openai/gpt-5.5": { agentRuntime: { id: "openclaw" }, alias: "gpt" } },
        },
      },
    });
    expect(planned({ config: plan.config.after }).files.map(({ role }) => role)).toEqual([
      "dotenv",
    ]);
    const left = planned({ config }, { declined: ["runtime-pin"] });
    expect(left.config.value).toMatchObject(config);
  });

  it("leave nothing to repair or write the second time", () => {
    const first = planned({
      config: {
        env: { OPENAI_API_KEY: OLD_KEY, B: "c" },
        models: { providers: { openai: { apiKey: OLD_KEY } } },
        agents: { list: [{ id: "a", model: "openai/gpt-5.2" }] },
      },
    });
    const dotenv = written(first, "dotenv");
    const second = planned({ config: first.config.after, ...(dotenv ? { dotenv } : {}) });
    expect(second.files).toEqual([]);
    expect(second.repairs).toEqual([]);
  });
});

it("leaves a reference of the person's own alone where the new key comes before it", () => {
  const openai = { apiKey: { source: "file", provider: "d", id: "/k" } };
  const plan = planned({ config: { models: { mode: "merge", providers: { openai } } } });
  expect(JSON5.parse(plan.config.after).models).toMatchObject({
    mode: "merge",
    providers: { openai },
  });
  expect(plan.repairs.map(({ id }) => id)).not.toContain("provider-reference");
});

it("says so where the chosen form takes the place of a reference", () => {
  const openai = { apiKey: `\${${"MY_KEY"}}` };
  const plan = planned(
    { config: { models: { providers: { openai } } } },
    { keyForm: "provider-secret-ref" },
  );
  expect(plan.changes).toContainEqual({
    kind: "replace-key-config",
    data: { path: "models.providers.openai.apiKey", key: "none" },
  });
});

describe("what the person agrees to", () => {
  it("has the same digest for the same choices, and another for any other byte", () => {
    const digest = (found: object, choices: object = {}) => planned(found, choices).digest;
    expect(digest({})).toBe(digest({}));
    expect(digest({})).not.toBe(digest({ dotenv: "A=1\n" }));
    expect(digest({})).not.toBe(digest({}, { apiKey: OLD_KEY }));
  });

  it("says when the environment wins", () => {
    expect(planned({ environmentKey: OLD_KEY }).overriddenBy).toBe("environment");
    expect(planned({ environmentKey: KEY }).overriddenBy).toBeNull();
  });
});

describe("what cannot be planned", () => {
  const refusal = (config: string, model = "openai/gpt-5.5") => {
    const plan = planSetup(machine({ config }), chosen({ model }));
    return plan.ok ? null : plan.error;
  };

  it("says where a config does not parse", () => {
    expect(refusal("{\n  a: 1,\n  b: }\n")).toMatchObject({
      code: "config-unparsable",
      error: { code: "syntax", line: 3 },
    });
  });

  it("says which setting is in the way", () => {
    expect(refusal("{ agents: 'none' }")).toMatchObject({
      code: "edit-refused",
      refusal: { code: "parent-not-object" },
    });
    expect(refusal("{}", "gpt-5.5")).toMatchObject({ code: "invalid-model-ref" });
  });
});

it("knows the newest release to be one that refuses the flat form", () => {
  expect(NEWEST.refusedKeyForms.map(({ form }) => form)).toContain("env-flat");
});
