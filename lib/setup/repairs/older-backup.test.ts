import { describe, expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ERAS } from "@/lib/openclaw/releases/table";
import { previewOf } from "@/lib/setup/review/preview";
import { NEWEST, planned } from "@/lib/setup/testing/machine";

const OTHER_KEY = "sk-ant-api03-made-up-aaaabbbbccccdddd";
const backup = {
  meta: { lastTouchedVersion: "2026.9.6" },
  gateway: { mode: "local" },
  env: { vars: { ANTHROPIC_API_KEY: OTHER_KEY } },
};
const before = (since: string) =>
  ERAS[ERAS.findIndex((era) => era.since === since) - 1] as ReleaseEra;

function copyIn(found: Parameters<typeof planned>[0], declined: readonly string[] = []) {
  const plan = planned(found, { declined });
  const copy = plan.files.find(({ role }) => role === "backup");
  return { plan, copy: copy && new TextDecoder().decode(copy.after ?? new Uint8Array()) };
}

describe("an older openclaw.json.bak, which OpenClaw would put back", () => {
  it("becomes what is written, beside it and for the owner alone", () => {
    const { plan, copy } = copyIn({ backup });
    expect(copy).toBe(plan.config.after);
    const file = plan.files.find(({ role }) => role === "backup");
    expect(file).toMatchObject({ path: "/home/ada/.openclaw/openclaw.json.bak", mode: 0o600 });
    expect(new TextDecoder().decode(file?.before ?? new Uint8Array())).toBe(JSON.stringify(backup));
  });

  it("shows none of its secrets in the preview", () => {
    const shown = JSON.stringify(previewOf(planned({ backup })));
    expect(shown).toContain("openclaw.json.bak");
    expect(shown).not.toContain(OTHER_KEY);
  });

  it("is left alone where that was declined, and where the release puts nothing back", () => {
    expect(copyIn({ backup }, ["older-backup"]).copy).toBeUndefined();
    expect(copyIn({ backup, era: before("2026.6.5") }).copy).toBeUndefined();
  });

  it.each([
    ["keeps its meta", { meta: {}, gateway: { mode: "local", bind: "loopback" } }, backup, false],
    ["has no meta", { gateway: { mode: "local" } }, backup, true],
    ["is as large as half of the copy", { meta: {} }, { ...backup, own: "x".repeat(300) }, false],
    ["is smaller than half of it", { meta: {} }, { ...backup, own: "x".repeat(900) }, true],
    ["stands beside nothing that can be read", {}, undefined, false],
  ])("is weighed as OpenClaw weighs it: a config that %s", (_, config, copy, expected) => {
    const found = copy === undefined ? { config } : { config, backup: copy };
    expect(copyIn({ ...found, era: NEWEST }).copy !== undefined).toBe(expected);
  });

  it("without a gateway mode, where that repair was declined, is one too", () => {
    const config = { meta: {} };
    expect(copyIn({ config, backup }, ["gateway-defaults"]).copy).toBeDefined();
    expect(copyIn({ config, backup }).copy).toBeUndefined();
  });
});
