import { describe, expect, it } from "vitest";
import { parseConfig } from "@/lib/text/json5/parse";
import { isUnfilled } from "@/lib/text/unfilled";

describe("a template that nobody filled in", () => {
  it.each([
    "{{OPENAI_API_KEY}}",
    "<your-model>",
    "<YOUR API KEY>",
    "YOUR_KEY",
    "your-api-key-here",
    "sk-your-key-here",
    "INSERT_TOKEN_HERE",
    "openai/<model>",
    " {{ model }} ",
  ])("is known: %s", (value) => expect(isUnfilled(value)).toBe(true));

  it.each([
    "openai/gpt-5.5",
    "sk-proj-AbC123_dEf-456ghiJKL789mnoPQR012",
    `\${OPENAI_API_KEY}`,
    "ollama/qwen3:8b",
    "my-proxy/llama",
    "monkey",
    "",
  ])("is not seen elsewhere: %s", (value) => expect(isUnfilled(value)).toBe(false));

  it.each([
    ["{ a: {{MODEL}} }", "placeholder"],
    ["{ a: <your-model> }", "placeholder"],
    ["{\n  key: {{ OPENAI_API_KEY }},\n}", "placeholder"],
    ["{ a: { { b: 1 } } }", "syntax"],
    ["{ a: < 3 }", "syntax"],
  ])("is named where a config cannot be read for it: %s", (text, code) => {
    const parsed = parseConfig(new TextEncoder().encode(text));
    expect(parsed.ok ? null : parsed.error.code).toBe(code);
  });
});
