/** The private home of a rehearsal: what a plan would leave, without anything of the person's own. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import JSON5 from "json5";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ERAS } from "@/lib/openclaw/releases/table";
import type { Choices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import {
  chosen,
  chosenLogin,
  type Found,
  KEY,
  LOGIN,
  machine,
  OLD_KEY,
  OLDEST,
  TOKEN,
} from "@/lib/setup/testing/machine";
import { makePrivateHome } from "@/lib/setup/verify/rehearsal/private-home";
import { StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "private-home-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function files(directory = folder): Array<readonly [string, string]> {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) return files(file);
    return [[path.relative(folder, file), readFileSync(file, "utf8")] as const];
  });
}

async function made(found: Found, choices: Choices, env = {}) {
  const plan = planSetup(machine(found), choices);
  if (!plan.ok) throw new Error(plan.error.code);
  const standIns = new StandIns();
  const home = await makePrivateHome(plan.value, env, folder, standIns);
  return { home, standIns, plan: plan.value, everything: files() };
}

const TELEGRAM = "123456789:AAExampleExampleExampleExample0";
const SECRETS = [KEY, OLD_KEY, TOKEN, TELEGRAM, "correct horse battery", "sk-ant-REALREALREALREAL"];
const CONFIG = {
  gateway: { auth: { mode: "password", password: "correct horse battery" }, bind: "lan" },
  channels: { telegram: { enabled: true, botToken: TELEGRAM } },
  env: { vars: { OPENAI_API_KEY: OLD_KEY, ANTHROPIC_API_KEY: "sk-ant-REALREALREALREAL" } },
  agents: { defaults: { workspace: "/home/ada/work", model: { primary: "openai/gpt-5.4" } } },
};

it("has none of the person's secrets in any file, and the same settings", async () => {
  const { everything } = await made({ config: CONFIG, dotenv: `X_TOKEN=${TELEGRAM}` }, chosen());
  expect(everything.length).toBeGreaterThan(2);
  for (const [name, text] of everything) {
    for (const secret of SECRETS) expect(`${name}: ${text}`).not.toContain(secret);
  }
  const config = JSON5.parse(
    readFileSync(path.join(folder, "home/.openclaw/openclaw.json"), "utf8"),
  );
  expect(config.gateway).toMatchObject({ auth: { mode: "password" }, bind: "lan" });
  expect(config.channels.telegram.botToken).toMatch(/^\d{9}:[A-Z]/u);
});

it("has a stand-in for a short secret of any name that is masked, and for any key", async () => {
  const { everything } = await made(
    { config: { ...CONFIG, mail: { smtpPass: "Qx7-zZ", sessionKey: "agent:main:Qx8" } } },
    chosen(),
    { SITE_COOKIE: "Qx9=zz" },
  );
  for (const [name, text] of everything) {
    for (const secret of ["Qx7-zZ", "Qx8", "Qx9=zz"])
      expect(`${name}: ${text}`).not.toContain(secret);
  }
});

it("is for its owner alone, and leads what the config names into itself", async () => {
  const { home, everything } = await made({ config: CONFIG }, chosen());
  for (const [name] of everything) {
    expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  }
  const config = JSON5.parse(readFileSync(home.configPath, "utf8"));
  expect(config.agents.defaults.workspace).toBe(path.join(folder, "home/work"));
});

it.each([
  ["a store in a file", OLDEST],
  ["an import", ERAS.at(-1) ?? OLDEST],
])("has a login with stand-ins for its tokens, account and address: %s", async (_name, era) => {
  const { everything, standIns } = await made({ era }, chosenLogin());
  const store = everything.find(([name]) => name.endsWith("auth-profiles.json"))?.[1] ?? "";
  for (const secret of [LOGIN.accessToken, LOGIN.refreshToken, LOGIN.email, LOGIN.accountId]) {
    for (const [, text] of everything) expect(text).not.toContain(secret);
  }
  expect(store).toContain(standIns.of(LOGIN.accessToken));
  const [profile] = Object.values(JSON.parse(store).profiles) as Array<{ expires: number }>;
  expect(profile?.expires).toBeGreaterThan(Date.now() + 5 * 24 * 60 * 60_000);
});

it("has what the config includes, by the same names, also from outside its directory", async () => {
  const included = { "more.json5": `{ channels: { telegram: { botToken: "${TELEGRAM}" } } }` };
  const config = '{ $include: "./more.json5" }';
  const { everything } = await made({ config, included, era: OLDEST }, chosen());
  const more = everything.find(([name]) => name.endsWith("home/.openclaw/more.json5"));
  expect(more?.[1]).toMatch(/botToken: "\d{9}:/u);
  expect(JSON.stringify(everything)).not.toContain(TELEGRAM);
});

it("knows where each credential stands", async () => {
  const { standIns } = await made({ config: CONFIG }, chosen(), { OPENAI_API_KEY: OLD_KEY });
  const origins = standIns.originsOf(standIns.of(OLD_KEY));
  expect(origins).toContainEqual({ kind: "variable", name: "OPENAI_API_KEY", file: null });
});

it("has nothing of Codex's login either, down to a key beside it", async () => {
  const home = mkdtempSync(path.join(tmpdir(), "codex-"));
  const tokens = {
    id_token: "a.b.c",
    access_token: "access-1234567",
    refresh_token: "rt_abcdefghijkl",
  };
  const login = {
    auth_mode: "chatgpt",
    OPENAI_API_KEY: "sk-proj-codexown00aaaabbbbccccddddeeee1234",
    tokens: { ...tokens, account_id: "account-of-ada" },
    agent_identity: { of_a_later_release: "QmFzZTY0-of-a-secret" },
    last_refresh: "2026-11-29T10:00:00Z",
  };
  writeFileSync(path.join(home, "auth.json"), JSON.stringify(login));
  try {
    const { everything } = await made({}, chosen(), { CODEX_HOME: home });
    const [, text = ""] = everything.find(([name]) => name.endsWith("auth.json")) ?? [];
    const { last_refresh, auth_mode } = JSON.parse(text);
    expect({ last_refresh, auth_mode }).toEqual({
      last_refresh: login.last_refresh,
      auth_mode: login.auth_mode,
    });
    const { agent_identity, OPENAI_API_KEY } = login;
    const secrets = [
      OPENAI_API_KEY,
      ...Object.values(login.tokens),
      agent_identity.of_a_later_release,
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
