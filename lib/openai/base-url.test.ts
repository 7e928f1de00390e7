import { describe, expect, test } from "vitest";
import {
  isLoopbackHost,
  nameOfAddress,
  parseOpenAiBaseUrl,
  regionalHostIn,
} from "@/lib/openai/base-url";

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
    expect(isOpenAi("https://eu.api.openai.com/v1")).toBe(true);
    expect(isOpenAi("http://api.openai.com")).toBe(false);
    expect(isOpenAi("https://eu.api.openai.com:8443")).toBe(false);
    expect(isOpenAi("https://evil.eu.api.openai.com")).toBe(false);
    expect(isOpenAi("https://xapi.openai.com")).toBe(false);
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
    for (const value of [
      "1u:hunter2@h h",
      "https://u:hunter2@h/v1",
      "https://u:hunter2@",
      "ht!tp://u:hunter2@h",
    ]) {
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

test.each([
  ["Please make your request to eu.api.openai.com", "eu.api.openai.com"],
  ["use us.api.openai.com.", "us.api.openai.com"],
  ["(https://au.api.openai.com/v1)", "au.api.openai.com"],
  ["eu.api.openai.com.evil.example", null],
  ["x.eu.api.openai.com", null],
  ["user@eu.api.openai.com", null],
  ["eu.api.openai.com-evil.example", null],
  ["api.openai.com", null],
  ["", null],
])("the region named in %j is %s", (words, host) => {
  expect(regionalHostIn(words)).toBe(host);
});

test.each([
  ["https://api.openai.com/v1", "OpenAI"],
  ["https://eu.api.openai.com/v1", "OpenAI (eu.api.openai.com)"],
  ["http://127.0.0.1:4000/v1", "OpenAI"],
  ["http://api.openai.com/v1", "api.openai.com"],
  ["https://litellm.example:4000/v1", "litellm.example:4000"],
])("%s is called %s", (address, name) => {
  expect(nameOfAddress(address)).toBe(name);
});
