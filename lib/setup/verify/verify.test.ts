import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answerOf, fakeCli } from "@/lib/openclaw/command/testing/fake-cli";
import { requestReply } from "@/lib/setup/verify/reply";
import { verifySetup } from "@/lib/setup/verify/verify";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-verify-"));
  mkdirSync(join(home, ".openclaw"), { mode: 0o700 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("asks the default agent for a reply, where none is called main", async () => {
  const cli = fakeCli(join(home, "openclaw"), answerOf("2026.9.6", "turn-ok"));
  const list = [{ id: "ops" }, { id: "home", default: true }];
  writeFileSync(join(home, ".openclaw", "openclaw.json"), JSON.stringify({ agents: { list } }));
  const env = { HOME: home, PATH: "/usr/bin:/bin", OPENCLAW_BIN: cli.script };
  const reply = await requestReply(env, null, [], new AbortController().signal);
  expect(reply).toMatchObject({ kind: "replied" });
  expect(cli.seen().argv.slice(0, 4)).toEqual(["agent", "--local", "--agent", "home"]);
});

it("does not say that a config is refused which is not there", async () => {
  const cli = fakeCli(join(home, "openclaw"), answerOf("2026.9.6", "status-empty"), "2026.9.6", {
    config: answerOf("2026.9.6", "validate-missing"),
  });
  const env = { HOME: home, PATH: "/usr/bin:/bin", OPENCLAW_BIN: cli.script };
  expect(await verifySetup(env, null, [], new AbortController().signal)).toMatchObject({
    kind: "answered",
    valid: null,
    hasConfig: false,
    verdict: "unusable",
  });
});
