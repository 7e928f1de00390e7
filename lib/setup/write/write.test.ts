import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
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
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cutOffStep, unwrap } from "@/lib/files/testing/harness";
import { listTransactions, undoTransaction } from "@/lib/files/transactions";
import { NOTHING_RECOVERED } from "@/lib/files/types";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosenLogin } from "@/lib/setup/testing/machine";
import { recoverHandOver, undoWrite, writePlan } from "@/lib/setup/write/write";

let home: string;
let state: string;

const LISTS_NOTHING =
  'process.stdout.write(JSON.stringify({ defaultModel: "openai/gpt-5.5", auth: { providers: [] } }));';

/** An OpenClaw of the newest row whose `doctor` and `models` do this. */
function install(doctor: string, models = LISTS_NOTHING): NodeJS.ProcessEnv {
  const folder = join(home, "openclaw");
  mkdirSync(folder);
  const about = { name: "openclaw", version: "2026.9.6", bin: { openclaw: "openclaw.mjs" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...about, engines: { node: "*" } }));
  writeFileSync(
    join(folder, "openclaw.mjs"),
    `#!/usr/bin/env node
import fs from "node:fs";
const state = process.env.OPENCLAW_STATE_DIR;
const started = () => fs.writeFileSync(${JSON.stringify(join(home, "started"))}, "");
if (process.argv[2] === "doctor") { ${doctor} }
else { ${models} }
`,
    { mode: 0o755 },
  );
  const path = "/usr/bin:/bin";
  return { HOME: home, PATH: path, OPENCLAW_BIN: join(folder, "openclaw.mjs") } as never;
}

/** Takes the login's file away, rewrites another, and makes a store, as the real one does. */
const HALF = `started();
fs.renameSync(state + "/agents/main/agent/auth-profiles.json", state + "/agents/main/agent/auth-profiles.json.migrated-1");
fs.appendFileSync(state + "/exec-approvals.json", "changed");
fs.mkdirSync(state + "/state", { recursive: true });
fs.writeFileSync(state + "/state/openclaw.sqlite", "half a store");`;
const FOREVER = "setInterval(() => {}, 1000);";

/** Files below the state directory that hold a text. */
function holding(text: string): string[] {
  return readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, "latin1").includes(text));
}

function files(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes(".openclaw-setup")) continue;
    const bytes = readFileSync(path);
    found[path.slice(state.length + 1)] = createHash("sha256").update(bytes).digest("hex");
  }
  return found;
}

