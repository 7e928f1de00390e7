import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, KEY, TOKEN } from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";
import { forbids, questionOf, runPreflight } from "@/lib/setup/verify/preflight";

/**
 * A release made up for this: it refuses what is named in `REFUSED`, wherever it stands, and makes a
 * database where it looks, as the real ones do.
 */
const REFUSED = {
  "env: { OPENAI_API_KEY": { path: "env", message: "stops at this one" },
  turbo: { path: "<root>", message: 'Unrecognized key: "turbo"' },
  "openai/refused": { path: "agents.defaults.model.primary", message: "no such model" },
  "ownerDisplay: 'raw', useAccessGroups": {
    path: "commands",
    message: 'Unrecognized keys: "ownerDisplay", "useAccessGroups"',
  },
  "commands: { ownerDisplay: 'raw' }": {
    path: "commands",
    message: 'Unrecognized key: "ownerDisplay"',
  },
  // 2026.8.1 and 2026.9.6 speak of an agent of the list by its id.
  "openai/gone-for-work": { path: "agents.entries.work.model", message: "no such model" },
  "openai/gone-for-home": { path: "agents.list[0].model", message: "no such model" },
  "old-channel": { path: "channels.old-channel", message: "unknown channel id" },
};
const Run = z.object({
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  files: z.record(z.string(), z.string()),
});

let dir: string;
let state: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "judge-"));
  state = path.join(dir, "home", ".openclaw");
  mkdirSync(state, { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(state, name)), { recursive: true });
  writeFileSync(path.join(state, name), text);
};

function install(version = "2026.9.6"): Record<string, string> {
  const home = path.join(dir, "openclaw");
  mkdirSync(home);
  const about = {
    name: "openclaw",
    version,
    bin: { openclaw: "openclaw.mjs" },
    engines: { node: ">=20" },
  };
  writeFileSync(path.join(home, "package.json"), JSON.stringify(about));
  writeFileSync(
    path.join(home, "openclaw.mjs"),
    `import fs from "node:fs";
import path from "node:path";
const { OPENCLAW_CONFIG_PATH: config, OPENCLAW_STATE_DIR: state } = process.env;
fs.mkdirSync(path.join(state, "state"));
const dir = path.dirname(config);
const files = {};
for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name);
  if (entry.isFile()) files[path.relative(dir, file)] = fs.readFileSync(file, "utf8");
}
const run = { args: process.argv.slice(2), env: process.env, files };
fs.appendFileSync(${JSON.stringify(path.join(dir, "runs"))}, JSON.stringify(run) + "\\n");
const all = Object.values(files).join("\\n");
const refused = ${JSON.stringify(REFUSED)};
const found = Object.entries(refused).filter(([word]) => all.includes(word)).map(([, issue]) => issue);
const first = found.findIndex(({ message }) => message.startsWith("stops"));
const issues = first === -1 ? found : [found[first]];
console.log(JSON.stringify({ valid: issues.length === 0, path: config, issues }));
process.exitCode = issues.length === 0 ? 0 : 1;
`,
  );
  return {
    HOME: path.join(dir, "home"),
    PATH: path.dirname(process.execPath),
    OPENCLAW_BIN: path.join(home, "openclaw.mjs"),
  };
}

const runs = () =>
  readFileSync(path.join(dir, "runs"), "utf8")
    .trim()
    .split("\n")
    .map((line) => Run.parse(JSON.parse(line)));

