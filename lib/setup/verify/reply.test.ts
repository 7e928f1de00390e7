import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerOf, fakeCli } from "@/lib/openclaw/command/testing/fake-cli";
import { type StandIn, startStandIn } from "@/lib/openclaw/gateway/testing/stand-in";
import { requestReply } from "@/lib/setup/verify/reply";
import type { Chosen } from "@/lib/setup/verify/reply-differences";

let home: string;
let gateway: StandIn | null = null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-reply-"));
  mkdirSync(join(home, ".openclaw"), { mode: 0o700 });
});
afterEach(async () => {
  rmSync(home, { recursive: true, force: true });
  await gateway?.end();
  gateway = null;
});

/** A gateway of this home that says how long it has run. */
async function startGateway(uptimeMs = 0): Promise<void> {
  await gateway?.end();
  gateway = await startStandIn({
    env: { HOME: home },
    body: JSON.stringify({ ok: true, uptimeMs }),
  });
}

const CHOSEN: Chosen = {
  model: "openai/gpt-5.5",
  behind: null,
  credential: { kind: "key", tail: "1a2b" },
  host: null,
  writtenAt: Date.now(),
};

/** The reply of an installed release that answers with this, and how it was asked. */
async function ask(name: string, config: object = {}, chosen = CHOSEN) {
  const [release = "", of = ""] = name.includes(" ") ? name.split(" ") : ["2026.9.6", name];
  const cli = fakeCli(join(home, "openclaw"), answerOf(release, of), release);
  writeFileSync(join(home, ".openclaw", "openclaw.json"), JSON.stringify(config));
  const env = {
    HOME: home,
    PATH: "/usr/bin:/bin",
    OPENCLAW_BIN: cli.script,
    OPENCLAW_GATEWAY_PORT: String(gateway?.port ?? 9),
  };
  const reply = await requestReply(env, null, [], new AbortController().signal, chosen);
  return { reply, asked: reply.kind === "remote" ? [] : cli.seen().argv };
}

it("asks in a process of its own where no gateway runs", async () => {
  const { reply, asked } = await ask("turn-ok");
  expect(reply).toMatchObject({ kind: "replied", by: "local", isOlder: false, differences: [] });
  expect(asked).toContain("--local");
});

it("asks through the gateway that runs, and says whether it has read the change", async () => {
  await startGateway(3_600_000);
  const { reply, asked } = await ask("turn-ok");
  expect(asked).not.toContain("--local");
  expect(reply).toMatchObject({ kind: "replied", by: "gateway", isOlder: true });
  await startGateway();
  const since = await ask("turn-ok", {}, { ...CHOSEN, writtenAt: Date.now() - 60_000 });
  expect(since.reply).toMatchObject({ by: "gateway", gatewaySaid: null, isOlder: false });
});

it("does not call it the gateway's answer where 2026.4.15 asked by itself after all", async () => {
  await startGateway();
  const { reply, asked } = await ask("2026.4.15 turn-beside-gateway");
  expect(asked).not.toContain("--local");
  expect(reply).toMatchObject({ kind: "replied", by: "local", text: "pong" });
  expect(reply).toMatchObject({
    gatewaySaid: expect.stringMatching(/^gateway closed .*: unauthorized: gateway token mismatch/u),
  });
});

it("asks again through a gateway that only the release knows of", async () => {
  const { reply, asked } = await ask("turn-gateway-running");
  expect(asked).not.toContain("--local");
  expect(reply).toMatchObject({ kind: "failed", by: "gateway" });
});

it("asks nobody where the gateway is another machine's", async () => {
  const config = { gateway: { mode: "remote", remote: { url: "wss://me:secret@box:18789" } } };
  expect((await ask("turn-ok", config)).reply).toEqual({ kind: "remote", host: "box:18789" });
});

it("names the fallback that answered in place of what was chosen, as 2026.9.6 tells it", async () => {
  const { reply } = await ask("turn-fallback");
  expect(reply).toMatchObject({
    kind: "replied",
    model: "myproxy/foo",
    differences: [
      { what: "model", answered: "myproxy/foo", why: { kind: "fallback", code: "no-credit" } },
    ],
  });
});

it("names the conversation that is pinned to another model", async () => {
  const pin = { providerOverride: "myproxy", modelOverride: "foo" };
  const folder = join(home, ".openclaw", "agents", "main", "sessions");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sessions.json"), JSON.stringify({ "agent:main:main": pin }));
  for (const name of ["2026.7.1 turn-pinned", "2026.9.6 turn-pinned"]) {
    expect((await ask(name)).reply).toMatchObject({
      differences: [{ what: "model", answered: "myproxy/foo", why: { kind: "pinned" } }],
    });
  }
});

it("finds in the log of 2026.7.1 that a fallback answered, which its answer does not say", async () => {
  expect((await ask("2026.7.1 turn-fallback")).reply).toMatchObject({
    differences: [
      { what: "model", answered: "myproxy/foo", why: { kind: "fallback", code: "rate-limited" } },
    ],
  });
});

it("does not take a profile of a login for the key that was chosen", async () => {
  const login = { kind: "login", account: null } as const;
  const { reply } = await ask("turn-ok", {}, { ...CHOSEN, credential: login });
  expect(reply).toMatchObject({ differences: [{ what: "credential" }] });
});

it("asks the model alone where that is enough, in a way that the release has", async () => {
  const cli = fakeCli(join(home, "openclaw"), {
    code: 0,
    stdout: JSON.stringify({
      ok: true,
      capability: "model.run",
      provider: "openai",
      model: "gpt-5.5",
      outputs: [{ text: "It works.", mediaUrl: null }],
    }),
    stderr: "",
  });
  writeFileSync(join(home, ".openclaw", "openclaw.json"), "{}");
  const env = {
    HOME: home,
    PATH: "/usr/bin:/bin",
    OPENCLAW_BIN: cli.script,
    OPENCLAW_GATEWAY_PORT: "9",
  };
  const { signal } = new AbortController();
  const reply = await requestReply(env, null, [], signal, CHOSEN, { extent: "words" });
  expect(reply).toMatchObject({
    kind: "replied",
    text: "It works.",
    model: "openai/gpt-5.5",
    differences: [],
  });
  expect(cli.seen().argv.slice(0, 6)).toEqual([
    "infer",
    "model",
    "run",
    "--local",
    "--agent",
    "main",
  ]);
});
