/** The printed lines for the default model and its fallbacks; that they work is shown with real releases. */

import { expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ERAS } from "@/lib/openclaw/releases/table";
import type { OtherDefault } from "@/lib/setup/choices";
import { type Found, planned } from "@/lib/setup/testing/machine";

const JULY = ERAS.find(({ since }) => since === "2026.7.1") as ReleaseEra;

function lines(model: unknown, otherDefault: OtherDefault, more: Found = {}): string[] {
  const config = { agents: { defaults: { model } } };
  return planned({ config, ...more }, { otherDefault })
    .commands.filter((line) => line.includes("fallbacks") || line.includes("defaults.model"))
    .map((line) => line.replace("openclaw ", ""));
}

it("adds a fallback that `config set` may not know by the command that takes any", () => {
  expect(lines("acme/large", "first")).toEqual([
    "config set agents.defaults.model openai/gpt-5.5",
    "models fallbacks add acme/large",
  ]);
  expect(lines({ primary: "acme/large", fallbacks: ["acme/small"] }, "first")).toEqual([
    "config set agents.defaults.model.primary openai/gpt-5.5",
    "models fallbacks clear",
    "models fallbacks add acme/large",
    "models fallbacks add acme/small",
  ]);
});

it("names no model of another provider that stands there already", () => {
  expect(lines("acme/large", "after")).toEqual(["models fallbacks add openai/gpt-5.5"]);
  expect(lines({ primary: "acme/large", fallbacks: ["acme/small"] }, "after")).toEqual([
    "models fallbacks clear",
    "models fallbacks add acme/small",
    "models fallbacks add openai/gpt-5.5",
  ]);
  expect(lines({ primary: "acme/large" }, "instead")).toEqual([
    "config set agents.defaults.model.primary openai/gpt-5.5",
  ]);
});

it("sets them where the release takes any, and where an alias stands for a model", () => {
  const set = `config set agents.defaults.model.fallbacks '["acme/large"]'`;
  expect(lines({ primary: "acme/large" }, "first", { era: JULY })).toContain(set);
  expect(lines({ primary: "big" }, "first")).toContain(
    `config set agents.defaults.model.fallbacks '["big"]'`,
  );
});

it("prints the model of a person who gives Ollama the key ollama, and no value of a secret place", () => {
  const config = {
    models: {
      providers: {
        ollama: { apiKey: "ollama", baseUrl: "http://127.0.0.1:11434/v1", models: [] },
        myproxy: {
          headers: { Authorization: "Bearer Zx9-opaque-1" },
          args: ["--token", "swordfish"],
        },
      },
    },
    agents: { defaults: { model: { primary: "ollama/qwen3:8b" } } },
  };
  const { commands } = planned({ config, environmentKeys: ["OLLAMA_API_KEY"] }, {});
  expect(commands.join("\n")).toContain("ollama/qwen3:8b");
  expect(commands.join("\n")).not.toMatch(/\$model|\$primary|\$fallbacks|Zx9-opaque|swordfish/u);
});

it("prints no command of OpenClaw for a config that is a link, which it would replace by a file", () => {
  const config = { agents: { defaults: { model: "openai/gpt-5" } } };
  const plain = planned({ config }).commands;
  expect(plain.some((line) => line.includes("config set"))).toBe(true);
  const linked = planned({ config, configLink: "/home/ada/dotfiles/openclaw.json" }).commands;
  expect(linked).toEqual([plain[0]]);
  expect(linked[0]).toMatch(/^printf .* >> \/home\/ada\/\.openclaw\/\.env$/u);
});
