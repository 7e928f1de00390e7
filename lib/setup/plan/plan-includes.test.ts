/** Configs spread over files by `$include`: each change goes to the file that holds its place. */

import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { planSetup } from "@/lib/setup/plan/plan";
import { previewOf } from "@/lib/setup/review/preview";
import { chosen, type Found, KEY, machine, OLD_KEY, planned } from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";
import { Tape } from "@/lib/text/json5/testing/document.arbitrary";

const GATEWAY = `{
  mode: 'local', bind: 'loopback', // never lan
  auth: { mode: "token", token: "made-up-made-up-made-up" },
}
`;
const textOf = (bytes: Uint8Array | null | undefined) =>
  bytes ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) : null;

function texts(plan: Plan): Record<string, string | null> {
  return Object.fromEntries(
    plan.files
      .filter(({ role }) => role !== "dotenv")
      .map(({ path, after }) => [path.replace("/home/ada/.openclaw/", ""), textOf(after)]),
  );
}

function refusal(found: Found) {
  const plan = planSetup(machine(found), chosen({ declined: ["gateway-defaults"] }));
  return plan.ok ? null : plan.error;
}

describe("the agents in a file of their own", () => {
  const found = {
    config: "{ agents: { $include: './agents.json5' }, gateway: { $include: 'gateway.json5' } }",
    included: {
      "agents.json5": "\uFEFF// ours\r\n{ defaults: { model: 'openai/gpt-5.2' /* old */ } }\r\n",
      "gateway.json5": GATEWAY,
    },
  };

  it("are edited there and nowhere else", () => {
    const plan = planned(found, { declined: ["runtime-pin"] });
    expect(texts(plan)).toEqual({
      "agents.json5": found.included["agents.json5"].replace("openai/gpt-5.2", "openai/gpt-5.5"),
    });
    expect(plan.files.map(({ role, path }) => [role, path.split("/").at(-1)])).toEqual([
      ["dotenv", ".env"],
      ["included", "agents.json5"],
    ]);
    expect(plan.config.after).toBe(found.config);
    expect(plan.config.value).toMatchObject({
      agents: { defaults: { model: "openai/gpt-5.5" } },
      gateway: { bind: "loopback" },
    });
  });

  it("are shown with their own diff, secrets masked in files that do not change too", () => {
    const preview = previewOf(planned(found, { declined: ["runtime-pin"] }));
    expect(preview.files.map(({ path, mode }) => [path, mode])).toEqual([
      ["~/.openclaw/.env", "0600"],
      ["~/.openclaw/agents.json5", "0600"],
    ]);
    expect(preview.included.map(({ path }) => path)).toEqual([
      "~/.openclaw/agents.json5",
      "~/.openclaw/gateway.json5",
    ]);
    expect(JSON.stringify(preview)).not.toContain("made-up-made-up");
  });

  it("change the digest when they change", () => {
    const other = { ...found, included: { ...found.included, "agents.json5": "{}" } };
    expect(planned(other).digest).not.toBe(planned(found).digest);
  });
});

it("hides a secret that another file overrides", () => {
  const preview = previewOf(
    planned({
      config: "{ $include: ['a', 'b'] }",
      included: { a: `{ talk: { apiKey: "${OLD_KEY}" } }`, b: "{ talk: { apiKey: 'x' } }" },
    }),
  );
  expect(JSON.stringify(preview)).not.toContain(OLD_KEY);
});

it("repairs inside an included file, and an agent's own model there", () => {
  const plan = planned(
    {
      config: "{ env: { $include: 'env' }, agents: { list: [{ $include: 'ops' }] } }",
      included: { env: "{ /* mine */ FOO_KEY: 'v' }", ops: "{ id: 'ops', model: 'x/y' } // own" },
    },
    { accepted: ["agent-model:ops"] },
  );
  const { env = "", ops = "" } = texts(plan);
  expect(JSON5.parse(env ?? "")).toEqual({ vars: { FOO_KEY: "v" } });
  expect(env).toContain("/* mine */");
  expect(ops).toBe("{ id: 'ops', model: 'openai/gpt-5.5' } // own");
});

