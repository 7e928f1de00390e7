import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codexAuthPath, findCodexLogin, takeCodexLogin } from "@/lib/openai/chatgpt/codex-login";

const NOW = Date.UTC(2026, 8, 1);
let home: string;
let path: string;
let env: Record<string, string>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "openclaw-setup-codex-"));
  path = join(home, "auth.json");
  env = { CODEX_HOME: home, HOME: "/nonexistent" };
});
afterEach(() => rm(home, { recursive: true, force: true }));

function jwt(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part(payload)}.SIGNATURECANARY`;
}

const access = (exp: number) => jwt({ exp: exp / 1000, iat: NOW / 1000 });
const file = (over: object = {}, expiresAt = NOW + 86_400_000) => ({
  auth_mode: "chatgpt",
  OPENAI_API_KEY: null,
  tokens: {
    id_token: jwt({
      email: "p@example.com",
      "https://api.openai.com/auth": { chatgpt_plan_type: "plus", chatgpt_account_id: "other" },
    }),
    access_token: access(expiresAt),
    refresh_token: "rt_CANARY",
    account_id: "acct-9",
  },
  last_refresh: "2026-08-28T10:00:00.123456789Z",
  ...over,
});
const write = (content: unknown, mode = 0o600) =>
  writeFile(path, typeof content === "string" ? content : JSON.stringify(content), { mode });

describe("findCodexLogin", () => {
  test("tells account, plan and age, and no token", async () => {
    await write(file());
    const found = await findCodexLogin(env, NOW);
    expect(found).toEqual({
      kind: "found",
      path,
      account: {
        email: "p@example.com",
        name: null,
        plan: "plus",
        accountId: "acct-9",
        userId: null,
        expiresAt: NOW + 86_400_000,
      },
      refreshedAt: Date.UTC(2026, 7, 28, 10, 0, 0, 123),
      expired: false,
      readableByOthers: false,
    });
    expect(JSON.stringify(found)).not.toMatch(/CANARY|eyJ/u);
  });

  test("an access token past its end, a file open to others, a strange date", async () => {
    await write(file({ last_refresh: "yesterday" }, NOW), 0o600);
    await chmod(path, 0o640);
    expect(await findCodexLogin(env, NOW)).toMatchObject({
      expired: true,
      readableByOthers: true,
      refreshedAt: null,
    });
  });

  test("a key instead of a login is not read out", async () => {
    await write(file({ OPENAI_API_KEY: "sk-CANARY", tokens: null, auth_mode: "apikey" }));
    expect(await findCodexLogin(env)).toEqual({ kind: "api-key", path });
  });

  test("nothing there", async () => {
    expect(await findCodexLogin(env)).toEqual({ kind: "absent", path });
    expect(await findCodexLogin({ HOME: home })).toMatchObject({ kind: "absent" });
  });

  test.each<[string, unknown, string]>([
    ["no JSON", "{oops", "not-json"],
    ["a list", "[]", "not-json"],
    ["neither login nor key", { auth_mode: "chatgpt", OPENAI_API_KEY: null }, "no-tokens"],
    ["half a login", file({ tokens: { access_token: "a" } }), "no-tokens"],
    ["a book", "x".repeat(1024 * 1024 + 1), "too-large"],
  ])("%s", async (_name, content, reason) => {
    await write(content);
    expect(await findCodexLogin(env)).toEqual({ kind: "unreadable", path, reason });
  });

  test("a directory in its place", async () => {
    await mkdir(path);
    expect(await findCodexLogin(env)).toMatchObject({ reason: "not-a-file" });
    expect(await findCodexLogin({ CODEX_HOME: path })).toMatchObject({ kind: "absent" });
  });

  test("a file that may not be read", async () => {
    if (process.getuid?.() === 0) return;
    await write(file(), 0o000);
    expect(await findCodexLogin(env)).toMatchObject({ kind: "unreadable", reason: "permission" });
  });
});

test("takeCodexLogin gives the login itself, and the reason where there is none", async () => {
  expect(await takeCodexLogin(env)).toEqual({ ok: false, error: { kind: "absent", path } });
  await write(file());
  expect(await takeCodexLogin(env)).toMatchObject({
    ok: true,
    value: { refreshToken: "rt_CANARY", accountId: "acct-9" },
  });
});

test("CODEX_HOME counts when it is set, else the home directory", () => {
  expect(codexAuthPath({ HOME: "/home/p" })).toBe("/home/p/.codex/auth.json");
  expect(codexAuthPath({ HOME: "/home/p", CODEX_HOME: "" })).toBe("/home/p/.codex/auth.json");
  expect(codexAuthPath({ HOME: "/home/p", CODEX_HOME: "/c" })).toBe("/c/auth.json");
  expect(codexAuthPath({ CODEX_HOME: "c" })).toBe(join(process.cwd(), "c", "auth.json"));
});
