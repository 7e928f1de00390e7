import { describe, expect, it } from "vitest";
import { planTelegram } from "@/lib/setup/plan/channels/telegram";
import { type Found, KEY, machine } from "@/lib/setup/testing/machine";

const TOKEN = "123456789:AAExampleExampleExampleExample0";
const OTHER = "987654321:AAExampleExampleExampleExample1";

function plan(found: Found, token = TOKEN) {
  const made = planTelegram(machine(found), token);
  if (!made?.ok) throw new Error(JSON.stringify(made));
  const text = (role: string) => {
    const file = made.value.files.find((one) => one.role === role);
    return file?.after ? new TextDecoder().decode(file.after) : null;
  };
  return { plan: made.value, config: text("config"), dotenv: text("dotenv") };
}

describe("a plan for Telegram", () => {
  it("puts the token beside the key, switches the channel on, and keeps every other byte", () => {
    const config = '{\n  // mine\n  "agents": { "defaults": { "model": "openai/gpt-5.5" } }\n}\n';
    const made = plan({ config, dotenv: `OPENAI_API_KEY=${KEY}\n` });
    expect(made.dotenv).toBe(`OPENAI_API_KEY=${KEY}\nTELEGRAM_BOT_TOKEN=${TOKEN}\n`);
    expect(made.config).toContain("// mine");
    expect(made.plan.config.value).toMatchObject({
      agents: { defaults: { model: "openai/gpt-5.5" } },
      channels: { telegram: { enabled: true } },
    });
    expect(made.plan).toMatchObject({
      model: "openai/gpt-5.5",
      handOver: null,
      repairs: [],
      changes: [{ kind: "add-telegram" }],
    });
    expect(made.plan.secrets).toContain(TOKEN);
    expect(made.plan.commands.join("\n")).not.toContain(TOKEN);
  });

  it("replaces a token where it stands, in the config too", () => {
    const inConfig = { channels: { telegram: { enabled: true, botToken: OTHER } } };
    const made = plan({ config: inConfig });
    expect(made.plan.config.value).toEqual({
      channels: { telegram: { enabled: true, botToken: TOKEN } },
    });
    expect(made.dotenv).toBe(null);
    expect(made.plan.changes).toMatchObject([{ kind: "replace-telegram" }]);
    expect(made.plan.commands.join("\n")).not.toContain(TOKEN);
    const again = plan({ dotenv: `TELEGRAM_BOT_TOKEN=${OTHER}\n` });
    expect(again.dotenv).toBe(`TELEGRAM_BOT_TOKEN=${TOKEN}\n`);
    expect(again.plan.changes).toMatchObject([{ kind: "replace-telegram" }]);
  });

  it("changes nothing where all is so already", () => {
    const config = { channels: { telegram: { enabled: true } } };
    expect(plan({ config, dotenv: `TELEGRAM_BOT_TOKEN=${TOKEN}\n` }).plan.files).toEqual([]);
  });

  it.each<[string, object]>([
    ["several bots", { accounts: { work: { botToken: OTHER } } }],
    ["a file", { tokenFile: "/run/secrets/bot" }],
    ["a reference", { botToken: { source: "env", provider: "default", id: "BOT" } }],
    ["a variable of another name", { botToken: `\${BOT}` }],
  ])("leaves %s to the person", (_, telegram) => {
    expect(planTelegram(machine({ config: { channels: { telegram } } }), TOKEN)).toBe(null);
  });

  it("refuses what cannot be read", () => {
    expect(planTelegram(machine({ config: "{ broken" }), TOKEN)).toMatchObject({ ok: false });
  });
});
