import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fakeCli } from "@/lib/openclaw/command/testing/fake-cli";
import { requestReply } from "@/lib/setup/verify/reply";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-verify-"));
  mkdirSync(join(home, ".openclaw"), { mode: 0o700 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (config: object) =>
  writeFileSync(join(home, ".openclaw", "openclaw.json"), JSON.stringify(config));
const environment = (script: string) => ({
  HOME: home,
  PATH: "/usr/bin:/bin",
  OPENCLAW_BIN: script,
});

it.each([
  [{ plugins: { deny: ["openai"] } }, "provider-off", "plugins.deny"],
  [{ plugins: { enabled: false } }, "provider-off", "plugins.enabled"],
  [{ plugins: { deny: ["telegram"] } }, "unknown-model", "Unknown model"],
])("tells a model that is unknown from one that %j shuts off", async (config, code, words) => {
  const cli = fakeCli(join(home, "openclaw"), {
    code: 1,
    stdout: "",
    stderr: "FailoverError: Unknown model: openai/gpt-5.5\n",
  });
  write(config);
  const reply = await requestReply(environment(cli.script), null, [], new AbortController().signal);
  expect(reply).toMatchObject({ kind: "failed", failure: { code } });
  expect(JSON.stringify(reply)).toContain(words);
});

it("tells a secret that the config does not give out, in the words of 2026.7.1", async () => {
  const stderr =
    'SecretRefResolutionError: Environment variable "OPENAI_API_KEY" is not allowlisted in secrets.providers.default.allowlist.\n';
  const cli = fakeCli(join(home, "openclaw"), { code: 1, stdout: "", stderr });
  write({});
  const reply = await requestReply(environment(cli.script), null, [], new AbortController().signal);
  expect(reply).toMatchObject({ kind: "failed", failure: { code: "secret-not-read" } });
});
