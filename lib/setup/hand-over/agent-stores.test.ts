import { expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ERAS } from "@/lib/openclaw/releases/table";
import type { ApiKeyChoices, ChatGptChoices } from "@/lib/setup/choices";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { planSetup } from "@/lib/setup/plan/plan";
import { previewOf } from "@/lib/setup/review/preview";
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
import type { Plan } from "@/lib/setup/types";

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

function fileOf(plan: Plan, agent: string, name = "auth-profiles.json"): unknown {
  const one = storeFiles(plan).find(({ path }) => path.endsWith(`/${agent}/agent/${name}`));
  return one?.after ? JSON.parse(new TextDecoder().decode(one.after)) : null;
}

const setUpKey = { type: "api_key", provider: "openai", key: KEY };

it("puts the key first for the agent that answers, and leaves its own behind it", () => {
  const found = {
    config: agents("Home", "ops"),
    agentProfiles: { home: store({ "openai:default": oldKey }) },
  };
  const plan = withKey(found);
  expect(fileOf(plan, "home")).toEqual(
    store(
      { "openai:default": oldKey, "openai:setup-key": setUpKey },
      { order: { openai: ["openai:setup-key", "openai:default"] } },
    ),
  );
  expect(plan.handOver).toBeNull();
  expect(plan.repairs.find(({ id }) => id === "agent-key:home")).toMatchObject({
    kind: "agent-key",
    data: { agent: "home" },
    accepted: true,
    important: true,
  });
  // The config's order would be that of every agent.
  expect(plan.config.value).not.toHaveProperty("auth");
  const shown = JSON.stringify([previewOf(plan), plan.commands]);
  expect(shown).toContain("agents/home/agent/auth-profiles.json");
  for (const secret of [KEY, OLD_KEY]) expect(shown).not.toContain(secret);
  expect(storeFiles(withKey(found, { declined: ["agent-key:home"] }))).toEqual([]);
});

it("refers to the key where the release takes a reference", () => {
  const era = row("2026.5.7");
  const plan = planned(
    { era, config: agents("home"), agentProfiles: { home: store({ "openai:default": oldKey }) } },
    { model: era.defaultModel.apiKey },
  );
  expect(fileOf(plan, "home")).toMatchObject({
    profiles: { "openai:setup-key": { keyRef: { id: "OPENAI_API_KEY" } } },
  });
});

it("leaves another agent its key unless asked, and takes a copy of main's with it", () => {
  const own = { agentProfiles: { ops: store({ "openai:default": oldKey }) } };
  const plan = withKey(own);
  expect(storeFiles(plan)).toEqual([]);
  expect(plan.repairs.find(({ id }) => id === "agent-key:ops")).toMatchObject({ accepted: false });
  const isLed = { order: { openai: ["openai:setup-key", "openai:default"] } };
  expect(fileOf(withKey(own, { accepted: ["agent-key:ops"] }), "ops")).toMatchObject(isLed);
  const copied = { ...own, profiles: JSON.stringify(store({ "openai:default": oldKey })) };
  expect(fileOf(withKey(copied), "ops")).toMatchObject(isLed);
  // Who keeps main's old key keeps that of its copies.
  expect(storeFiles(withKey(copied, { declined: ["second-key-profile"] }))).toEqual([]);
});

it("gives each agent an order of its own, and takes none from another", () => {
  const era = row("2026.6.1");
  const found = {
    era,
    config: agents("home", "ops"),
    agentProfiles: {
      home: store({ "openai:default": oldLogin("openai") }),
      ops: store({ "openai:work": oldLogin("openai") }),
    },
  };
  const choices = { model: era.defaultModel.apiKey, accepted: ["agent-key:ops"] };
  const plan = planned(found, choices);
  expect(fileOf(plan, "home")).toMatchObject({
    order: { openai: ["openai:setup-key", "openai:default"] },
  });
  expect(fileOf(plan, "ops")).toMatchObject({
    order: { openai: ["openai:setup-key", "openai:work"] },
  });
  const alone = planned(found, { ...choices, accepted: [] });
  expect(fileOf(alone, "ops")).toBeNull();
  expect(alone.config.value).not.toHaveProperty("auth");
});