it("names a repair that no file is the place for, and does the rest", () => {
  const plan = planned({
    config: "{ agents: { $include: ['a', 'b'] } }",
    included: {
      a: "{ list: [{ id: 'ops', model: 'openai/gpt-5.2' }] }",
      b: "{ list: [{ id: 'mail' }] }",
    },
  });
  expect(plan.repairs.find(({ id }) => id === "agent-model:ops")).toMatchObject({
    accepted: false,
    blocked: { code: "include", reason: "joined-list" },
  });
  expect(plan.config.value).toMatchObject({
    agents: {
      defaults: { model: { primary: "openai/gpt-5.5" } },
      list: [{ id: "ops", model: "openai/gpt-5.2" }, { id: "mail" }],
    },
  });
  const blocked = plan.repairs.filter((repair) => repair.blocked);
  expect(blocked.map(({ id }) => id)).toEqual(["agent-marker", "agent-model:ops"]);
});

describe("what cannot be planned", () => {
  it.each([
    [
      "a file that is missing",
      { config: "{ $include: './no.json5' }" },
      { code: "include-missing", include: "./no.json5" },
    ],
    [
      "a file outside",
      { config: "{ $include: '/etc/x' }" },
      { code: "include-outside", include: "/etc/x" },
    ],
    [
      "a circle",
      { config: "{ $include: 'a' }", included: { a: "{ b: { $include: 'openclaw.json' } }" } },
      { code: "include-circular", path: "/home/ada/.openclaw/a" },
    ],
    [
      "an included file that is no JSON5",
      { config: "{ $include: 'a' }", included: { a: "{\n b: `x` }" } },
      {
        code: "config-unparsable",
        path: "/home/ada/.openclaw/a",
        error: { code: "template-literal", line: 2 },
      },
    ],
    [
      "one file in two places",
      {
        config: "{ agents: { $include: 's' }, other: { $include: 's' } }",
        included: { s: "{ defaults: { model: 'openai/gpt-5.2' } }" },
      },
      {
        code: "edit-refused",
        path: "/home/ada/.openclaw/s",
        refusal: { code: "include", reason: "merged" },
      },
    ],
  ])("%s", (_, found, expected) => {
    expect(refusal(found)).toMatchObject(expected);
  });

  it("one file under two names", () => {
    const snapshot = machine({
      config: "{ agents: { $include: 'a' }, other: { $include: 'b' } }",
      included: { a: "{}", b: "{}" },
    });
    const realPaths = new Map(
      ["a", "b"].map((name) => [`/home/ada/.openclaw/${name}`, "/home/ada/.openclaw/a"]),
    );
    const included = { ...snapshot.included, realPaths };
    const plan = planSetup({ ...snapshot, included }, chosen());
    expect(plan.ok ? null : plan.error).toMatchObject({
      code: "edit-refused",
      refusal: { code: "include", reason: "one-file-twice" },
    });
  });
});

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 400);

it(`means the same as in one file, in each of ${RUNS} ways of spreading it`, {
  timeout: 60_000 + RUNS * 30,
}, () => {
  let spread = 0;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200, size: "max" }), (bytes) => {
      const tape = new Tape(bytes);
      const eol = tape.pick(["\n", "\r\n"]);
      const sections = SECTIONS.map(([name, ...variants]) => {
        const text = tape.pick(variants as unknown as [string, ...string[]]);
        return { name, text: text.replaceAll("\n", eol) };
      }).filter(() => !tape.oneIn(5));
      const included: Record<string, string> = {};
      const whole: string[] = [];
      const listed: string[] = [];
      const main: string[] = [];
      for (const { name, text } of sections) {
        whole.push(`  ${name}: ${text},`);
        const way = tape.below(4);
        if (way === 0) main.push(`  ${name}: ${text}, // own`);
        if (way === 1) {
          included[`${name}.json5`] = `// ${name}${eol}${text}${eol}`;
          main.push(`  ${name}: { $include: "./${name}.json5" },`);
        }
        if (way === 2) {
          included[`${name}.json5`] = `{ "$include": "deep/${name}" } // on`;
          included[`deep/${name}`] = `\uFEFF${text}`;
          main.push(`  ${name}: { $include: "${name}.json5" },`);
        }
        if (way === 3) {
          included[`all-${name}.json`] = `{${eol}  ${name}: ${text}${eol}}`;
          listed.push(`"all-${name}.json"`);
        }
      }
      const head = listed.length > 0 ? [`  $include: [${listed.join(", ")}],`] : [];
      const config = ["// mine", "{", ...head, ...main, "}", ""].join(eol);
      const plan = planned({ config, included });
      const alone = planned({ config: ["{", ...whole, "}"].join(eol) });
      expect(plan.config.value).toEqual(alone.config.value);
      expect(plan.repairs.map(({ id, accepted }) => [id, accepted])).toEqual(
        alone.repairs.map(({ id, accepted }) => [id, accepted]),
      );
      const before: Record<string, string> = { ...included, "openclaw.json": config };
      for (const [name, after] of Object.entries(texts(plan))) {
        expectOthersKept(before[name] ?? "", after ?? "");
        if (name !== "openclaw.json") spread += 1;
      }
      const second = planned({
        config: texts(plan)["openclaw.json"] ?? config,
        included: { ...included, ...(texts(plan) as Record<string, string>) },
        dotenv: `OPENAI_API_KEY=${KEY}\n`,
      });
      expect(second.files).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(spread).toBeGreaterThan(RUNS / 2);
});

