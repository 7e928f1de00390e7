import { describe, expect, test } from "vitest";
import { parsePastedRedirect } from "@/lib/openai/chatgpt/pasted-redirect";

const good = { ok: true, value: { code: "ac_1", state: "st-1", iss: null } };

describe("parsePastedRedirect", () => {
  test.each([
    ["as it stands in the address bar", "http://localhost:1455/auth/callback?code=ac_1&state=st-1"],
    ["without the scheme", "localhost:1455/auth/callback?code=ac_1&state=st-1"],
    ["by number", "http://127.0.0.1:1455/auth/callback?state=st-1&code=ac_1&scope=openid"],
    ["of the other port", "http://localhost:1457/auth/callback?code=ac_1&state=st-1"],
    ["quoted", ` "http://localhost:1455/auth/callback?code=ac_1&state=st-1"\n`],
    ["wrapped", "http://localhost:1455/auth/callback?code=ac_\n  1&state=st-1"],
    [
      "with an invisible character",
      "\u200bhttp://localhost:1455/auth/callback?code=ac_1&state=st-1",
    ],
    ["in angle brackets", "<http://localhost:1455/auth/callback?code=ac_1&state=st-1>"],
  ])("reads it %s", (_name, pasted) => {
    expect(parsePastedRedirect(pasted)).toEqual(good);
  });

  test("keeps the issuer and decodes", () => {
    const pasted =
      "http://localhost:1455/auth/callback?code=a%2Bb%20c&state=s&iss=https%3A%2F%2Fauth.openai.com";
    expect(parsePastedRedirect(pasted)).toEqual({
      ok: true,
      value: { code: "a+b c", state: "s", iss: "https://auth.openai.com" },
    });
  });

  test.each([
    ["nothing", "  \n", "empty"],
    ["too much", `http://localhost:1455/auth/callback?code=${"a".repeat(9000)}`, "too-long"],
    ["the code alone", "ac_1", "not-a-url"],
    ["words", "it did not work", "not-a-url"],
    [
      "the page before",
      "https://auth.openai.com/oauth/authorize?state=st-1&code=x",
      "other-address",
    ],
    [
      "another site with the path",
      "https://evil.test/auth/callback?code=a&state=b",
      "other-address",
    ],
    ["another path", "http://localhost:1455/success?code=a&state=b", "other-address"],
    ["no code", "http://localhost:1455/auth/callback?state=b", "code-missing"],
    ["an empty code", "http://localhost:1455/auth/callback?code=&state=b", "code-missing"],
    ["no state", "http://localhost:1455/auth/callback?code=a", "state-missing"],
    [
      "two states",
      "http://localhost:1455/auth/callback?code=a&state=b&state=c",
      "repeated-parameter",
    ],
    [
      "two codes",
      "http://localhost:1455/auth/callback?code=a&state=b&code=c",
      "repeated-parameter",
    ],
  ])("refuses %s", (_name, pasted, code) => {
    expect(parsePastedRedirect(pasted)).toEqual({ ok: false, error: { code } });
  });

  test("tells a sign-in that failed by its reason", () => {
    const pasted =
      "http://localhost:1455/auth/callback?error=access_denied&error_description=missing_codex_entitlement&state=s";
    expect(parsePastedRedirect(pasted)).toEqual({
      ok: false,
      error: {
        code: "sign-in-failed",
        problem: { code: "no-codex-entitlement", detail: "missing_codex_entitlement" },
      },
    });
  });
});