it("looks at an order beside the file, and at a file that is not there", () => {
  const era = row("2026.5.7");
  const main = JSON.stringify(store({ "openai:default": oldKey }));
  const order = { openai: ["openai:default"] };
  const plan = planned(
    { era, profiles: main, config: agents("home"), agentStates: { home: { version: 1, order } } },
    { model: era.defaultModel.apiKey },
  );
  // That one is replaced in main.
  expect(plan.agentFiles).toEqual([]);
  const told = { openai: ["openai:work"] };
  const other = planned(
    {
      era,
      profiles: main,
      config: agents("home"),
      agentProfiles: { home: store({ "openai:work": oldKey }) },
      agentStates: { home: { version: 1, order: told } },
    },
    { model: era.defaultModel.apiKey },
  );
  expect(fileOf(other, "home", "auth-state.json")).toEqual({
    version: 1,
    order: { openai: ["openai:setup-key", "openai:work"] },
  });
});

it("ends the cooldown that an agent has of what is new in main", () => {
  const era = row("2026.5.7");
  const coolingDown = { usageStats: { "openai:default": { disabledUntil: 1_900_000_000_000 } } };
  const plan = planned(
    {
      era,
      profiles: JSON.stringify(store({ "openai:default": oldKey })),
      config: agents("home"),
      agentStates: { home: coolingDown },
    },
    { model: era.defaultModel.apiKey },
  );
  expect(fileOf(plan, "home", "auth-state.json")).toEqual({ usageStats: {} });
  expect(plan.repairs.map(({ kind }) => kind)).not.toContain("agent-key");
});

it("asks for nothing where what an agent has is of another provider, or is the key already", () => {
  const other = { "anthropic:default": { type: "api_key", provider: "anthropic", key: "sk-ant" } };
  for (const profiles of [other, { "openai:default": { ...oldKey, key: KEY } }]) {
    const plan = withKey({ config: agents("home"), agentProfiles: { home: store(profiles) } });
    expect(storeFiles(plan)).toEqual([]);
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

it("leads the orders that an agent has of its own, and ends the cooldown beside it", () => {
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
    // The login itself is in main's.
    profiles: { "openai-codex:work": { access: "old-access" } },
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
  expect(fileOf(plan, "home")).toMatchObject({ order: { openai: [second, "openai:default"] } });
});

it("puts the key behind the login before one that the agent has, too", () => {
  const found = {
    config: agents("home"),
    agentProfiles: { home: store({ "openai:default": oldKey }) },
  };
  const plan = withLogin(found, { apiKey: KEY });
  expect(fileOf(plan, "home")).toMatchObject({
    profiles: { "openai:default": oldKey, "openai:setup-key": { key: KEY } },
    order: { openai: ["openai:setup-key", "openai:default"] },
  });
  expect(plan.repairs.map(({ id }) => id)).toContain("agent-key:home");
  expect(fileOf(withLogin(found), "home")).toBeNull();
});

it("lets the newest releases take over what an older one left for another agent", () => {
  const found = { agentProfiles: { ops: store({ "openai:default": oldKey }) } };
  const plan = planned(found);
  expect(plan.handOver).toMatchObject({ how: { kind: "import" }, credential: "key" });
  expect(plan.repairs.map(({ kind }) => kind)).toContain("retired-store");
  expect(plan.config.value).toMatchObject({
    auth: { order: { openai: ["openai:setup-key", "openai:default"] } },
  });
  expect(storeFiles(planned({ agentProfiles: { ops: store({}) } }))).toEqual([]);
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
  expect(plan.ok && plan.value.agentFiles).toEqual([]);
});
