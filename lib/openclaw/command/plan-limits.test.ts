import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { askPlanLimits } from "@/lib/openclaw/command/plan-limits";
import { fakeCli } from "@/lib/openclaw/command/testing/fake-cli";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "limits-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function limits(stdout: string, code = 0) {
  const { script } = fakeCli(dir, { code, stdout, stderr: "" });
  const runner = {
    installed: { entry: { kind: "script", path: script } as const },
    node: { path: process.execPath },
    location: { profile: null, variables: {} },
    env: { PATH: process.env["PATH"] },
  };
  return askPlanLimits(runner, { signal: new AbortController().signal, secrets: ["at-secret-1"] });
}
const usage = (...providers: object[]) =>
  JSON.stringify({ runtimeVersion: "2026.9.6", usage: { updatedAt: 1, providers } }, null, 2);

const OTHER = { provider: "anthropic", displayName: "Claude", windows: [], error: "Timeout" };

it("takes OpenAI's windows out of what `status --usage` tells of everybody", async () => {
  const windows = [
    { label: "5h", usedPercent: 12.5, resetAt: 1_796_059_051_000 },
    { label: "Week", usedPercent: 61 },
  ];
  const own = { provider: "openai", displayName: "OpenAI", windows, plan: "plus" };
  const told = await limits(`\u001b[33mslow\u001b[39m\n${usage(OTHER, own)}`);
  expect(told).toEqual({
    ok: true,
    value: {
      plan: "plus",
      windows: [windows[0], { label: "Week", usedPercent: 61, resetAt: null }],
      error: "",
    },
  });
});

it("tells what it said in their place, without the token", async () => {
  const own = { provider: "openai-codex", windows: [], error: "HTTP 401 at-secret-1" };
  const told = await limits(usage(own));
  if (!told.ok) throw new Error(told.error.code);
  expect(told.value?.error).toContain("HTTP 401");
  expect(JSON.stringify(told)).not.toContain("at-secret-1");
});

it("is none where no login of OpenAI is named, and a failure where nothing is told", async () => {
  expect(await limits(usage(OTHER))).toEqual({ ok: true, value: null });
  expect(await limits("error: unknown option '--usage'", 1)).toMatchObject({
    ok: false,
    error: { code: "no-such-command" },
  });
});

it("takes no time that is no date, which a page could not show", async () => {
  const windows = [{ label: "5h", usedPercent: 1, resetAt: 1e300 }];
  const told = await limits(usage({ provider: "openai", windows, plan: "plus" }));
  expect(told).toMatchObject({ ok: true, value: { windows: [{ resetAt: null }] } });
});
