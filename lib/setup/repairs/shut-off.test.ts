import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { type Found, planned } from "@/lib/setup/testing/machine";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

const KINDS = /^(?:plugin|secret-|empty-order)/u;

function look(config: object, choices: Partial<ApiKeyChoices> = {}, found: Found = {}) {
  const plan = planned({ config, ...found }, choices);
  const value: Json = plan.config.value;
  return {
    findings: plan.repairs.filter(({ kind }) => KINDS.test(kind)),
    at: (...path: string[]) => valueAt(value, path),
  };
}

describe("plugins that shut OpenAI off", () => {
  it.each<[string, object, readonly string[], Json | undefined]>([
    ["plugin-denied", { deny: ["openai"] }, ["deny"], undefined],
    ["plugin-denied", { deny: ["a", " OpenAI", "b", "openai"] }, ["deny"], ["a", "b"]],
    [
      "plugin-disabled",
      { entries: { openai: { enabled: false } } },
      ["entries", "openai", "enabled"],
      true,
    ],
    ["plugins-off", { enabled: false, allow: [] }, ["enabled"], true],
  ])("%s: %j", (kind, plugins, place, after) => {
    const { findings, at } = look({ plugins });
    expect(findings).toMatchObject([{ kind, id: kind, accepted: true, important: true }]);
    expect(at("plugins", ...place)).toEqual(after);
    const declined = look({ plugins }, { declined: [kind] });
    expect(declined.findings).toMatchObject([{ kind, accepted: false }]);
    expect(declined.at("plugins")).toEqual(plugins);
  });

  it("are named each by itself", () => {
    const plugins = { deny: ["openai", "x"], entries: { openai: { enabled: false, config: {} } } };
    const { findings, at } = look({ plugins }, { declined: ["plugin-denied"] });
    expect(findings.map(({ kind }) => kind)).toEqual(["plugin-denied", "plugin-disabled"]);
    expect(at("plugins")).toEqual({
      deny: ["openai", "x"],
      entries: { openai: { enabled: true, config: {} } },
    });
  });

  it.each([
    [{ deny: ["anthropic"] }],
    [{ allow: [] }],
    // A turn of 2026.7.1 and 2026.9.6 was answered beside it.
    [{ allow: ["telegram"] }],
    [{ allow: ["openai", "x"] }],
    [{ entries: { openai: { enabled: true }, codex: { enabled: false } } }],
    [{ enabled: true }],
    [{ deny: "openai" }],
  ])("are none in %j", (plugins) => {
    expect(look({ plugins }).findings).toEqual([]);
  });

  it("do not reach OpenAI in a release that has it inside", () => {
    const { era } = eraFor("2026.2.9");
    expect(look({ plugins: { deny: ["openai"] } }, {}, { era }).findings).toEqual([]);
  });
});

describe("a provider of secrets that does not give out the key", () => {
  const byRef = { keyForm: "provider-secret-ref" } as const;
  const secrets = (entry: object) => ({ secrets: { providers: { default: entry } } });

  it("gets its name, where a reference to it is written", () => {
    const config = secrets({ source: "env", allowlist: ["OTHER_KEY"] });
    const { findings, at } = look(config, byRef);
    expect(findings).toMatchObject([
      {
        kind: "secret-not-allowed",
        accepted: true,
        data: { name: "OPENAI_API_KEY", place: "secrets.providers.default.allowlist" },
      },
    ]);
    expect(at("secrets", "providers", "default", "allowlist")).toEqual([
      "OTHER_KEY",
      "OPENAI_API_KEY",
    ]);
    expect(look(config, { ...byRef, declined: ["secret-not-allowed"] }).at("secrets")).toEqual(
      config.secrets,
    );
  });

  it("gets its name too where a reference stands already, of whatever provider and name", () => {
    const apiKey = { source: "env", provider: "mine", id: "MY_OPENAI" };
    const config = {
      secrets: { providers: { mine: { source: "env", allowlist: [] } } },
      models: { providers: { openai: { apiKey } } },
    };
    const { findings, at } = look(config);
    expect(findings).toMatchObject([{ kind: "secret-not-allowed", data: { name: "MY_OPENAI" } }]);
    expect(at("secrets", "providers", "mine", "allowlist")).toEqual(["MY_OPENAI"]);
  });

  it("is put in where another is the usual one", () => {
    const config = {
      secrets: { defaults: { env: "mine" }, providers: { mine: { source: "env" } } },
    };
    const { findings, at } = look(config, byRef);
    expect(findings).toMatchObject([{ kind: "secret-provider", accepted: true }]);
    expect(at("secrets", "providers", "default")).toEqual({ source: "env" });
  });

  it.each([
    ["no list", secrets({ source: "env" }), byRef],
    ["a list with the name", secrets({ source: "env", allowlist: ["OPENAI_API_KEY"] }), byRef],
    ["a file", secrets({ source: "file", path: "/x.json" }), byRef],
    ["no reference to it", secrets({ source: "env", allowlist: [] }), {}],
    ["nothing of secrets", {}, byRef],
  ])("is none with %s", (_name, config, choices) => {
    expect(look(config, choices).findings).toEqual([]);
  });
});

describe("an order of profiles with nothing in it", () => {
  it("is taken out, since no variable is tried beside it", () => {
    const { findings, at } = look({ auth: { order: { openai: [], other: ["a:b"] } } });
    expect(findings).toMatchObject([{ kind: "empty-order", accepted: true }]);
    expect(at("auth", "order")).toEqual({ other: ["a:b"] });
  });

  it("stays where the release tries the variable all the same", () => {
    const { era } = eraFor("2026.2.9");
    expect(look({ auth: { order: { openai: [] } } }, {}, { era }).findings).toEqual([]);
  });
});