const SECTIONS: ReadonlyArray<readonly [string, string, ...string[]]> = [
  [
    "agents",
    "{ defaults: { model: 'openai/gpt-5.2' /* was */ } }",
    "{\n    // three of them\n    defaults: {\n      model: {\n        primary: 'anthropic/claude-x', // good\n        fallbacks: ['ollama/llama3'],\n      },\n      models: { 'anthropic/claude-x': {} },\n    },\n    list: [\n      { id: 'ops', model: 'openai/gpt-5.2' }, // retired\n      { id: 'mail' },\n    ],\n  }",
    "{}",
  ],
  ["gateway", "{ mode: 'local' }", GATEWAY.trim(), "{\n    // empty\n  }"],
  [
    "env",
    "{ vars: { A_KEY: 'v' } }",
    "{\n    FLAT_KEY: 'moves', // of another\n    vars: { OPENAI_API_KEY: 'sk-another-0123456789' },\n  }",
  ],
  ["channels", "{ telegram: { enabled: true } /* all */ }", "{\n    // none yet\n  }"],
  ["models", "{ mode: 'merge', providers: {} }"],
];

/** Lines that hold nothing of what the plan sets or repairs are there as they were, in order. */
function expectOthersKept(before: string, after: string): void {
  const ours = /model|primary|fallbacks|defaults|KEY|mode|gateway|agents|env|^[{}]?\s*[{}]/u;
  // Something may come after what was the last entry.
  const bare = (line: string) => line.replace(/,$/u, "");
  const lines = after.split(/\r?\n/u).map(bare);
  let at = 0;
  for (const line of before.split(/\r?\n/u).filter((one) => !ours.test(one))) {
    const found = lines.indexOf(bare(line), at);
    expect(found, line).toBeGreaterThanOrEqual(at);
    at = found + 1;
  }
  for (const note of before.match(/\/\/[^\n\r]*|\/\*.*?\*\//gu) ?? []) {
    if (!/of another/u.test(note)) expect(after).toContain(note);
  }
  expect(after.startsWith("\uFEFF")).toBe(before.startsWith("\uFEFF"));
}

it("names the $include that leads to a file which is no JSON5", () => {
  const plan = planSetup(
    machine({
      config: '{ agents: { "$include": "./agents.md" } }',
      included: { "agents.md": "# Agents\n\nBe kind.\n" },
    }),
    chosen(),
  );
  expect(plan.ok ? null : plan.error).toMatchObject({
    code: "config-unparsable",
    path: "/home/ada/.openclaw/agents.md",
    by: { file: "/home/ada/.openclaw/openclaw.json", include: "./agents.md" },
  });
});

it("says that agents are a list where they are", () => {
  const plan = planSetup(machine({ config: { agents: [{ id: "main" }] } }), chosen());
  expect(plan.ok ? null : plan.error).toMatchObject({
    code: "edit-refused",
    refusal: { code: "parent-not-object", path: ["agents"], detail: "an array" },
  });
});
