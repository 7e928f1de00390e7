import { describe, expect, it } from "vitest";
import { ERAS, eraFor } from "@/lib/openclaw/releases/table";
import { retiredKeys } from "@/lib/setup/repairs/retired-keys";
import { planned, written } from "@/lib/setup/testing/machine";
import { valueAt } from "@/lib/text/json5/value";

/** As the wizard of 2026.7.1 wrote it, but for what does not matter here. */
const WIZARD = `{
  "gateway": {
    "mode": "local",
    "bind": "loopback",
    "auth": { "mode": "token", "token": "made-up-0123456789" },
    "tailscale": { "mode": "off", "resetOnExit": false }, // at home
    "nodes": { "denyCommands": ["camera.snap"] }
  },
  "browser": { "profiles": { "work": { "cdpPort": 18801, "color": "#0066CC" } } },
  "meta": { "lastTouchedVersion": "2026.7.1", "lastTouchedAt": "2026-07-14T10:00:00.000Z" }
}
`;

const ids = (plan: ReturnType<typeof planned>) =>
  plan.repairs
    .filter(({ kind }) => /^(?:retired|moved|rewritten)-key$|^retired-value$/u.test(kind))
    .map(({ id }) => id);

describe("keys that only older releases had", () => {
  it("are taken out or moved, each as a line of its own, and the rest keeps its bytes", () => {
    const plan = planned({ config: WIZARD });
    // What is deeper comes first, so that a part goes before the whole moves.
    expect(ids(plan)).toEqual([
      "retired-key:browser.profiles.work.color",
      "retired-key:gateway.tailscale.resetOnExit",
      "moved-key:gateway.nodes.denyCommands",
      "retired-key:meta.lastTouchedAt",
    ]);
    expect(plan.repairs.every(({ accepted }) => accepted)).toBe(true);
    const config = written(plan, "config") ?? "";
    expect(config).toContain(`"tailscale": { "mode": "off" }, // at home`);
    expect(config).toContain(`"meta": { "lastTouchedVersion": "2026.7.1" }`);
    expect(plan.config.value).toMatchObject({
      gateway: { nodes: { commands: { deny: ["camera.snap"] } } },
      browser: { profiles: { work: { cdpPort: 18801 } } },
    });
    expect(config).not.toMatch(/lastTouchedAt|resetOnExit|denyCommands|color/u);
  });

  it("are found in each agent of a list", () => {
    const list = [{ id: "main" }, { id: "ops", agentRuntime: { id: "pi" } }];
    const plan = planned({ config: { agents: { list } } });
    expect(ids(plan)).toEqual(["retired-key:agents.list.1.agentRuntime"]);
    expect(plan.config.value).toMatchObject({ agents: { list: [{ id: "main" }, { id: "ops" }] } });
  });

  it.each([
    ["2026.5.12", {}],
    ["2026.5.18", { mode: "steer", byChannel: { whatsapp: "followup" } }],
    ["2026.7.1", { mode: "steer", byChannel: { whatsapp: "followup" } }],
  ])("are said in other words from the release on that refuses them: %s", (release, wanted) => {
    const queue = { mode: "queue", byChannel: { whatsapp: "steer-backlog" } };
    const plan = planned({ config: { messages: { queue } }, era: eraFor(release).era });
    expect(valueAt(plan.config.value, ["messages", "queue"])).toEqual({ ...queue, ...wanted });
  });

  it.each([
    ["2026.4.15", []],
    ["2026.5.12", ["retired-key:agents.defaults.embeddedHarness.fallback"]],
    ["2026.5.28", ["retired-key:agents.defaults.embeddedHarness"]],
    ["2026.9.6", ["retired-key:agents.defaults.embeddedHarness"]],
  ])("are those of the release: %s", (release, wanted) => {
    const embeddedHarness = { runtime: "pi", fallback: "none" };
    const config = { agents: { defaults: { embeddedHarness } } };
    expect(ids(planned({ config, era: eraFor(release).era }))).toEqual(wanted);
  });

  it("stay where they are declined", () => {
    const declined = ["retired-key:meta.lastTouchedAt", "moved-key:gateway.nodes.denyCommands"];
    const config = written(planned({ config: WIZARD }, { declined }), "config") ?? "";
    expect(config).toContain("lastTouchedAt");
    expect(config).toContain("denyCommands");
    expect(config).not.toContain("resetOnExit");
  });

  it("lose nothing where the new place is taken", () => {
    const nodes = { denyCommands: ["camera.snap"], commands: { deny: ["screen.record"] } };
    const plan = planned({ config: { gateway: { nodes } } });
    expect(ids(plan)).toEqual([]);
    expect(plan.config.value).toMatchObject({ gateway: { nodes } });
  });

  it("leave what is gone behind, and the rest of an object moves with the other agents' own", () => {
    const memorySearch = {
      provider: "auto",
      remote: { baseUrl: "https://hub.example/v1", batch: { enabled: true, wait: true } },
      store: { path: "~/memory.sqlite", vector: { enabled: true } },
      sync: { watch: true },
      query: { maxResults: 6, hybrid: { enabled: true } },
    };
    const list = [{ id: "main", memorySearch: { provider: "gemini", chunking: { tokens: 400 } } }];
    const plan = planned({ config: { agents: { defaults: { memorySearch }, list } } });
    expect(ids(plan)).toEqual([
      "retired-value:agents.defaults.memorySearch.provider",
      "retired-key:agents.defaults.memorySearch.store.path",
      "retired-key:agents.defaults.memorySearch.remote.batch.wait",
      "retired-key:agents.defaults.memorySearch.query.hybrid",
      "retired-key:agents.list.0.memorySearch.chunking",
      "retired-key:agents.defaults.memorySearch.sync",
      "moved-key:agents.list.0.memorySearch",
      "moved-key:agents.defaults.memorySearch",
    ]);
    expect(plan.config.value).toMatchObject({
      agents: { list: [{ id: "main", memory: { search: { provider: "gemini" } } }] },
    });
    expect(valueAt(plan.config.value, ["memory", "search"])).toEqual({
      provider: "openai",
      remote: { baseUrl: "https://hub.example/v1", batch: { enabled: true } },
      store: { vector: { enabled: true } },
      query: { maxResults: 6 },
    });
    expect(valueAt(plan.config.value, ["agents", "defaults", "memorySearch"])).toBeUndefined();
  });

  it("stay where they were when only the whole is to move", () => {
    const config = { messages: { tts: { auto: "always", prefsPath: "~/tts.json" } } };
    const declined = ["retired-key:messages.tts.prefsPath"];
    const plan = planned({ config }, { declined });
    expect(ids(plan)).toEqual([...declined, "moved-key:messages.tts"]);
    expect(plan.config.value).toMatchObject({
      tts: { auto: "always" },
      messages: { tts: { prefsPath: "~/tts.json" } },
    });
    expect(valueAt(plan.config.value, ["tts"])).toEqual({ auto: "always" });
  });

  it("get the names that the newer release has", () => {
    const providers = { edge: { voice: "en-US-MichelleNeural" }, elevenlabs: { voiceId: "v" } };
    const plan = planned({
      config: { messages: { tts: { enabled: true, provider: "edge", providers } } },
    });
    expect(valueAt(plan.config.value, ["tts"])).toEqual({
      auto: "always",
      provider: "microsoft",
      providers: {
        microsoft: { speakerVoice: "en-US-MichelleNeural" },
        elevenlabs: { speakerVoiceId: "v" },
      },
    });
    const value = plan.repairs.find(({ kind }) => kind === "retired-value");
    expect(value?.data).toEqual({
      path: "messages.tts.provider",
      from: '"edge"',
      to: '"microsoft"',
    });
    expect(plan.repairs.map(({ id }) => id)).toContain("rewritten-key:messages.tts.enabled");
  });

  it("go before those of the list that takes them, each for its use", () => {
    const shared = { provider: "google", model: "gemini-3-flash" };
    const plan = planned({
      config: {
        tools: {
          media: {
            models: [shared],
            audio: {
              enabled: true,
              models: [
                { provider: "openai", model: "gpt-4o-mini-transcribe" },
                { provider: "openai", model: "other", capabilities: ["image"] },
              ],
            },
            image: { models: [{ provider: "openai", model: "gpt-5.5" }] },
          },
        },
      },
    });
    expect(valueAt(plan.config.value, ["tools", "media"])).toEqual({
      models: [
        { provider: "openai", model: "gpt-5.5", capabilities: ["image"] },
        { provider: "openai", model: "gpt-4o-mini-transcribe", capabilities: ["audio"] },
        shared,
      ],
      audio: { enabled: true },
    });
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])(
    "are on together where both were: %s and %s",
    (spawnAcpSessions, spawnSubagentSessions, on) => {
      const threadBindings = { enabled: true, spawnAcpSessions, spawnSubagentSessions };
      const plan = planned({ config: { channels: { telegram: { threadBindings } } } });
      expect(valueAt(plan.config.value, ["channels", "telegram", "threadBindings"])).toEqual({
        enabled: true,
        spawnSessions: on,
      });
    },
  );

  it("keep the meaning that the object around them had", () => {
    const moved = planned({ config: { session: { idleMinutes: 60 } } });
    expect(moved.config.value).toMatchObject({
      session: { reset: { mode: "idle", idleMinutes: 60 } },
    });
    const reset = { mode: "daily", atHour: 4 };
    const daily = planned({ config: { session: { idleMinutes: 60, reset } } });
    expect(valueAt(daily.config.value, ["session"])).toEqual({
      reset: { ...reset, idleMinutes: 60 },
    });
  });

  it.each([
    [{ gateway: { reload: { mode: "off" } } }],
    [{ compaction: { truncateAfterCompaction: false } }],
    [{ channels: { matrix: { streaming: { mode: "off" } }, slack: { capabilities: ["x"] } } }],
  ])("are no matter where the value is one that still counts: %j", (config) => {
    expect(ids(planned({ config }))).toEqual([]);
  });

  it("leave their new place to the other repairs", () => {
    const imageGenerationModel = { primary: "openai/gpt-5.2" };
    const plan = planned({ config: { agents: { defaults: { imageGenerationModel } } } });
    expect(valueAt(plan.config.value, ["agents", "defaults", "mediaModels", "image"])).toEqual({
      primary: "openai/gpt-5.6-sol",
    });
    expect(valueAt(plan.config.value, ["agents", "defaults", "imageGenerationModel"])).toBe(
      undefined,
    );
  });

  it("are no matter to a release that has them", () => {
    expect(ids(planned({ config: WIZARD, era: eraFor("2026.7.1").era }))).toEqual([]);
  });

  it.each(ERAS)("are no part of what is written for $since", (era) => {
    const { retiredKeys } = era;
    const plan = planned({ era });
    const again = planned({ era, config: plan.config.after });
    expect(ids(again)).toEqual([]);
    expect(new Set(retiredKeys.map((key) => JSON.stringify(key))).size).toBe(retiredKeys.length);
  });

  it.each([
    ["2026.4.15", null],
    ["2026.5.7", ["messages", "tts", "providers", "openai", "voice"]],
    ["2026.7.1", ["messages", "tts", "providers", "openai", "voice"]],
    ["2026.9.6", ["tts", "providers", "openai", "speakerVoice"]],
  ])("go as far as %s has them", (release, place) => {
    const config = { messages: { tts: { provider: "openai", openai: { voice: "alloy" } } } };
    const plan = planned({ config, era: eraFor(release).era });
    expect(valueAt(plan.config.value, place ?? ["messages", "tts", "openai", "voice"])).toBe(
      "alloy",
    );
  });

  it("turn on the plugin that has them now, where nothing tells of it", () => {
    const tools = { web: { search: { provider: "perplexity", perplexity: { apiKey: "x" } } } };
    const webSearch = { apiKey: "x" };
    const plan = planned({ config: { tools } });
    expect(valueAt(plan.config.value, ["plugins", "entries", "perplexity"])).toEqual({
      enabled: true,
      config: { webSearch },
    });
    const entries = { perplexity: { enabled: false } };
    const off = planned({ config: { tools, plugins: { entries } } });
    expect(valueAt(off.config.value, ["plugins", "entries", "perplexity"])).toEqual({
      enabled: false,
      config: { webSearch },
    });
  });

  it("go with the comments about them, and leave no empty object behind", () => {
    const config = `{
  channels: {
    discord: {
      enabled: true,
      // who may write
      dm: {
        // everybody
        policy: "open", // for now
        allowFrom: ["*"],
      },
      streaming: { mode: "off", progress: { render: "lines" } },
    },
  },
  // memories
  agents: {
    defaults: {
      /* how they are found */
      memorySearch: {
        // close ones first
        query: { maxResults: 6 },
      },
      heartbeat: { ackMaxChars: 3 },
    },
  },
}
`;
    const plan = planned({ config });
    const text = plan.config.after;
    expect(text).toContain(`      streaming: { mode: "off" },
      // everybody
      dmPolicy: "open", // for now
      // who may write
      allowFrom: ["*"],
    },`);
    expect(text).toContain(`  memory: {
    /* how they are found */
    search: {
      // close ones first
      query: { maxResults: 6 },
    },
  },`);
    expect(text).toContain("heartbeat: {}");
    expect(text).not.toMatch(/dm:|memorySearch/u);
  });

  it("of a search by another program leave its folders to OpenClaw's own", () => {
    const config = {
      memory: { backend: "qmd", qmd: { paths: [{ path: "~/notes", name: "notes" }] } },
      agents: {
        defaults: {
          memorySearch: {
            provider: "openai",
            qmd: { extraCollections: [{ path: "~/diary", name: "diary" }] },
          },
        },
      },
    };
    const plan = planned({ config });
    expect(valueAt(plan.config.value, ["memory"])).toEqual({
      search: { provider: "openai", extraPaths: ["~/diary", "~/notes"] },
    });
  });

  it("in seconds are in milliseconds now", () => {
    const x = { command: "npx", timeout: 30, connectTimeout: 2.5 };
    const plan = planned({
      config: { mcp: { servers: { x, "a.b": { url: "u", timeout: "?" } } } },
    });
    expect(valueAt(plan.config.value, ["mcp", "servers"])).toEqual({
      x: { command: "npx", requestTimeoutMs: 30_000, connectionTimeoutMs: 2500 },
      "a.b": { url: "u", requestTimeoutMs: "?" },
    });
  });

  it("are found under a name that is an asterisk", () => {
    const groups = { "*": { requireMention: true, errorCooldownMs: 1000 } };
    const plan = planned({ config: { channels: { telegram: { groups } } } });
    expect(ids(plan)).toEqual(["retired-key:channels.telegram.groups.*.errorCooldownMs"]);
    expect(plan.config.value).toMatchObject({
      channels: { telegram: { groups: { "*": { requireMention: true } } } },
    });
  });

  it("are found in a null, a list or a text as little as in nothing", () => {
    for (const odd of [null, [], "x", 1]) {
      expect(ids(planned({ config: { meta: odd, browser: { profiles: odd } } }))).toEqual([]);
    }
  });
});

