import { describe, expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { ChatGptChoices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import { previewOf } from "@/lib/setup/review/preview";
import {
  chosen,
  chosenLogin,
  type Found,
  LOGIN,
  machine,
  NEWEST,
  OLDEST,
  TOKEN,
  written,
} from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";

function plan(found: Found, more: Partial<ChatGptChoices> = {}): Plan {
  const era = found.era ?? NEWEST;
  const made = planSetup(machine(found), chosenLogin({ model: era.defaultModel.chatgpt, ...more }));
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

const row = (version: string): ReleaseEra => eraFor(version).era;
const stored = (made: Plan) =>
  JSON.parse(new TextDecoder().decode(made.handOver?.file.after ?? new Uint8Array()));
const order = (made: Plan) => JSON.parse(written(made, "config") ?? "{}").auth?.order;

describe("a login for a release that reads the file", () => {
  it("is the one profile, and no key is written", () => {
    const made = plan({ era: OLDEST });
    expect(made.handOver).toMatchObject({
      how: { kind: "file" },
      profileId: "openai-codex:default",
    });
    expect(stored(made).profiles["openai-codex:default"]).toEqual({
      type: "oauth",
      provider: "openai-codex",
      access: LOGIN.accessToken,
      refresh: LOGIN.refreshToken,
      expires: LOGIN.expiresAt,
      accountId: "acct-1",
      email: "ada@example.com",
    });
    expect(made.files.map(({ role }) => role)).toEqual(["config"]);
    expect(order(made)).toBeUndefined();
  });

  it("takes the place of an earlier login and leaves keys and others alone", () => {
    const profiles = JSON.stringify({
      version: 1,
      profiles: {
        "openai:default": { type: "api_key", provider: "openai", key: "sk-other" },
        "anthropic:default": { type: "api_key", provider: "anthropic", key: "sk-ant" },
      },
      usageStats: { "openai:default": { errorCount: 1 } },
    });
    const made = plan({ era: row("2026.6.1"), profiles });
    const { profileId = "" } = made.handOver ?? {};
    expect(profileId).toMatch(/^openai:setup-[0-9a-f]{8}$/u);
    expect(Object.keys(stored(made).profiles)).toEqual([
      "openai:default",
      "anthropic:default",
      profileId,
    ]);
    expect(order(made)).toEqual({ openai: [profileId, "openai:default"] });
  });
});

describe("a login for a release with a store of its own", () => {
  it("is given a name no stored one has, and a command that leaves the config alone", () => {
    const [one, two] = [plan({}), plan({}, { login: { ...LOGIN, accessToken: "another-one" } })];
    expect(one.handOver?.how).toEqual({
      kind: "import",
      command: ["doctor", "--fix", "--non-interactive"],
    });
    expect(one.handOver?.profileId).toMatch(/^openai:setup-[0-9a-f]{8}$/u);
    expect(one.handOver?.profileId).not.toBe(two.handOver?.profileId);
    expect(one.handOver?.privateConfig).not.toContain(TOKEN);
    expect(one.digest).not.toBe(two.digest);
  });

  it("comes first, before an order of the person's own, and the config tells that it is there", () => {
    const made = plan({});
    expect(order(made)).toEqual({ openai: [made.handOver?.profileId] });
    const later = planSetup(machine({ config: made.config.after, hasStore: true }), chosen());
    expect(later.ok && later.value.repairs.map(({ id }) => id)).toContain("stored-key");
    const own = plan({ config: { auth: { order: { openai: ["openai:work"] } } } });
    expect(order(own)).toEqual({ openai: [own.handOver?.profileId, "openai:work"] });
    // The config names its profiles: only those are tried.
    const named = plan({
      config: { auth: { profiles: { "openai:manual": { provider: "openai" } } } },
    });
    expect(order(named)).toEqual({ openai: [named.handOver?.profileId, "openai:manual"] });
  });
});

describe("a key as a backup", () => {
  const apiKey = "sk-proj-backup-0123456789";
  const model = (made: Plan) => JSON.parse(written(made, "config") ?? "{}").agents.defaults;

  it("stands second in the order, as a profile that refers to it, where it shares the provider", () => {
    for (const era of [row("2026.8.1"), NEWEST]) {
      const made = plan({ era }, { apiKey });
      expect(written(made, "dotenv")).toContain(apiKey);
      expect(order(made)).toEqual({ openai: [made.handOver?.profileId, "openai:setup-key"] });
      expect(stored(made).profiles["openai:setup-key"]).toEqual({
        type: "api_key",
        provider: "openai",
        keyRef: { source: "env", provider: "default", id: "OPENAI_API_KEY" },
      });
      expect(JSON.stringify(stored(made))).not.toContain(apiKey);
    }
  });

  it("has a provider of its own where one second in the order would be sent to ChatGPT", () => {
    for (const version of ["2026.5.12", "2026.5.28", "2026.6.1", "2026.6.10", "2026.7.1"]) {
      const made = plan({ era: row(version) }, { apiKey });
      expect(written(made, "dotenv")).toContain(apiKey);
      const { models } = JSON.parse(made.config.after);
      expect(models.providers["openai-setup-key"]).toEqual({
        baseUrl: "https://api.openai.com/v1",
        api: "openai-responses",
        apiKey: `\${OPENAI_API_KEY}`,
        models: [{ id: "gpt-5.5", name: "gpt-5.5" }],
      });
      expect(model(made).model.fallbacks).toEqual(["openai-setup-key/gpt-5.5"]);
      expect(JSON.stringify([order(made) ?? null, stored(made)])).not.toContain("setup-key");
      expect(written(made, "config")).not.toContain(apiKey);
    }
  });

  it("answers by a model of its own where the login has another provider", () => {
    const made = plan({ era: OLDEST }, { apiKey });
    expect(written(made, "dotenv")).toContain(apiKey);
    expect(order(made)).toBeUndefined();
    const { chatgpt: primary, apiKey: second } = OLDEST.defaultModel;
    expect(model(made)).toEqual({ model: { primary, fallbacks: [second] } });
    const own = { model: "openai/gpt-5.1-codex", models: { "openai/gpt-5.1-codex": {} } };
    const named = plan({ era: OLDEST, config: { agents: { defaults: own } } }, { apiKey });
    expect(model(named)).toEqual({
      model: { primary, fallbacks: [second] },
      models: { ...own.models, [primary]: {}, [second]: {} },
    });
  });

  it("keeps the fallbacks there are", () => {
    const era = row("2026.5.28");
    const fallbacks = ["ollama/llama3.3"];
    const config = { agents: { defaults: { model: { primary: "x/y", fallbacks } } } };
    const { chatgpt: primary } = era.defaultModel;
    const made = plan({ era, config }, { apiKey });
    const second = "openai-setup-key/gpt-5.5";
    expect(model(made)).toEqual({ model: { primary, fallbacks: [...fallbacks, second] } });
  });
});

describe("an order that stands in the file goes before that of the config", () => {
  it("and has the new login first", () => {
    const profiles = JSON.stringify({
      profiles: { "openai-codex:work": { type: "oauth", provider: "openai-codex", access: "a" } },
      order: { "openai-codex": ["openai-codex:work"], anthropic: ["anthropic:a"] },
    });
    const made = plan({ era: row("2026.5.12"), profiles });
    expect(stored(made).order).toEqual({
      "openai-codex": ["openai-codex:default", "openai-codex:work"],
      anthropic: ["anthropic:a"],
    });
  });
});

describe("a key behind a login, beside one that is stored and would answer in its place", () => {
  const old = { type: "api_key", provider: "openai", key: "sk-old" };
  const profiles = { "openai:default": old };
  const behind = (version: string, store: object, config?: object) =>
    plan(
      { era: row(version), profiles: JSON.stringify(store), ...(config ? { config } : {}) },
      { apiKey: "sk-new" },
    );

  it.each(["2026.3.13", "2026.5.7"])("goes before that on %s, which stays behind it", (version) => {
    const made = behind(version, { profiles });
    expect(stored(made).profiles).toMatchObject({
      "openai:default": old,
      "openai:setup-key": { keyRef: { id: "OPENAI_API_KEY" } },
    });
    expect(order(made).openai).toEqual(["openai:setup-key", "openai:default"]);
  });

  it("stands in the file itself where a reference is passed over", () => {
    const made = behind("2026.2.9", { profiles });
    expect(stored(made).profiles["openai:setup-key"]).toMatchObject({ key: "sk-new" });
    expect(order(made).openai).toEqual(["openai:setup-key", "openai:default"]);
  });

  it("goes first in an order of the file", () => {
    const made = behind("2026.3.13", { profiles, order: { openai: ["openai:default"] } });
    expect(stored(made).order.openai).toEqual(["openai:setup-key", "openai:default"]);
  });

  it("needs no profile where the stored one is the same, or refers to it", () => {
    const same = { ...old, key: "sk-new" };
    const keyRef = { source: "env", provider: "default", id: "OPENAI_API_KEY" };
    const reference = { type: "api_key", provider: "openai", keyRef };
    for (const one of [same, reference]) {
      const made = behind("2026.3.13", { profiles: { "openai:default": one } });
      expect(Object.keys(stored(made).profiles)).not.toContain("openai:setup-key");
      expect(order(made)?.openai).toBeUndefined();
    }
  });
});

it("shows no token", () => {
  for (const era of [OLDEST, NEWEST]) {
    const made = plan({ era });
    const shown = JSON.stringify([previewOf(made), made.commands, made.changes]);
    expect(shown).toContain("auth-profiles.json");
    expect(shown).not.toContain(LOGIN.accessToken);
    expect(shown).not.toContain(LOGIN.refreshToken);
  }
});

it("leaves a file with logins that cannot be read as it is", () => {
  const made = planSetup(machine({ profiles: "{ broken" }), chosenLogin());
  expect(!made.ok && made.error.code).toBe("profiles-unreadable");
});
