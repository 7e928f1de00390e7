import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentTurn, configValidate, modelsStatus } from "@/lib/openclaw/command/commands";
import { judgeModel } from "@/lib/openclaw/command/models-status";
import type { Runner } from "@/lib/openclaw/command/run";
import {
  answerOf,
  type FakeCli,
  fakeCli,
  type RecordedAnswer,
} from "@/lib/openclaw/command/testing/fake-cli";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "commands-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function openClaw(answer: RecordedAnswer): { runner: Runner; cli: FakeCli } {
  const cli = fakeCli(path.join(dir, "cli"), answer);
  const runner: Runner = {
    installed: { entry: { kind: "script", path: cli.script } },
    node: { path: process.execPath },
    location: { profile: null, variables: {} },
    env: { PATH: process.env["PATH"] },
  };
  return { runner, cli };
}

async function status(release: string, name: string) {
  const { runner } = openClaw(answerOf(release, name));
  const answer = await modelsStatus(runner);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.detail}`);
  return answer.value;
}

async function statusFailure(release: string, name: string) {
  const { runner } = openClaw(answerOf(release, name));
  const answer = await modelsStatus(runner);
  return answer.ok ? null : answer.error;
}

async function turn(release: string, name: string) {
  const { runner } = openClaw(answerOf(release, name));
  return agentTurn(runner, "ping", { agent: "main" });
}

describe("configValidate", () => {
  it.each(["2026.4.15", "2026.9.6"])("reads a valid config (%s)", async (release) => {
    const { runner, cli } = openClaw(answerOf(release, "validate-valid"));
    expect(await configValidate(runner)).toEqual({
      ok: true,
      value: {
        valid: true,
        path: "/home/alex/.openclaw/openclaw.json",
        issues: [],
        warnings: [],
        missing: false,
      },
    });
    expect(cli.seen().argv).toEqual(["config", "validate", "--json"]);
  });

  it("names what is invalid and where (2026.9.6)", async () => {
    const { runner } = openClaw(answerOf("2026.9.6", "validate-invalid"));
    expect(await configValidate(runner)).toMatchObject({
      ok: true,
      value: {
        valid: false,
        issues: [
          { path: "env", message: 'Unrecognized key: "OPENAI_API_KEY"' },
          { path: "<root>", message: 'Unrecognized key: "bogus"' },
        ],
      },
    });
  });

  it.each(["2026.4.15", "2026.9.6"])(
    "tells a missing file from an invalid one (%s)",
    async (release) => {
      const { runner } = openClaw(answerOf(release, "validate-missing"));
      expect(await configValidate(runner)).toMatchObject({
        ok: true,
        value: { valid: false, missing: true, issues: [] },
      });
    },
  );

  it("says that the release has no such command (2026.2.9)", async () => {
    const { runner } = openClaw(answerOf("2026.2.9", "validate"));
    expect(await configValidate(runner)).toMatchObject({
      ok: false,
      error: { code: "no-such-command", exitCode: 1 },
    });
  });
});

describe("modelsStatus", () => {
  it("reads a login and a key side by side (2026.2.9)", async () => {
    const answer = await status("2026.2.9", "status-oauth");
    expect(answer).toMatchObject({
      defaultModel: "openai-codex/gpt-5.2",
      fallbacks: ["openai/gpt-5.2"],
      missingProviders: [],
    });
    expect(answer.providers).toEqual([
      {
        provider: "openai",
        effective: { kind: "env", detail: "sk-proj-••••TATE" },
        variable: "env: OPENAI_API_KEY",
        profiles: [],
        profileLabels: [],
      },
      {
        provider: "openai-codex",
        effective: {
          kind: "profiles",
          detail: "~/.openclaw/agents/main/agent/auth-profiles.json",
        },
        variable: null,
        profiles: [
          {
            id: "openai-codex:default",
            type: "oauth",
            status: "ok",
            expiresAt: expect.any(Number),
          },
        ],
        profileLabels: ["openai-codex:default=OAuth (alex@example.org)"],
      },
    ]);
    expect(judgeModel(answer)).toEqual({ state: "usable", provider: "openai-codex" });
    expect(judgeModel(answer, "openai/gpt-5.2")).toEqual({ state: "usable", provider: "openai" });
  });

  it("shows no more of a key than its last four, in any release", async () => {
    for (const release of ["2026.6.10", "2026.9.6"]) {
      const text = JSON.stringify(await status(release, "status-profile"));
      expect(text).toContain("openai:manual=sk-proj-••••PROF");
      expect(text).not.toContain("xPROF");
    }
  });

  it.each([
    ["2026.2.9", "status-missing", "openai-codex"],
    ["2026.2.9", "status-no-key", "openai"],
  ])("sees a missing credential (%s, %s)", async (release, name, provider) => {
    expect(judgeModel(await status(release, name))).toMatchObject({
      state: "unusable",
      because: "missing-credential",
      provider,
    });
  });

  it("judges each case of 2026.9.6", async () => {
    const judged = async (name: string) => judgeModel(await status("2026.9.6", name));
    expect(await judged("status-profile")).toMatchObject({ state: "usable" });
    expect(await judged("status-oauth-and-key")).toMatchObject({ state: "usable" });
    expect(await judged("status-no-plugin")).toEqual({
      state: "unusable",
      provider: "openai",
      because: "route-unavailable",
      detail: 'No enabled plugin owns agent harness "codex".',
    });
    // A login alone cannot serve an address that takes keys only.
    expect(await judged("status-oauth-on-key-route")).toEqual({
      state: "unusable",
      provider: "openai",
      because: "missing-credential",
      detail: "No usable api-key authentication is available for openai/gpt-5.5.",
    });
    const retired = await status("2026.9.6", "status-retired");
    expect(judgeModel(retired, "openai-codex/gpt-5.2")).toEqual({
      state: "uncertain",
      provider: "openai-codex",
      detail: "Auth readiness could not be confirmed for openai-codex/gpt-5.2.",
    });
  });

  it("says why there is no answer", async () => {
    for (const release of ["2026.2.9", "2026.4.15", "2026.9.6"]) {
      const failure = await statusFailure(release, "status-invalid-config");
      expect(failure?.code, release).toBe("config-invalid");
      expect(failure?.detail, release).toContain('Unrecognized key: "bogus"');
    }
    expect(await statusFailure("2026.9.6", "status-migration")).toMatchObject({
      code: "migration-required",
    });
  });

  it("knows an unfitting Node by what the releases say", async () => {
    for (const stderr of [
      "openclaw requires Node >=22.12.0.\nDetected: node 20.20.2 (exec: /usr/bin/node).\n",
      "openclaw: Node 20.20.2: node:sqlite is unavailable; use 24.16+/26.1+ or a build with the fix.\n",
    ]) {
      const { runner } = openClaw({ code: 1, stdout: "", stderr });
      expect(await modelsStatus(runner)).toMatchObject({
        ok: false,
        error: { code: "node-unsupported" },
      });
    }
  });

  it("reads an answer from which parts are missing or new", async () => {
    const stdout = JSON.stringify({
      defaultModel: "openai/gpt-9",
      extra: 1,
      auth: { providers: [{ provider: "openai", effective: { kind: "vault" } }, 7], routes: null },
    });
    const { runner } = openClaw({ code: 0, stdout: `warning\n${stdout}\n`, stderr: "" });
    const answer = await modelsStatus(runner);
    expect(answer.ok && judgeModel(answer.value)).toEqual({ state: "usable", provider: "openai" });
  });

  it("takes the known secrets out of a failure", async () => {
    const secret = "correct horse battery";
    const { runner } = openClaw({ code: 1, stdout: "", stderr: `boom ${secret}` });
    expect(await modelsStatus(runner, { secrets: [secret] })).toEqual({
      ok: false,
      error: { code: "failed", sentence: "", detail: "boom ••••", exitCode: 1 },
    });
  });

  it("is cancelled and timed out with a code of its own", async () => {
    const { runner } = openClaw(answerOf("2026.9.6", "status-profile"));
    expect(await modelsStatus(runner, { signal: AbortSignal.abort() })).toMatchObject({
      error: { code: "cancelled" },
    });
    expect(await modelsStatus(runner, { timeoutMs: 1 })).toMatchObject({
      error: { code: "timed-out" },
    });
  });
});

describe("judgeModel", () => {
  it("sees an expired login only where nothing else is left", async () => {
    const answer = await status("2026.9.6", "status-oauth-and-key");
    const [openai] = answer.providers;
    if (!openai) throw new Error("no provider");
    const expired = { id: "openai:default", type: "oauth", status: "expired", expiresAt: 1 };
    const key = { id: "openai:manual", type: "api_key", status: "static", expiresAt: null };
    const withProfiles = (profiles: (typeof expired | typeof key)[]) =>
      judgeModel({ ...answer, providers: [{ ...openai, profiles }] });
    expect(withProfiles([expired])).toMatchObject({ because: "expired-login" });
    expect(withProfiles([expired, key])).toMatchObject({ state: "usable" });
    expect(judgeModel({ ...answer, defaultModel: "" })).toMatchObject({ because: "no-model" });
  });
});

describe("agentTurn", () => {
  it.each(["2026.2.9", "2026.4.15", "2026.6.10", "2026.9.6"])(
    "reads a reply (%s)",
    async (release) => {
      expect(await turn(release, "turn-ok")).toMatchObject({
        ok: true,
        value: {
          text: "pong",
          provider: "openai",
          model: "openai/gpt-5.5",
          ms: expect.any(Number),
        },
      });
    },
  );

  it("tells which kind of credential was used, where the release does (2026.9.6)", async () => {
    const credential = async (release: string, name: string) => {
      const answer = await turn(release, name);
      return answer.ok ? answer.value.credential : answer.error;
    };
    expect(await credential("2026.9.6", "turn-ok")).toEqual({
      kind: "direct",
      evidence: "environment",
    });
    expect(await credential("2026.9.6", "turn-profile")).toEqual({
      kind: "profile",
      evidence: null,
    });
    expect(await credential("2026.6.10", "turn-ok")).toBeNull();
  });

  it.each(["2026.2.9", "2026.4.15", "2026.9.6"])(
    "does not take a refused key for a reply (%s)",
    async (release) => {
      const answer = await turn(release, "turn-401");
      expect(answer).toMatchObject({ ok: false, error: { code: "key-refused" } });
      expect(!answer.ok && answer.error.detail).toMatch(/401/);
    },
  );

  it.each(["2026.2.9", "2026.9.6"])("says that there is no key or agent (%s)", async (release) => {
    expect(await turn(release, "turn-no-key")).toMatchObject({ error: { code: "no-credential" } });
    expect(await turn(release, "turn-no-agent")).toMatchObject({
      error: { code: "unknown-agent" },
    });
  });

  it("says that the release does not know the model (2026.2.9)", async () => {
    const stderr = "[diagnostic] lane task error\nError: Unknown model: openai/gpt-5.5\n";
    const { runner } = openClaw({ code: 1, stdout: "", stderr });
    expect(await agentTurn(runner, "ping", { agent: "main" })).toMatchObject({
      error: { code: "unknown-model" },
    });
  });

  it("passes message and agent as they are", async () => {
    const { runner, cli } = openClaw(answerOf("2026.9.6", "turn-ok"));
    await agentTurn(runner, "--json `x` $HOME", { agent: "work" });
    expect(cli.seen().argv).toEqual([
      "agent",
      "--local",
      "--agent",
      "work",
      "--message=--json `x` $HOME",
      "--json",
    ]);
  });

  it("is no reply when nothing readable came", async () => {
    const { runner } = openClaw({ code: 0, stdout: "hello\n", stderr: "" });
    expect(await agentTurn(runner, "ping", { agent: "main" })).toMatchObject({
      ok: false,
      error: { code: "no-answer", detail: "hello" },
    });
  });
});