async function planFor(
  env: Record<string, string>,
  choices: Partial<ApiKeyChoices> = {},
): Promise<Plan> {
  const plan = planSetup(await takeSnapshot(env, null), chosen(choices));
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

const never = new AbortController().signal;

describe("the installed OpenClaw over the planned files", () => {
  it("sees a copy of all of them, in a home of its own, without the new secrets", async () => {
    const env = install();
    put(
      "openclaw.json",
      `{ agents: { $include: './more/agents.json5' }, a: '\${${"NAMED"}}' } // mine`,
    );
    put("more/agents.json5", "{ defaults: { model: 'openai/gpt-5.2' } }");
    put(".env", "NAMED=from-dotenv\nOTHER=not-named\n");
    const before = readdirSync(state, { recursive: true }).sort();
    const plan = await planFor(env, { keyForm: "env-vars" });
    expect(await runPreflight(plan, env, never)).toEqual({ kind: "accepted" });
    const [run, ...more] = runs();
    expect(more).toEqual([]);
    expect(run?.args).toEqual(["config", "validate", "--json"]);
    expect(Object.keys(run?.files ?? {}).sort()).toEqual([
      path.join("more", "agents.json5"),
      "openclaw.json",
    ]);
    const texts = JSON.stringify(run);
    expect(run?.files["openclaw.json"]).toContain("// mine");
    expect(run?.files[path.join("more", "agents.json5")]).toContain("openai/gpt-5.5");
    expect(texts).not.toContain(KEY);
    expect(texts).not.toContain(TOKEN);
    expect(run?.env).toMatchObject({ NAMED: "from-dotenv", OPENCLAW_HOME: env["HOME"] });
    expect(run?.env).not.toHaveProperty("OTHER");
    for (const name of ["HOME", "OPENCLAW_STATE_DIR", "OPENCLAW_CONFIG_PATH"]) {
      expect(run?.env[name]).toContain("openclaw-setup-check-");
    }
    expect(readdirSync(state, { recursive: true }).sort()).toEqual(before);
    expect(existsSync(run?.env["HOME"] ?? "")).toBe(false);
  });

  it("objects to what the change brings, and then it must not be written", async () => {
    const env = install();
    put("openclaw.json", "{ agents: { defaults: { model: 'openai/gpt-5.2' } } }");
    const preflight = await runPreflight(
      await planFor(env, { model: "openai/refused" }),
      env,
      never,
    );
    expect(preflight).toEqual({ kind: "objects", ours: [REFUSED["openai/refused"]], others: [] });
    expect(forbids(preflight)).toBe(true);
    expect(runs()).toHaveLength(2);
  });

  it("names what was wrong before, which keeps nobody from writing", async () => {
    const env = install();
    put("openclaw.json", "{ turbo: 1, channels: { 'old-channel': {} } }");
    const preflight = await runPreflight(await planFor(env), env, never);
    expect(preflight).toEqual({
      kind: "objects",
      ours: [],
      others: [REFUSED.turbo, REFUSED["old-channel"]],
    });
    expect(forbids(preflight)).toBe(false);
  });

  it("does not take for ours what a first complaint had hidden", async () => {
    const env = install();
    put(
      "openclaw.json",
      "{ env: { OPENAI_API_KEY: 'sk-old-0123456789abcdef' }, channels: { 'old-channel': {} } }",
    );
    const preflight = await runPreflight(await planFor(env), env, never);
    expect(preflight).toEqual({ kind: "objects", ours: [], others: [REFUSED["old-channel"]] });
    expect(forbids(preflight)).toBe(false);
  });

  it("does not take for ours what is left of several keys when one is declined", async () => {
    const env = install();
    put("openclaw.json", "{ commands: { ownerDisplay: 'raw', useAccessGroups: true } }");
    const declined = ["retired-key:commands.ownerDisplay"];
    const preflight = await runPreflight(await planFor(env, { declined }), env, never);
    expect(preflight).toEqual({
      kind: "objects",
      ours: [],
      others: [REFUSED["commands: { ownerDisplay: 'raw' }"]],
    });
    expect(forbids(preflight)).toBe(false);
  });

  it.each([
    ["gone-for-work", "agents.list", [{ id: "home" }, { id: "Work", model: "openai/gpt-4-old" }]],
    ["gone-for-home", "agents.entries", { home: { model: "openai/gpt-4-old" } }],
    ["gone-for-home", "agents.list", [{ id: "home", model: "openai/gpt-4-old" }]],
  ])("knows an agent of ours in either spelling: %s in %s", async (name, place, agents) => {
    const [, kind = ""] = place.split(".");
    put("openclaw.json", JSON.stringify({ agents: { [kind]: agents } }));
    const env = install();
    const plan = await planFor(env);
    const index = Array.isArray(agents) ? agents.findIndex((one) => "model" in one) : "home";
    const after = JSON.stringify({ agents: { [kind]: agents } }).replace(
      "openai/gpt-4-old",
      `openai/${name}`,
    );
    const changed: Plan = {
      ...plan,
      edited: [["agents", kind, index, "model"]],
      config: { ...plan.config, after, value: JSON.parse(after) },
    };
    const preflight = await runPreflight(changed, env, AbortSignal.timeout(20_000));
    expect(preflight).toMatchObject({ kind: "objects", ours: [{ message: "no such model" }] });
    const other: Plan = { ...changed, edited: [["agents", kind, "nobody", "model"]] };
    expect(await runPreflight(other, env, AbortSignal.timeout(20_000))).toMatchObject({ ours: [] });
  });

  it("is given one file where an include leads out of the copy", async () => {
    const env = install();
    put("openclaw.json", JSON.stringify({ channels: { $include: path.join(state, "c") } }));
    put("c", "{ telegram: {} }");
    await runPreflight(await planFor(env), env, never);
    expect(Object.keys(runs()[0]?.files ?? {})).toEqual(["openclaw.json"]);
    expect(runs()[0]?.files["openclaw.json"]).toContain("telegram");
  });
});

it("says where there is nobody to ask", async () => {
  const env = { HOME: path.join(dir, "home"), PATH: path.join(dir, "nowhere") };
  expect(await runPreflight(await planFor(env), env, never)).toEqual({ kind: "not-installed" });
  const old = install("2026.2.9");
  expect(await runPreflight(await planFor(old), old, never)).toEqual({ kind: "no-command" });
});

it("removes the copy that a program left which was killed, and no other's", async () => {
  const env = install();
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const [left, used] = [dead, process.ppid].map((pid) =>
    mkdtempSync(path.join(tmpdir(), `openclaw-setup-check-${pid}-`)),
  );
  try {
    await runPreflight(await planFor(env), env, never);
    expect([left, used].map((one) => existsSync(one ?? ""))).toEqual([false, true]);
  } finally {
    rmSync(used ?? "", { recursive: true, force: true });
  }
});

it("can be given up", async () => {
  const env = install();
  const preflight = await runPreflight(await planFor(env), env, AbortSignal.abort());
  expect(preflight).toMatchObject({ kind: "failed", failure: { code: "cancelled" } });
  expect(forbids(preflight)).toBe(false);
});

it("is asked again for another plan or release, and not for the same", async () => {
  const env = install();
  const plan = await planFor(env);
  expect(questionOf(await planFor(env))).toBe(questionOf(plan));
  expect(questionOf(await planFor(env, { keyForm: "env-vars" }))).not.toBe(questionOf(plan));
  const newer = { ...plan, snapshot: { ...plan.snapshot, version: "2026.9.7" } };
  expect(questionOf(newer)).not.toBe(questionOf(plan));
});
