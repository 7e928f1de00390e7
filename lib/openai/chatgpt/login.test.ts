import { describe, expect, test } from "vitest";
import { readClaims } from "@/lib/openai/chatgpt/claims";
import { loginFromAnswer, summarize } from "@/lib/openai/chatgpt/login";
import { planInfo } from "@/lib/openai/chatgpt/plans";

const NOW = Date.UTC(2026, 0, 15);
const AUTH = "https://api.openai.com/auth";

function jwt(payload: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(payload)}.c2ln`;
}

const person = {
  email: "person@example.com",
  name: "Zoë",
  [AUTH]: { chatgpt_account_id: "acct-1", chatgpt_plan_type: "pro", chatgpt_user_id: "user-1" },
};
const life = { iat: NOW / 1000, exp: NOW / 1000 + 3600 };
const answer = (over: object = {}) => ({
  access_token: jwt({ ...life, [AUTH]: { chatgpt_account_id: "acct-1" } }),
  id_token: jwt({ ...person, iat: life.iat }),
  refresh_token: "rt_1",
  expires_in: 999,
  ...over,
});

describe("readClaims", () => {
  test("reads the account, the plan and the token's life", () => {
    expect(readClaims(jwt({ ...person, ...life }))).toEqual({
      email: "person@example.com",
      name: "Zoë",
      accountId: "acct-1",
      userId: "user-1",
      plan: "pro",
      expiresAt: NOW + 3_600_000,
      issuedAt: NOW,
    });
  });

  test("knows the second place of the address and of the user", () => {
    const token = jwt({
      "https://api.openai.com/profile": { email: "p@example.com" },
      [AUTH]: { user_id: "u" },
    });
    expect(readClaims(token)).toMatchObject({ email: "p@example.com", userId: "u", plan: null });
  });

  test.each([
    ["claims of other types", jwt({ email: 3, exp: "soon", iat: null, [AUTH]: "x" })],
    ["null claims", jwt({ email: null, name: null, [AUTH]: { chatgpt_plan_type: null } })],
    ["no claims", jwt({})],
    ["an account as a list", jwt({ [AUTH]: [], "https://api.openai.com/profile": 1 })],
    ["an empty address", jwt({ email: "" })],
  ])("takes %s as unknown", (_name, token) => {
    const nothing = { email: null, name: null, accountId: null, userId: null, plan: null };
    expect(readClaims(token)).toEqual({ ...nothing, expiresAt: null, issuedAt: null });
  });

  test.each([
    "",
    "opaque",
    "a.b",
    "a.b.c.d",
    "a.!!.c",
    `a.${btoa("no json")}.c`,
    jwt(null),
    jwt([1]),
  ])("is null for what is not a JWT: %j", (token) => {
    const claims = readClaims(token);
    expect(claims === null || Object.values(claims).every((value) => value === null)).toBe(true);
  });
});

describe("loginFromAnswer", () => {
  test("takes the person from the id token and the end from the access token", () => {
    const login = loginFromAnswer(answer(), NOW);
    expect(login).toMatchObject({
      ok: true,
      value: {
        email: "person@example.com",
        plan: "pro",
        accountId: "acct-1",
        refreshToken: "rt_1",
        expiresAt: NOW + 3_600_000,
      },
    });
    const summary = login.ok ? JSON.stringify(summarize(login.value)) : "";
    expect(summary).toContain("acct-1");
    expect(summary).not.toMatch(/rt_1|eyJ|oken/u);
  });

  test("an access token that is no JWT ends by expires_in", () => {
    const login = loginFromAnswer(answer({ access_token: "opaque" }), NOW);
    expect(login).toMatchObject({ value: { expiresAt: NOW + 999_000, accountId: "acct-1" } });
  });

  test.each<[string, object, string]>([
    ["no access token", { access_token: undefined }, "access_token"],
    ["no refresh token", { refresh_token: "" }, "refresh_token"],
    ["no id token", { id_token: null }, "id_token"],
    ["no end", { access_token: "opaque", expires_in: null }, "expires_in"],
    ["no account", { access_token: "opaque", id_token: jwt({}) }, "chatgpt_account_id"],
  ])("%s makes it incomplete", (_name, over, detail) => {
    expect(loginFromAnswer(answer(over), NOW)).toEqual({
      ok: false,
      error: { code: "incomplete-answer", detail },
    });
  });

  test.each([[null], ["text"], [[]], [3]])("an answer of %j is incomplete", (whole) => {
    expect(loginFromAnswer(whole, NOW)).toMatchObject({ error: { code: "incomplete-answer" } });
  });

  test.each([
    ["over on arrival", NOW + 3_600_000, false],
    ["almost over", NOW + 3_599_999, true],
    ["issued an hour from now", NOW - 3_600_000, true],
    ["issued later than that", NOW - 3_600_001, false],
  ])("by this machine's clock %s", (_name, now, accepted) => {
    const login = loginFromAnswer(answer(), now);
    expect(login.ok ? "ok" : login.error.code).toBe(accepted ? "ok" : "clock-skew");
  });
});

test.each([
  ["free", "free", "limited"],
  ["go", "go", "limited"],
  ["Plus", "plus", "included"],
  ["pro", "pro", "included"],
  ["team", "business", "included"],
  ["business", "business", "included"],
  ["hc", "enterprise", "included"],
  ["enterprise", "enterprise", "included"],
  ["education", "edu", "included"],
  ["edu", "edu", "included"],
  ["galactic", null, "unknown"],
  ["constructor", null, "unknown"],
  [null, null, "unknown"],
])("the plan %s", (raw, id, codex) => {
  const name = id === null ? null : expect.stringMatching(new RegExp(`^ChatGPT ${id}$`, "iu"));
  expect(planInfo(raw)).toEqual({ id, name, raw: raw ?? "", codex });
});
