import { describe, expect, it } from "vitest";
import { ERAS, eraFor } from "@/lib/openclaw/releases";
import { planned, written } from "@/lib/setup/testing/machine";

/** As the wizard of 2026.7.1 wrote it, but for what does not matter here. */
const WIZARD = `{
  "gateway": {
    "mode": "local",
    "bind": "loopback",
    "auth": { "mode": "token", "token": "made-up-0123456789" },
    "tailscale": { "mode": "off", "resetOnExit": false }, // at home
    "nodes": { "denyCommands": ["camera.snap"] }
  },
  "browser": { "profiles": { "work": { "cdpPort": 18801, "color": "#0066CC" } } },
  "meta": { "lastTouchedVersion": "2026.7.1", "lastTouchedAt": "2026-07-14T10:00:00.000Z" }
}
`;

const ids = (plan: ReturnType<typeof planned>) =>
  plan.repairs.filter(({ kind }) => /^(?:retired|moved)-key$/u.test(kind)).map(({ id }) => id);

describe("keys that only older releases had", () => {
  it("are taken out or moved, each as a line of its own, and the rest keeps its bytes", () => {
    const plan = planned({ config: WIZARD });
    expect(ids(plan)).toEqual([
      "retired-key:meta.lastTouchedAt",
      "retired-key:gateway.tailscale.resetOnExit",
      "moved-key:gateway.nodes.denyCommands",
      "retired-key:browser.profiles.work.color",
    ]);
    expect(plan.repairs.every(({ accepted }) => accepted)).toBe(true);
    const config = written(plan, "config") ?? "";
    expect(config).toContain(`"tailscale": { "mode": "off" }, // at home`);
    expect(config).toContain(`"meta": { "lastTouchedVersion": "2026.7.1" }`);
    expect(plan.config.value).toMatchObject({
      gateway: { nodes: { commands: { deny: ["camera.snap"] } } },
      browser: { profiles: { work: { cdpPort: 18801 } } },
    });
    expect(config).not.toMatch(/lastTouchedAt|resetOnExit|denyCommands|color/u);
  });

  it("are found in each agent of a list", () => {
    const list = [{ id: "main" }, { id: "ops", agentRuntime: { id: "pi" } }];
    const plan = planned({ config: { agents: { list } } });
    expect(ids(plan)).toEqual(["retired-key:agents.list.1.agentRuntime"]);
    expect(plan.config.value).toMatchObject({ agents: { list: [{ id: "main" }, { id: "ops" }] } });
  });

  it.each([
    ["2026.4.15", []],
    ["2026.5.12", ["retired-key:agents.defaults.embeddedHarness.fallback"]],
    ["2026.5.28", ["retired-key:agents.defaults.embeddedHarness"]],
    ["2026.9.6", ["retired-key:agents.defaults.embeddedHarness"]],
  ])("are those of the release: %s", (release, wanted) => {
    const embeddedHarness = { runtime: "pi", fallback: "none" };
    const config = { agents: { defaults: { embeddedHarness } } };
    expect(ids(planned({ config, era: eraFor(release).era }))).toEqual(wanted);
  });

  it("stay where they are declined", () => {
    const declined = ["retired-key:meta.lastTouchedAt", "moved-key:gateway.nodes.denyCommands"];
    const config = written(planned({ config: WIZARD }, { declined }), "config") ?? "";
    expect(config).toContain("lastTouchedAt");
    expect(config).toContain("denyCommands");
    expect(config).not.toContain("resetOnExit");
  });

  it("lose nothing where the new place is taken", () => {
    const nodes = { denyCommands: ["camera.snap"], commands: { deny: ["screen.record"] } };
    const plan = planned({ config: { gateway: { nodes } } });
    expect(ids(plan)).toEqual([]);
    expect(plan.config.value).toMatchObject({ gateway: { nodes } });
  });

  it("are no matter to a release that has them", () => {
    expect(ids(planned({ config: WIZARD, era: eraFor("2026.7.1").era }))).toEqual([]);
  });

  it.each(ERAS)("are no part of what is written for $since", (era) => {
    const { retiredKeys } = era;
    const plan = planned({ era });
    const again = planned({ era, config: plan.config.after });
    expect(ids(again)).toEqual([]);
    expect(new Set(retiredKeys.map(({ path }) => path.join("."))).size).toBe(retiredKeys.length);
  });

  it("are found in a null, a list or a text as little as in nothing", () => {
    for (const odd of [null, [], "x", 1]) {
      expect(ids(planned({ config: { meta: odd, browser: { profiles: odd } } }))).toEqual([]);
    }
  });
});