it("what a newer release takes again stays", () => {
  const config = { mcp: { sessionIdleTtlMs: 60_000 } };
  const findingsOf = (release: string) =>
    retiredKeys(config, eraFor(release).era.retiredKeys, []).findings.map(({ id }) => id);
  expect(findingsOf("2026.8.1")).toEqual(["retired-key:mcp.sessionIdleTtlMs"]);
  expect(findingsOf("2026.9.5")).toEqual([]);
  expect(findingsOf("2026.9.6")).toEqual([]);
});

it("how code runs is said by another key from 2026.9.6 on, for each agent as well", () => {
  const codeMode = { enabled: true, runtime: "quickjs-wasi", languages: ["javascript"] };
  const config = { tools: { codeMode }, agents: { entries: { ops: { tools: { codeMode } } } } };
  const { config: now } = retiredKeys(config, eraFor("2026.9.6").era.retiredKeys, []);
  const after = { enabled: true, executor: "quickjs" };
  expect(now).toEqual({
    tools: { codeMode: after },
    agents: { entries: { ops: { tools: { codeMode: after } } } },
  });
  expect(retiredKeys(config, eraFor("2026.9.5").era.retiredKeys, []).findings).toEqual([]);
  const titles = { gateway: { controlUi: { toolTitles: true } } };
  expect(retiredKeys(titles, eraFor("2026.9.5").era.retiredKeys, []).findings).toMatchObject([
    { kind: "retired-key", data: { path: "gateway.controlUi.toolTitles" } },
  ]);
});
