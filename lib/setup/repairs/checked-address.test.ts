import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import {
  chosenLogin,
  type Found,
  KEY,
  machine,
  planned,
  written,
} from "@/lib/setup/testing/machine";
import type { RepairKind } from "@/lib/setup/types";
import { valueAt } from "@/lib/text/json5/value";

const EU = "https://eu.api.openai.com/v1";
const OPENAI = "https://api.openai.com/v1";
const PROXY = "https://proxy.example.com/v1";
const provider = (entry: object) => ({ models: { providers: { openai: entry } } });
const KINDS: readonly RepairKind[] = [
  "checked-address",
  "led-address",
  "other-address",
  "account-variable",
];

function look(found: Found, choices: Partial<ApiKeyChoices> = {}) {
  const plan = planned(found, choices);
  const config = plan.config.value as {
    models?: { providers?: { openai?: { baseUrl?: string } } };
  };
  return {
    findings: plan.repairs.filter(({ kind }) => KINDS.includes(kind)),
    baseUrl: config.models?.providers?.openai?.baseUrl,
    dotenv: written(plan, "dotenv"),
    config: plan.config.value,
  };
}

describe("the region of a key", () => {
  it.each([
    ["2026.2.9", {}],
    ["2026.5.12", {}],
    ["2026.7.1", {}],
    ["2026.9.6", {}],
    ["2026.9.6", provider({ models: [] })],
  ])("is written down where nothing names it (%s)", (release, config) => {
    const { era } = eraFor(release);
    const { findings, baseUrl } = look({ config, era, checkedAt: EU });
    expect(findings).toMatchObject([
      {
        kind: "checked-address",
        accepted: true,
        important: true,
        data: { to: "eu.api.openai.com" },
      },
    ]);
    expect(baseUrl).toBe(EU);
    const declined = look({ config, era, checkedAt: EU }, { declined: ["checked-address"] });
    expect(declined.baseUrl).not.toBe(EU);
  });

  it("is kept in a config that names it, checked there or at OpenAI's own", () => {
    for (const checkedAt of [EU, undefined]) {
      const found = { config: provider({ baseUrl: EU }), ...(checkedAt ? { checkedAt } : {}) };
      expect(look(found)).toMatchObject({ findings: [], baseUrl: EU });
    }
    const us = look({ config: provider({ baseUrl: "https://us.api.openai.com/v1" }) });
    expect(us).toMatchObject({ findings: [], baseUrl: "https://us.api.openai.com/v1" });
  });

  it("is kept in the variable that a release follows", () => {
    const dotenv = `OPENAI_BASE_URL=${EU}\n`;
    expect(look({ dotenv, checkedAt: EU }).findings).toEqual([]);
    expect(look({ dotenv }).findings).toEqual([]);
  });

  it.each([
    ["OpenAI's own address", OPENAI, "api.openai.com"],
    ["another region's", "https://us.api.openai.com/v1", "us.api.openai.com"],
    ["a proxy's", PROXY, "proxy.example.com"],
  ])("replaces %s, and is named as what it leads to", (_name, baseUrl, host) => {
    const found = look({ config: provider({ baseUrl }), checkedAt: EU });
    expect(found.findings).toMatchObject([
      { kind: "led-address", accepted: true, data: { host, to: "eu.api.openai.com" } },
    ]);
    expect(found.baseUrl).toBe(EU);
  });

  it("looks like one only under openai.com", () => {
    const baseUrl = "https://eu.api.openai.com.evil.example/v1";
    expect(look({ config: provider({ baseUrl }) })).toMatchObject({
      findings: [{ kind: "other-address" }],
      baseUrl: OPENAI,
    });
  });
});

it.each([
  [EU, EU],
  [PROXY, PROXY],
  ["http://127.0.0.1:4000/v1", OPENAI],
])(
  "a key behind a login, with an entry of its own, is sent to where it was checked: %s",
  (checkedAt, to) => {
    const { era } = eraFor("2026.7.1");
    const plan = planSetup(machine({ era, checkedAt }), chosenLogin({ apiKey: KEY }));
    const config = plan.ok ? plan.value.config.value : {};
    expect(valueAt(config, ["models", "providers", "openai-setup-key", "baseUrl"])).toBe(to);
  },
);

describe("the address of a proxy where the key was checked", () => {
  it("is written down unless declined", () => {
    expect(look({ checkedAt: PROXY })).toMatchObject({
      findings: [{ kind: "checked-address", accepted: true, data: { to: "proxy.example.com" } }],
      baseUrl: PROXY,
    });
  });

  it("is offered and no more where it is on this machine", () => {
    const checkedAt = "http://127.0.0.1:4000/v1";
    const offered = look({ checkedAt });
    expect(offered.findings).toMatchObject([{ kind: "checked-address", accepted: false }]);
    expect(offered.baseUrl).toBeUndefined();
    expect(look({ checkedAt }, { accepted: ["checked-address"] }).baseUrl).toBe(checkedAt);
  });

  it("names where it leads", () => {
    const { findings } = look({
      config: provider({ baseUrl: EU.replace("https", "https") }),
      checkedAt: PROXY,
    });
    expect(findings).toEqual([]);
    const other = look({ config: provider({ baseUrl: "https://x.example/v1" }), checkedAt: PROXY });
    expect(other.findings).toMatchObject([
      { kind: "led-address", data: { to: "proxy.example.com" } },
    ]);
  });
});

describe("an organization or project that does not fit the key", () => {
  const dotenv = "# mine\nOPENAI_ORG_ID=org-old\nOTHER=1\n";
  const config = { env: { vars: { OPENAI_PROJECT_ID: "proj_old", KEEP: "1" } } };
  const unfitVariables = ["OPENAI_ORG_ID", "OPENAI_PROJECT_ID"];

  it("is taken out of the files that have it", () => {
    const found = look({ dotenv, config, unfitVariables });
    expect(found.findings).toMatchObject([
      { id: "account-variable:OPENAI_ORG_ID", accepted: true },
      { id: "account-variable:OPENAI_PROJECT_ID", accepted: true },
    ]);
    expect(found.dotenv).toContain("# mine\nOTHER=1\n");
    expect(found.dotenv).not.toContain("OPENAI_ORG_ID");
    expect(found.config).toMatchObject({ env: { vars: { KEEP: "1" } } });
    expect(JSON.stringify(found.config)).not.toContain("proj_old");
  });

  it("stays where that is declined, where it fits, and where it is not in a file", () => {
    const declined = ["account-variable:OPENAI_ORG_ID"];
    expect(look({ dotenv, unfitVariables }, { declined }).dotenv).toContain(
      "OPENAI_ORG_ID=org-old",
    );
    expect(look({ dotenv }).findings).toEqual([]);
    expect(look({ unfitVariables }).findings).toEqual([]);
  });
});

it.each([
  ["2026.3.13", undefined],
  ["2026.4.15", true],
  ["2026.5.7", undefined],
])("a server on this machine is allowed where %s would send it nothing", (release, expected) => {
  const checkedAt = "http://127.0.0.1:4000/v1";
  const { era } = eraFor(release);
  const { config } = look({ era, checkedAt }, { accepted: ["checked-address"] });
  const entry = ["models", "providers", "openai"];
  expect(valueAt(config, [...entry, "request", "allowPrivateNetwork"])).toBe(expected);
  expect(valueAt(config, [...entry, "baseUrl"])).toBe(checkedAt);
});
