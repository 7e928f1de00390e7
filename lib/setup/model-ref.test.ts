import { expect, it } from "vitest";
import { parseModelRef } from "@/lib/setup/model-ref";

it.each([
  ["openai/gpt-5.5", "openai", "gpt-5.5"],
  ["  openrouter/openai/gpt-5:free \n", "openrouter", "openai/gpt-5:free"],
  ["ollama/llama3:8b", "ollama", "llama3:8b"],
])("reads %j", (text, provider, model) => {
  expect(parseModelRef(text)).toEqual({
    ok: true,
    value: { provider, model, ref: `${provider}/${model}` },
  });
});

it.each([
  ["", "empty"],
  ["gpt-5.5", "form"],
  ["/gpt-5.5", "form"],
  ["openai/", "form"],
  ["openai//gpt", "form"],
  ["openai/a//b", "form"],
  ["openai/a/", "form"],
  ["openai/gpt 5", "form"],
  ["openai/gpt\u0000", "form"],
  ["openai/gpt\u212A", "form"],
  [`openai/${"x".repeat(200)}`, "too-long"],
])("refuses %j", (text, code) => {
  expect(parseModelRef(text)).toEqual({ ok: false, error: { code } });
});
