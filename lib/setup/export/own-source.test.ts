/** A config that is not written here: the key goes to `.env`, the rest to the person's own source. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import JSON5 from "json5";
import { expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { ownSourceOf, patchOf } from "@/lib/setup/export/own-source";
import { previewOf } from "@/lib/setup/review/preview";
import { KEY, planned, TOKEN, written } from "@/lib/setup/testing/machine";
import { valueAt } from "@/lib/text/json5/value";

const CONFIG = `{
  // from the module
  gateway: { mode: "local", tailscale: { mode: "off", resetOnExit: false } },
  tools: { web: { search: { perplexity: { apiKey: "pplx-made-up-0123456789abcdef" } } } },
}
`;
const immutable = { kind: "variable", name: "OPENCLAW_NIX_MODE" } as const;
const plan = planned({ config: CONFIG, immutable });

it("only .env is written, with the key and the gateway's token", () => {
  expect(plan.files.map(({ role }) => role)).toEqual(["dotenv"]);
  expect(written(plan, "dotenv")).toBe(`OPENAI_API_KEY=${KEY}\nOPENCLAW_GATEWAY_TOKEN=${TOKEN}\n`);
  expect(plan.keyForms).toEqual(["dotenv"]);
  expect(plan.config.after).not.toContain(TOKEN);
  const token = valueAt(plan.config.value, ["gateway", "auth", "token"]);
  expect(token).toBe(`\${${"OPENCLAW_GATEWAY_TOKEN"}}`);
  expect(plan.commands.every((line) => !line.includes("config set"))).toBe(true);
});

it("the patch makes of the source what the plan would have written", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "patch-"));
  const file = path.join(folder, "openclaw.json");
  writeFileSync(file, CONFIG);
  execFileSync("git", ["apply", "-"], { cwd: folder, input: patchOf(plan) });
  expect(readFileSync(file, "utf8")).toBe(plan.config.after);
  rmSync(folder, { recursive: true });
});

it("the lines have what is new, and name what goes; secrets are masked", () => {
  const source = ownSourceOf(plan);
  const json: unknown = JSON5.parse(source?.json ?? "");
  expect(json).toMatchObject({
    agents: { defaults: { model: { primary: "openai/gpt-5.5" } } },
    gateway: { bind: "loopback", auth: { mode: "token" } },
  });
  expect(source?.nix).toContain(`bind = "loopback";`);
  expect(source?.nix).toContain(`token = "\\\${OPENCLAW_GATEWAY_TOKEN}";`);
  expect(source?.removed).toContain("gateway.tailscale.resetOnExit");
  expect(`${source?.json}${source?.nix}`).not.toContain("pplx-made-up");
  expect(JSON.stringify(previewOf(plan).unwritten)).not.toContain("pplx-made-up");
  expect(previewOf(plan).unwritten).toHaveLength(1);
});

it("a config that is written has none of it", () => {
  const usual = planned({ config: CONFIG });
  expect(ownSourceOf(usual)).toBeNull();
  expect(usual.files.map(({ role }) => role)).toContain("config");
});

it("a place that goes is named once, not also what lay in it", () => {
  const config = `{ agents: { defaults: { memorySearch: { provider: "auto" } } } }`;
  const source = ownSourceOf(planned({ config, immutable, era: eraFor("2026.9.6").era }));
  expect(source?.removed).toEqual(["agents.defaults.memorySearch"]);
});
