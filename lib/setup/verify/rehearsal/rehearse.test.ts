/** A rehearsal with a release that is made up and really asks: each verdict, its end, and that nothing is left. */

import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, KEY, OLD_KEY } from "@/lib/setup/testing/machine";
import { rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import { installFakeRelease } from "@/lib/setup/verify/rehearsal/testing/fake-release";
import { repairsFor, speaksAgainst } from "@/lib/setup/verify/rehearsal/verdict";
import { sweepPrivateFolders } from "@/lib/system/private-folder";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "rehearse-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface Scene {
  readonly wish?: object;
  readonly vars?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly choices?: Partial<ApiKeyChoices>;
  readonly signal?: AbortSignal;
}

async function play({ wish, vars, env = {}, choices, signal }: Scene) {
  const found = installFakeRelease(dir);
  const all = { ...(wish ? { REHEARSAL: JSON.stringify(wish) } : {}), ...vars };
  const file = path.join(dir, "home", ".openclaw", "openclaw.json");
  writeFileSync(file, JSON.stringify({ env: { vars: all } }, null, 2));
  const whole = { ...found, ...env };
  const plan = planSetup(await takeSnapshot(whole, null), chosen(choices));
  if (!plan.ok) throw new Error(plan.error.code);
  const before = readFileSync(file, "utf8");
  const saw = await rehearse(
    plan.value,
    { kind: "key", secret: KEY },
    whole,
    signal ?? new AbortController().signal,
  );
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(readdirSync(path.dirname(file))).toEqual(["openclaw.json"]);
  expect(leftovers()).toEqual([]);
  expect(JSON.stringify(saw)).not.toContain(KEY);
  return { saw, plan: plan.value };
}

const leftovers = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`openclaw-setup-check-${process.pid}-`));

it("says what was seen: the chosen key at OpenAI for the chosen model", async () => {
  const { saw } = await play({});
  expect(saw).toMatchObject({
    kind: "rehearsed",
    credential: "key",
    host: "api.openai.com",
    path: "/v1/responses",
    model: "gpt-5.5",
  });
  expect(speaksAgainst(saw)).toBe(false);
});

it("takes a regional host for OpenAI", async () => {
  const { saw } = await play({ wish: { host: "eu.api.openai.com" } });
  expect(saw).toMatchObject({ kind: "rehearsed", host: "eu.api.openai.com" });
});

it("names the variable whose key would be sent in place of the chosen one", async () => {
  const { saw } = await play({ env: { OPENAI_API_KEY: OLD_KEY } });
  expect(saw).toMatchObject({ kind: "other-credential", host: "api.openai.com" });
  expect(JSON.stringify(saw)).toContain('"name":"OPENAI_API_KEY","file":null');
  expect(JSON.stringify(saw)).not.toContain(OLD_KEY);
});

it("names the place in the config, and the declined repair that takes it away", async () => {
  const vars = { OPENAI_API_KEY: OLD_KEY };
  const id = "second-key-env-vars";
  const { saw, plan } = await play({ vars, choices: { declined: [id] } });
  const origin = { kind: "config", path: "env.vars.OPENAI_API_KEY" };
  expect(saw).toMatchObject({ kind: "other-credential", origins: [origin] });
  expect(repairsFor(saw, plan).map((one) => one.kind)).toEqual([id]);
});

it.each([
  ["other-host", { host: "models.example.net" }, { host: "models.example.net:443" }],
  ["other-host", { host: "chatgpt.com" }, { host: "chatgpt.com" }],
  ["other-model", { model: "gpt-4o" }, { model: "gpt-4o", chosen: "openai/gpt-5.5" }],
  ["unknown-model", { words: "Error: Unknown model: openai/gpt-5.5" }, { model: "openai/gpt-5.5" }],
  ["failed", { words: "Error: out of luck" }, {}],
])("objects: %s %j", async (kind, wish, more) => {
  const { saw } = await play({ wish });
  expect(saw).toMatchObject({ kind, ...more });
  expect(speaksAgainst(saw)).toBe(kind !== "failed");
});

it("says that the runtime is missing where the repair for it was declined", async () => {
  const first = await play({});
  const pins = first.plan.repairs.filter(({ kind }) => kind === "runtime-pin");
  const { saw, plan } = await play({ choices: { declined: pins.map(({ id }) => id) } });
  expect(saw).toMatchObject({ kind: "no-runtime" });
  expect(repairsFor(saw, plan).map(({ kind }) => kind)).toEqual(["runtime-pin"]);
});

it("keeps OpenClaw from everything but the relay", async () => {
  let visits = 0;
  const listener = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  const direct = (listener.address() as AddressInfo).port;
  try {
    const { saw } = await play({ wish: { direct } });
    expect(saw.kind).toBe("rehearsed");
    const named = await play({ wish: { direct, words: "Error: no reply" } });
    expect(named.saw.kind).toBe("failed");
    expect(visits).toBe(0);
  } finally {
    listener.close();
  }
});

it("ends with all it started when it is given up", async () => {
  const controller = new AbortController();
  const playing = play({ wish: { hang: true, child: true }, signal: controller.signal });
  await vi.waitFor(() => expect(fakePids().length).toBeGreaterThan(1), { timeout: 60_000 });
  controller.abort();
  expect((await playing).saw).toMatchObject({ kind: "failed", failure: { code: "cancelled" } });
  await vi.waitFor(() => expect(fakePids()).toEqual([]), { timeout: 20_000 });
});

it("leaves no process and no folder when this program is killed", async () => {
  const program = path.join(dir, "rehearse.mts");
  const env = installFakeRelease(dir);
  mkdirSync(path.join(dir, "home", ".openclaw"), { recursive: true });
  const vars = { REHEARSAL: JSON.stringify({ hang: true, child: true }) };
  writeFileSync(
    path.join(dir, "home", ".openclaw", "openclaw.json"),
    JSON.stringify({ env: { vars } }),
  );
  writeFileSync(
    program,
    `import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, KEY } from "@/lib/setup/testing/machine";
import { rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
const env = ${JSON.stringify(env)};
const plan = planSetup(await takeSnapshot(env, null), chosen());
if (plan.ok) await rehearse(plan.value, { kind: "key", secret: KEY }, env, new AbortController().signal);
`,
  );
  const { build } = await import("esbuild");
  const outfile = path.join(dir, "rehearse.mjs");
  await build({
    entryPoints: [program],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    alias: { "@": process.cwd() },
    nodePaths: [path.join(process.cwd(), "node_modules")],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const child = spawn(process.execPath, [outfile], { stdio: "ignore" });
  await vi.waitFor(() => expect(fakePids().length).toBeGreaterThan(1), { timeout: 60_000 });
  const folders = () =>
    readdirSync(tmpdir()).filter((name) => name.startsWith(`openclaw-setup-check-${child.pid}-`));
  expect(folders()).toHaveLength(1);
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGKILL");
  await ended;
  await vi.waitFor(() => expect(fakePids()).toEqual([]), { timeout: 20_000 });
  await sweepPrivateFolders();
  expect(folders()).toEqual([]);
});

/** Processes of the release made up here, and their children: by their environment. */
function fakePids(): string[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc").filter((pid) => {
    try {
      const env = readFileSync(`/proc/${pid}/environ`, "utf8");
      return env.includes("OPENCLAW_SETUP_NOTED=") && env.includes(`OPENCLAW_BIN=${dir}/`);
    } catch {
      return false;
    }
  });
}
