import { describe, expect, test } from "vitest";
import { parseIssuer, redirectUri } from "@/lib/openai/chatgpt/issuer";

describe("parseIssuer", () => {
  test("is OpenAI's service unless told otherwise", () => {
    for (const value of [undefined, "", " ", "https://auth.openai.com/"]) {
      expect(parseIssuer(value)).toMatchObject({
        ok: true,
        value: { href: "https://auth.openai.com", isOpenAi: true },
      });
    }
  });

  test("knows the service's addresses", () => {
    const issuer = parseIssuer("http://localhost:9000");
    expect(issuer.ok && JSON.parse(JSON.stringify(issuer.value))).toEqual({
      href: "http://localhost:9000",
      isOpenAi: false,
      authorize: "http://localhost:9000/oauth/authorize",
      token: "http://localhost:9000/oauth/token",
      revoke: "http://localhost:9000/oauth/revoke",
      device: {
        userCode: "http://localhost:9000/api/accounts/deviceauth/usercode",
        poll: "http://localhost:9000/api/accounts/deviceauth/token",
        page: "http://localhost:9000/codex/device",
        redirectUri: "http://localhost:9000/deviceauth/callback",
      },
    });
  });

  test.each([
    ["http://127.0.0.1:1", true],
    ["http://[::1]:1", true],
    ["https://sso.example", true],
    ["http://sso.example", "not-https"],
    ["http://127.0.0.1.evil.example", "not-https"],
    ["http://localhost.evil.example", "not-https"],
    ["http://0.0.0.0:1", "not-https"],
    ["ws://localhost:1", "not-https"],
    ["javascript:alert(1)", "not-https"],
    ["auth.openai.com", "not-a-url"],
    ["https://user:pw@sso.example", "not-an-origin"],
    ["https://auth.openai.com@evil.example/", "not-an-origin"],
    ["https://sso.example/path", "not-an-origin"],
    ["https://sso.example/?x=1", "not-an-origin"],
    ["https://sso.example/#x", "not-an-origin"],
  ])("%s: %s", (value, expected) => {
    const issuer = parseIssuer(value);
    expect(issuer.ok || issuer.error.code).toBe(expected);
  });
});

test("the registered redirect address", () => {
  expect(redirectUri()).toBe("http://localhost:1455/auth/callback");
});
