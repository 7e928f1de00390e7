import { expect, it } from "vitest";
import { ERAS, type ReleaseEra } from "@/lib/openclaw/releases";
import { planSetup } from "@/lib/setup/plan";
import { previewOf } from "@/lib/setup/preview";
import {
  chosenLogin,
  type Found,
  KEY,
  LOGIN,
  machine,
  OLD_KEY,
  OLDEST,
  planned,
} from "@/lib/setup/testing/machine";
import type { ApiKeyChoices, ChatGptChoices, Plan } from "@/lib/setup/types";

const row = (since: string) => ERAS.find((era) => era.since === since) as ReleaseEra;
const oldKey = { type: "api_key", provider: "openai", key: OLD_KEY };
const oldLogin = (provider: string, accountId = "acct-old") => {
  return { type: "oauth", provider, access: "old-access", refresh: "old-refresh", accountId };
};
const store = (profiles: object, more: object = {}) => ({ version: 1, profiles, ...more });
const agents = (...ids: string[]) => ({ agents: { list: ids.map((id) => ({ id })) } });

const withKey = (found: Found, more: Partial<ApiKeyChoices> = {}) =>
  planned({ era: OLDEST, ...found }, { model: OLDEST.defaultModel.apiKey, ...more });

function withLogin(found: Found, more: Partial<ChatGptChoices> = {}): Plan {
  const { era = OLDEST } = found;
  const choices = chosenLogin({ model: era.defaultModel.chatgpt, ...more });
  const plan = planSetup(machine({ ...found, era }), choices);
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

function fileOf({ handOver }: Plan, agent: string, name = "auth-profiles.json"): unknown {
  const one = handOver?.beside.find(({ path }) => path.endsWith(`/${agent}/agent/${name}`));
  return one?.after ? JSON.parse(new TextDecoder().decode(one.after)) : null;
}

it("replaces the key of the agent that answers, without an own store of main", () => {
  const found = {
    config: agents("home", "ops"),
    agentProfiles: { home: store({ "openai:default": oldKey }) },
  };
  const plan = withKey(found);
  expect(fileOf(plan, "home")).toEqual(store({ "openai:default": { ...oldKey, key: KEY } }));
  expect(plan.handOver).toMatchObject({ kind: "file", what: "key", file: null });
  expect(plan.repairs.find(({ id }) => id === "agent-key:home")).toMatchObject({
    kind: "agent-key",
    data: { agent: "home" },
    accepted: true,
    important: true,
  });
  const shown = JSON.stringify([previewOf(plan), plan.commands]);
  expect(shown).toContain("agents/home/agent/auth-profiles.json");
  for (const secret of [KEY, OLD_KEY]) expect(shown).not.toContain(secret);
  expect(withKey(found, { declined: ["agent-key:home"] }).handOver).toBeNull();
});

it("leaves another agent its key unless asked, and takes a copy of main's with it", () => {
  const own = { agentProfiles: { ops: store({ "openai:default": oldKey }) } };
  const plan = withKey(own);
  expect(plan.handOver).toBeNull();
  expect(plan.repairs.find(({ id }) => id === "agent-key:ops")).toMatchObject({ accepted: false });
  const asked = withKey(own, { accepted: ["agent-key:ops"] });
  expect(fileOf(asked, "ops")).toMatchObject({ profiles: { "openai:default": { key: KEY } } });
  const copied = { ...own, profiles: JSON.stringify(store({ "openai:default": oldKey })) };
  expect(fileOf(withKey(copied), "ops")).toMatchObject({
    profiles: { "openai:default": { key: KEY } },
  });
});

it("asks for nothing where what an agent has is of another provider, or is the key already", () => {
  const other = { "anthropic:default": { type: "api_key", provider: "anthropic", key: "sk-ant" } };
  for (const profiles of [other, { "openai:default": { ...oldKey, key: KEY } }]) {
    const plan = withKey({ config: agents("home"), agentProfiles: { home: store(profiles) } });
    expect(plan.handOver).toBeNull();
    expect(plan.repairs.map(({ kind }) => kind)).not.toContain("agent-key");
  }
});

it("puts a login over an older copy, also where its tokens were renewed since", () => {
  const id = "openai-codex:default";
  const renewed = { ...oldLogin("openai-codex"), access: "renewed" };
  const plan = withLogin({
    profiles: JSON.stringify(store({ [id]: oldLogin("openai-codex") })),
    agentProfiles: { ops: store({ [id]: renewed }, { usageStats: { [id]: { lastUsed: 1 } } }) },
  });
  expect(fileOf(plan, "ops")).toMatchObject({
    profiles: { [id]: { access: LOGIN.accessToken } },
    usageStats: {},
  });
  const apart = withLogin({ agentProfiles: { ops: store({ [id]: oldLogin("openai-codex") }) } });
  expect(fileOf(apart, "ops")).toBeNull();
  expect(apart.repairs.find(({ id: one }) => one === "agent-login:ops")).toMatchObject({
    kind: "agent-login",
    accepted: false,
  });
});

it("leads the order that a store has of its own, and ends the pause beside it", () => {
  const era = row("2026.5.7");
  const id = "openai-codex:default";
  const plan = withLogin({
    era,
    config: agents("home"),
    agentProfiles: {
      home: store(
        { "openai-codex:work": oldLogin("openai-codex") },
        { order: { "openai-codex": ["openai-codex:work"] } },
      ),
    },
    agentStates: {
      home: {
        order: { "openai-codex": ["openai-codex:work"], openai: [] },
        usageStats: { [id]: { cooldownUntil: 1_900_000_000_000 } },
      },
    },
  });
  expect(fileOf(plan, "home")).toMatchObject({
    order: { "openai-codex": [id, "openai-codex:work"] },
    profiles: { [id]: { access: LOGIN.accessToken } },
  });
  expect(fileOf(plan, "home", "auth-state.json")).toEqual({
    order: { "openai-codex": [id, "openai-codex:work"], openai: [] },
    usageStats: {},
  });
});

it("keeps an agent's own key where a login comes under the name it has", () => {
  const era = row("2026.6.1");
  const plan = withLogin({
    era,
    config: agents("home"),
    agentProfiles: { home: store({ "openai:default": oldKey }) },
  });
  const { profiles } = fileOf(plan, "home") as { profiles: Record<string, unknown> };
  const [first, second] = Object.keys(profiles);
  expect(first).toBe("openai:default");
  expect(profiles["openai:default"]).toEqual(oldKey);
  expect(second).toMatch(/^openai:setup-[0-9a-f]{8}$/u);
  expect(plan.config.value).toMatchObject({
    auth: { order: { openai: [second, "openai:default"] } },
  });
});

it("puts the key behind the login before one that the agent has, too", () => {
  const found = {
    config: agents("home"),
    agentProfiles: { home: store({ "openai:default": oldKey }) },
  };
  const plan = withLogin(found, { apiKey: KEY });
  expect(fileOf(plan, "home")).toMatchObject({ profiles: { "openai:default": { key: KEY } } });
  expect(plan.repairs.map(({ id }) => id)).toContain("agent-key:home");
  expect(fileOf(withLogin(found), "home")).toBeNull();
});

it("puts the key before a login that only the agent has", () => {
  const era = row("2026.6.1");
  const plan = planned(
    {
      era,
      config: agents("home"),
      agentProfiles: { home: store({ "openai:default": oldLogin("openai") }) },
    },
    { model: era.defaultModel.apiKey },
  );
  expect(fileOf(plan, "home")).toMatchObject({
    profiles: { "openai:setup-key": { keyRef: { id: "OPENAI_API_KEY" } } },
  });
  expect(plan.config.value).toMatchObject({
    auth: { order: { openai: ["openai:setup-key", "openai:default"] } },
  });
});

it("lets the newest releases take over what an older one left for another agent", () => {
  const found = { agentProfiles: { ops: store({ "openai:default": oldKey }) } };
  const plan = planned(found);
  expect(plan.handOver).toMatchObject({ kind: "import", what: "key" });
  expect(plan.repairs.map(({ kind }) => kind)).toContain("retired-store");
  expect(plan.config.value).toMatchObject({
    auth: { order: { openai: ["openai:setup-key", "openai:default"] } },
  });
  expect(planned({ agentProfiles: { ops: store({}) } }).handOver).toBeNull();
});

it("a store that is none is left alone", () => {
  const broken = machine({ era: OLDEST, config: agents("home"), agentProfiles: { home: {} } });
  const [one] = broken.agentStores;
  const bytes = new TextEncoder().encode("{ not JSON");
  const stores = one ? [{ ...one, profilesBytes: bytes }] : [];
  const plan = planSetup(
    { ...broken, agentStores: stores },
    chosenLogin({ model: OLDEST.defaultModel.chatgpt }),
  );
  expect(plan.ok && plan.value.handOver?.beside).toEqual([]);
});
