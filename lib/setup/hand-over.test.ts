import { describe, expect, it } from "vitest";
import { eraFor, type ReleaseEra } from "@/lib/openclaw/releases";
import { planSetup } from "@/lib/setup/plan";
import { previewOf } from "@/lib/setup/preview";
import { type Found, machine, NEWEST, OLDEST, TOKEN, written } from "@/lib/setup/testing/machine";
import type { ChatGptChoices, Plan } from "@/lib/setup/types";

const LOGIN = {
  accessToken: "access-canary-1234567890",
  refreshToken: "refresh-canary-1234567890",
  accountId: "acct-1",
  email: "ada@example.com",
  expiresAt: 1_800_000_000_000,
};

function plan(found: Found, more: Partial<ChatGptChoices> = {}): Plan {
  const era = found.era ?? NEWEST;
  const made = planSetup(machine(found), {
    auth: "chatgpt",
    login: LOGIN,
    apiKey: null,
    model: era.defaultModel.chatgpt,
    keyForm: null,
    declined: [],
    accepted: [],
    gatewayToken: TOKEN,
    ...more,
  });
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
      kind: "file",
      profileId: "openai-codex:default",
      command: [],
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
    expect(one.handOver?.command).toEqual(["doctor", "--fix", "--non-interactive"]);
    expect(one.handOver?.profileId).toMatch(/^openai:setup-[0-9a-f]{8}$/u);
    expect(one.handOver?.profileId).not.toBe(two.handOver?.profileId);
    expect(one.handOver?.privateConfig).not.toContain(TOKEN);
    expect(one.digest).not.toBe(two.digest);
  });

  it("comes first where the store may hold another, before an order of the person's own", () => {
    expect(order(plan({}))).toBeUndefined();
    const made = plan({ hasStore: true });
    expect(order(made)).toEqual({ openai: [made.handOver?.profileId] });
    const own = plan({ config: { auth: { order: { openai: ["openai:work"] } } } });
    expect(order(own)).toEqual({ openai: [own.handOver?.profileId, "openai:work"] });
    // The config names its profiles: only those are tried.
    const named = plan({
      config: { auth: { profiles: { "openai:manual": { provider: "openai" } } } },
    });
    expect(order(named)).toEqual({ openai: [named.handOver?.profileId, "openai:manual"] });
    // Which of two is used there was seen to vary.
    const july = plan({ era: row("2026.7.1"), hasStore: true });
    expect(order(july)).toEqual({ openai: [july.handOver?.profileId] });
  });

  it("brings a key along where one is given as a backup", () => {
    const made = plan({}, { apiKey: "sk-proj-backup-0123456789" });
    expect(written(made, "dotenv")).toContain("sk-proj-backup-0123456789");
    expect(made.handOver).not.toBeNull();
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
  const made = planSetup(machine({ profiles: "{ broken" }), {
    auth: "chatgpt",
    login: LOGIN,
    apiKey: null,
    model: "openai/gpt-5.5",
    keyForm: null,
    declined: [],
    accepted: [],
    gatewayToken: TOKEN,
  });
  expect(!made.ok && made.error.code).toBe("profiles-unreadable");
});
