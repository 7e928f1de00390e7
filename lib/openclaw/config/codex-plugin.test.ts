import { describe, expect, it } from "vitest";
import { hasCodexPlugin } from "@/lib/openclaw/config/codex-plugin";

const on = { entries: { codex: { enabled: true } } };

describe("hasCodexPlugin", () => {
  it.each([
    ["switched on", on],
    ["configured", { entries: { codex: { config: { a: 1 } } } }],
    ["allowed", { allow: ["telegram", "codex"] }],
    ["installed", { installs: { codex: { source: "npm", spec: "@openclaw/codex" } } }],
    ["loaded from its directory", { load: { paths: ["~/src/openclaw/extensions/codex"] } }],
    ["on, and others denied", { ...on, deny: ["telegram"] }],
    ["on, and nothing in the list", { ...on, allow: [] }],
  ])("is there: %s", (_, plugins) => {
    expect(hasCodexPlugin({ plugins })).toBe(true);
  });

  it.each([
    ["all plugins off", { ...on, enabled: false }],
    ["denied", { ...on, allow: ["codex"], deny: ["codex"] }],
    ["its entry off", { entries: { codex: { enabled: false } }, allow: ["codex"] }],
    ["installed and off", { entries: { codex: { enabled: false } }, installs: { codex: {} } }],
    ["only others allowed", { ...on, allow: ["telegram"] }],
    ["another with such a name", { entries: { "codex-supervisor": { enabled: true } } }],
    ["its name somewhere else", { entries: { notes: { config: { title: "codex" } } } }],
    ["nothing", {}],
  ])("is not there: %s", (_, plugins) => {
    expect(hasCodexPlugin({ plugins })).toBe(false);
  });

  it("is not there where the config says nothing of plugins", () => {
    expect(hasCodexPlugin({})).toBe(false);
    expect(hasCodexPlugin({ plugins: "codex" })).toBe(false);
  });
});
