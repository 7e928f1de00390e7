import { describe, expect, test } from "vitest";
import { isLoopbackHost, parseOpenAiBaseUrl } from "@/lib/openai/base-url";

describe("parseOpenAiBaseUrl", () => {
  test.each([
    [undefined, "https://api.openai.com/v1"],
    ["  ", "https://api.openai.com/v1"],
    ["https://api.openai.com", "https://api.openai.com/v1"],
    ["https://api.openai.com/", "https://api.openai.com/v1"],
    ["https://api.openai.com/v1/", "https://api.openai.com/v1"],
    [" https://eu.api.openai.com/v1 ", "https://eu.api.openai.com/v1"],
    ["https://gateway.example/openai//", "https://gateway.example/openai"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"],
    ["http://[::1]:8080", "http://[::1]:8080/v1"],
  ])("reads %j as %s", (value, href) => {
    const parsed = parseOpenAiBaseUrl(value);
    expect(parsed).toMatchObject({ ok: true, value: { href, notice: null } });
  });

  test("knows OpenAI's own address, and only that", () => {
    const isOpenAi = (value: string) => {
      const parsed = parseOpenAiBaseUrl(value);
      return parsed.ok && parsed.value.isOpenAi;
    };
    expect(isOpenAi("https://api.openai.com")).toBe(true);
    expect(isOpenAi("https://API.OpenAI.com:443/v1")).toBe(true);
    expect(isOpenAi("http://api.openai.com")).toBe(false);
    expect(isOpenAi("https://api.openai.com.evil.example")).toBe(false);
    expect(isOpenAi("https://api.openai.com:8443")).toBe(false);
  });

  test("warns of plain http to another machine", () => {
    expect(parseOpenAiBaseUrl("http://litellm:4000")).toMatchObject({
      value: { href: "http://litellm:4000/v1", notice: "plain-http" },
    });
  });

  test.each([
    ["api.openai.com/v1", "not-a-url"],
    ["https://", "not-a-url"],
    ["file:///etc/passwd", "protocol"],
    ["ftp://api.openai.com", "protocol"],
    ["https://user:hunter2@gateway.example/v1", "credentials"],
    ["https://gateway.example/v1?key=1", "query"],
    ["https://gateway.example/v1#x", "query"],
  ])("refuses %s", (value, code) => {
    expect(parseOpenAiBaseUrl(value)).toMatchObject({ ok: false, error: { code } });
  });

  test("keeps a password out of the refusal", () => {
    for (const value of ["https://u:hunter2@h/v1", "https://u:hunter2@", "ht!tp://u:hunter2@h"]) {
      expect(JSON.stringify(parseOpenAiBaseUrl(value))).not.toContain("hunter2");
    }
  });
});

test.each([
  ["localhost", true],
  ["LOCALHOST", true],
  ["127.0.0.1", true],
  ["127.9.9.9", true],
  ["[::1]", true],
  ["127.0.0.1.example.com", false],
  ["localhost.example.com", false],
  ["0.0.0.0", false],
  ["10.0.0.1", false],
])("isLoopbackHost(%s) is %s", (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