async function write(env: NodeJS.ProcessEnv, signal: AbortSignal, importMs?: number) {
  const snapshot = await takeSnapshot(env, null);
  expect(snapshot.version).toBe("2026.9.6");
  const plan = planSetup(snapshot, chosenLogin());
  if (!plan.ok) throw new Error(plan.error.code);
  return writePlan(plan.value, env, signal, importMs);
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-write-"));
  state = join(home, ".openclaw");
  mkdirSync(state, { mode: 0o700 });
  writeFileSync(join(state, "openclaw.json"), "// mine\n{}\n", { mode: 0o600 });
  writeFileSync(join(state, "exec-approvals.json"), "{}", { mode: 0o600 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("a hand-over that does not come about leaves every file as it was", () => {
  it("when OpenClaw's command takes too long", async () => {
    const env = install(`${HALF} ${FOREVER}`);
    const before = files();
    const written = await write(env, new AbortController().signal, 2_000);
    expect(written).toMatchObject({
      ok: false,
      error: { kind: "hand-over", code: "timed-out", left: null },
    });
    expect(readdirSync(home)).toContain("started");
    expect(files()).toEqual(before);
  });

  it("when OpenClaw takes as long to say whether it has it", async () => {
    const env = install(HALF, FOREVER);
    const before = files();
    const written = await write(env, new AbortController().signal, 2_000);
    expect(written).toMatchObject({ ok: false, error: { code: "timed-out", left: null } });
    expect(files()).toEqual(before);
    // Not after a limit of its own, of 90 s.
  }, 60_000);

  it("when it is cancelled midway", async () => {
    const env = install(`${HALF} ${FOREVER}`);
    const before = files();
    const controller = new AbortController();
    const running = write(env, controller.signal);
    await expect.poll(() => readdirSync(home), { timeout: 10_000 }).toContain("started");
    controller.abort();
    expect(await running).toMatchObject({ ok: false, error: { code: "cancelled", left: null } });
    expect(files()).toEqual(before);
  });

  it.each([
    ["ends with an error", `${HALF} console.error("EACCES: permission denied"); process.exit(1);`],
    ["is ended by a signal", `${HALF} process.kill(process.pid, "SIGKILL");`],
  ])("when it %s", async (_name, doctor) => {
    const env = install(doctor);
    const before = files();
    const written = await write(env, new AbortController().signal);
    expect(written).toMatchObject({ ok: false, error: { code: "command-failed", left: null } });
    expect(files()).toEqual(before);
  });

  it("when it ends well and the login is not there", async () => {
    const env = install(HALF);
    const before = files();
    const written = await write(env, new AbortController().signal);
    expect(written).toMatchObject({ ok: false, error: { code: "login-missing", left: null } });
    expect(files()).toEqual(before);
  });
});

/** Stores the login as the real one does, and keeps an order that was told to it. */
const IMPORT = `const file = state + "/agents/main/agent/auth-profiles.json";
const [[id, { expires }]] = Object.entries(JSON.parse(fs.readFileSync(file, "utf8")).profiles);
fs.rmSync(file);
fs.writeFileSync(state + "/stored.json", JSON.stringify([id.replace("openai-codex:", "openai:"), expires]));`;
const MODELS = `if (process.argv[3] === "auth") {
  const [what, ...rest] = process.argv.slice(5);
  const order = rest.slice(rest.indexOf("main") + 1);
  if (what === "set") fs.writeFileSync(state + "/order.json", JSON.stringify(order));
  else process.stdout.write(JSON.stringify({ order: fs.existsSync(state + "/order.json") ? JSON.parse(fs.readFileSync(state + "/order.json", "utf8")) : null }));
}
else {
  const profile = (profileId, expiresAt = null) => ({ profileId, provider: "openai", type: "oauth", status: "ok", expiresAt });
  const profiles = [profile(...JSON.parse(fs.readFileSync(state + "/stored.json", "utf8"))), profile("openai:mine")];
  process.stdout.write(JSON.stringify({ defaultModel: "openai/gpt-5.5", auth: { providers: [{ provider: "openai" }], oauth: { profiles } } }));
}`;

describe("an order that was told to OpenClaw", () => {
  const told = () => JSON.parse(readFileSync(join(state, "order.json"), "utf8"));

  it("has the new login first, and loses only what is not stored any more", async () => {
    const env = install(IMPORT, MODELS);
    writeFileSync(join(state, "order.json"), '["openai:gone","openai:mine"]', { mode: 0o600 });
    const written = await write(env, new AbortController().signal);
    expect(told()).toEqual([expect.stringMatching(/^openai:setup-/u), "openai:mine"]);
    if (!written.ok) throw new Error(written.error.kind);
    expect(await undoWrite(written.value)).toMatchObject({ ok: true });
    expect(told()).toEqual(["openai:gone", "openai:mine"]);
  });

  it("is not made where there is none", async () => {
    const env = install(IMPORT, MODELS);
    expect(await write(env, new AbortController().signal)).toMatchObject({ ok: true });
    expect(readdirSync(state)).not.toContain("order.json");
  });
});

it("is taken back at the next start, as soon as what its command began has let go of the store", async () => {
  const before = files();
  await cutOffStep(state, "write 0123456789ab");
  mkdirSync(join(state, "state"));
  const store = join(state, "state", "openclaw.sqlite");
  writeFileSync(store, "half a store");
  const script = `fs.openSync(${JSON.stringify(store)}, "r"); console.log("open"); setTimeout(() => {}, 300)`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const recovered = await recoverHandOver(state, NOTHING_RECOVERED);
  expect(recovered).toMatchObject({
    ok: true,
    value: { rolledBack: [expect.any(String)], files: [store] },
  });
  expect(files()).toEqual(before);
  // The store may hold the login that was given to it: no copy of it stays behind.
  expect(unwrap(await listTransactions(state))).toEqual([]);
  expect(holding("half a store")).toEqual([]);
});

it("keeps no copy of a login that is known by its place alone", async () => {
  await cutOffStep(state, "write 0123456789ab");
  const profile = {
    type: "oauth",
    provider: "openai",
    access: "Zx9opaque",
    refresh: "Zx9qOpaqueToo",
  };
  const store = JSON.stringify({ profiles: { "openai:x": profile } });
  writeFileSync(join(state, "auth-profiles.json"), store, { mode: 0o600 });
  unwrap(await recoverHandOver(state, NOTHING_RECOVERED));
  expect(holding("Zx9")).toEqual([]);
});

it("keeps what it takes away at the next start where undo finds it, unless it holds a credential", async () => {
  await cutOffStep(state, "write 0123456789ab");
  const note = join(state, "note.json");
  writeFileSync(note, "half a note", { mode: 0o600 });
  unwrap(await recoverHandOver(state, NOTHING_RECOVERED));
  expect(existsSync(note)).toBe(false);
  const [undone] = unwrap(await listTransactions(state));
  unwrap(await undoTransaction(state, undone?.id ?? ""));
  expect(readFileSync(note, "utf8")).toBe("half a note");
});
