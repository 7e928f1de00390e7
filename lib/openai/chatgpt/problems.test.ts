import { Headers } from "undici";
import { describe, expect, test } from "vitest";
import {
  problemCode,
  redirectProblem,
  replyProblem,
  SIGN_IN_PROBLEMS,
  unreachable,
} from "@/lib/openai/chatgpt/problems";

const reply = (status: number, body: unknown) => ({
  status,
  headers: new Headers(),
  text: typeof body === "string" ? body : JSON.stringify(body),
});

test.each([
  ["access_denied", "", "denied"],
  ["access_denied", "missing_codex_entitlement", "no-codex-entitlement"],
  ["access_denied", "workspace_restriction: ask your admin", "workspace-restricted"],
  ["unsupported_country_region_territory", "", "region"],
  ["server_error", "try later", "unexpected"],
])("a redirect with %s, %s is %s", (error, description, code) => {
  expect(redirectProblem(error, description)).toEqual({ code, detail: description || error });
});

test("a description is bounded and cannot steer the page", () => {
  const { detail } = redirectProblem("x", `\u202eevil\u0007\n${"a".repeat(1000)}`);
  expect(detail).toMatch(/^evil a+…$/u);
  expect(detail.length).toBe(300);
});

describe("an answer of the token endpoint", () => {
  test.each<[string, number, unknown, string]>([
    ["a used code", 400, { error: "invalid_grant", error_description: "used" }, "code-expired"],
    ["a client it does not know", 401, { error: "invalid_client" }, "client-refused"],
    ["a wrong redirect address", 400, { error: "invalid_redirect_uri" }, "client-refused"],
    ["a refusal", 403, { error: "access_denied" }, "denied"],
    [
      "a nested region code",
      403,
      { error: { code: "unsupported_country_region_territory" } },
      "region",
    ],
    ["OpenClaw's word for it", 403, { error: "unsupported_region" }, "region"],
    ["a top-level code", 400, { code: "missing_codex_entitlement" }, "no-codex-entitlement"],
    ["too many", 429, {}, "rate-limited"],
    ["an error of its own", 502, "<html>", "server-error"],
    ["a page", 403, "<html>", "not-json"],
    ["something new", 418, { error: "teapot" }, "unexpected"],
    ["null", 400, null, "unexpected"],
  ])("%s", (_name, status, body, code) => {
    expect(replyProblem(reply(status, body), [])).toMatchObject({ code });
  });

  test("keeps the service's words without what was sent", () => {
    const message = "The code ac_0123456789abcdef is not valid";
    const told = replyProblem(reply(400, { error: { message } }), ["ac_0123456789abcdef"]);
    expect(told.detail).toBe("The code •••• is not valid");
    expect(replyProblem(reply(400, {}), []).detail).toBe("HTTP 400");
  });
});

test("no answer is unreachable with its cause, or cancelled", () => {
  expect(unreachable({ code: "dns", detail: "ENOTFOUND" })).toEqual({
    code: "unreachable",
    detail: "ENOTFOUND",
    why: { code: "dns", detail: "ENOTFOUND" },
  });
  expect(unreachable({ code: "cancelled", detail: "" })).toEqual({ code: "cancelled", detail: "" });
});

test("only known codes are read back from an address", () => {
  for (const code of SIGN_IN_PROBLEMS) expect(problemCode(code)).toBe(code);
  for (const value of ["", "toString", "<script>", null, ["denied"]]) {
    expect(problemCode(value)).toBe(null);
  }
});
