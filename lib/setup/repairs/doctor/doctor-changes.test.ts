/** What 2026.9.6 refused of a config of March, and what its doctor made of it. */

import { describe, expect, it } from "vitest";
import { doctorChanges, stillFits } from "@/lib/setup/repairs/doctor/doctor-changes";
import { planned } from "@/lib/setup/testing/machine";
import type { Json } from "@/lib/text/json5/types";
import { applyEdit } from "@/lib/text/json5/value";

const unknown = (path: string, ...keys: string[]) => ({
  path,
  message: `Unrecognized key${keys.length > 1 ? "s" : ""}: ${keys.map((key) => `"${key}"`).join(", ")}`,
});

const BEFORE = {
  meta: { lastTouchedVersion: "2026.3.13", lastTouchedAt: "2026-03-14T10:00:00Z" },
  agents: {
    defaults: {
      memorySearch: {
        qmd: { extraCollections: [{ path: "/x/y", name: "notes" }] },
        provider: "openai",
      },
      llm: { idleTimeoutSeconds: 120 },
      model: "anthropic/claude-opus-4-6",
      heartbeat: { ackMaxChars: 30 },
    },
    list: [
      { id: "main", default: true, workspace: "~/w1" },
      { id: "ops", workspace: "~/w2", runRetries: { base: 5 } },
    ],
  },
  channels: { telegram: { enabled: true, dm: { policy: "open" } } },
  mcp: { servers: { "my.server": { command: "npx", timeout: 30, connectTimeout: 10 } } },
  gateway: { mode: "local", tailscale: { resetOnExit: false } },
};

const DOCTOR = {
  meta: { lastTouchedVersion: "2026.9.6", migrations: { modelPolicyAllowlist: true } },
  agents: {
    defaults: {
      model: "anthropic/claude-opus-4-6",
      systemAgent: { agentId: "main" },
      heartbeat: { agentId: "main" },
    },
    ownership: "explicit",
    entries: { main: { workspace: "~/w1" }, ops: { workspace: "~/w2" } },
  },
  channels: { telegram: { enabled: true } },
  mcp: {
    servers: {
      "my.server": { command: "npx", connectionTimeoutMs: 10000, requestTimeoutMs: 30000 },
    },
  },
  gateway: { mode: "local", tailscale: {} },
  memory: { search: { provider: "openai", extraPaths: ["/x/y"] } },
  bindings: [{ agentId: "main", match: { channel: "telegram" } }],
  plugins: { entries: { anthropic: { enabled: true } } },
  wizard: { lastRunVersion: "2026.9.6" },
};

const ISSUES = [
  unknown("meta", "lastTouchedAt"),
  unknown("agents.defaults.heartbeat", "ackMaxChars"),
  unknown("agents.defaults", "memorySearch", "llm"),
  unknown("agents.entries.ops", "runRetries"),
  unknown("gateway.tailscale", "resetOnExit"),
  unknown("mcp.servers.my.server", "connectTimeout"),
  unknown("mcp.servers.my.server", "timeout"),
];

const made = (repairs: ReturnType<typeof doctorChanges>, config: Json) =>
  repairs
    .flatMap(({ edits }) => edits)
    .reduce<Json>((now, edit) => applyEdit(now, edit) ?? now, config);

describe("what doctor makes of a config", () => {
  const repairs = doctorChanges(BEFORE, DOCTOR, ISSUES);

  it("comes down to the refused places and to where their values went", () => {
    expect(repairs.map(({ from, to }) => [from, ...to])).toEqual([
      ["meta.lastTouchedAt"],
      ["agents.defaults.heartbeat.ackMaxChars"],
      ["agents.defaults.memorySearch", "memory.search"],
      ["agents.defaults.llm"],
      ["agents.list.1.runRetries"],
      ["gateway.tailscale.resetOnExit"],
      ["mcp.servers.my.server.connectTimeout", "mcp.servers.my.server.connectionTimeoutMs"],
      ["mcp.servers.my.server.timeout", "mcp.servers.my.server.requestTimeoutMs"],
    ]);
    expect(made(repairs, BEFORE)).toEqual({
      ...BEFORE,
      meta: { lastTouchedVersion: "2026.3.13" },
      agents: {
        defaults: { model: "anthropic/claude-opus-4-6", heartbeat: {} },
        list: [
          { id: "main", default: true, workspace: "~/w1" },
          { id: "ops", workspace: "~/w2" },
        ],
      },
      mcp: DOCTOR.mcp,
      gateway: { mode: "local", tailscale: {} },
      memory: DOCTOR.memory,
    });
  });

  it("is left where nobody complained, and where doctor changes nothing", () => {
    expect(doctorChanges(BEFORE, DOCTOR, [])).toEqual([]);
    expect(doctorChanges(BEFORE, BEFORE, ISSUES)).toEqual([]);
    const telegram = [{ path: "channels.telegram", message: "Invalid input" }];
    expect(doctorChanges(BEFORE, DOCTOR, telegram).map(({ from }) => from)).toEqual([
      "channels.telegram.dm",
    ]);
  });

  it("moves a value as it is written, and sets one that is spelled otherwise", () => {
    const before = { tools: { exec: { timeoutSec: 7 } }, cron: { mode: "old" }, x: 1 };
    const after = { tools: { exec: { timeoutSeconds: 7 } }, cron: { mode: "new" }, x: 2 };
    const issues = [unknown("tools.exec", "timeoutSec"), { path: "cron.mode", message: "Invalid" }];
    const found = doctorChanges(before, after, issues);
    expect(found.flatMap(({ edits }) => edits)).toMatchObject([
      {
        op: "move",
        path: ["tools", "exec", "timeoutSec"],
        to: ["tools", "exec", "timeoutSeconds"],
      },
      { op: "set", path: ["cron", "mode"], value: "new" },
    ]);
  });
});

describe("in a plan", () => {
  const doctorRepairs = doctorChanges(BEFORE, DOCTOR, ISSUES);
  // Spelled by hand, so that every byte beside the repairs can be seen to stay.
  const config = `{
  // mine
  gateway: { mode: "local", bind: "loopback" }, // at home
  cron: { odd: 1 },
}
`;
  const odd = doctorChanges({ cron: { odd: 1 } }, { cron: {} }, [unknown("cron", "odd")]);

  it("each is a repair by itself, which can be declined", () => {
    const plan = planned({ config, doctorRepairs: odd });
    expect(plan.repairs.find(({ id }) => id === "doctor:cron.odd")).toMatchObject({
      kind: "doctor-removed",
      accepted: true,
      data: { from: "cron.odd", to: [] },
    });
    expect(plan.config.after).toContain(`gateway: { mode: "local", bind: "loopback"`);
    expect(plan.config.after).toContain("// at home");
    expect(plan.config.after).not.toContain("odd");
    const declined = planned({ config, doctorRepairs: odd }, { declined: ["doctor:cron.odd"] });
    expect(declined.config.after).toContain("cron: { odd: 1 },");
  });

  it("is no more where the place has changed, or another repair mends it", () => {
    expect(stillFits(BEFORE, doctorRepairs[0] as (typeof doctorRepairs)[number])).toBe(true);
    const plan = planned({ config: BEFORE, doctorRepairs });
    const ids = plan.repairs.map(({ id }) => id);
    expect(ids).toContain("retired-key:meta.lastTouchedAt");
    expect(ids).not.toContain("doctor:meta.lastTouchedAt");
    expect(
      planned({ config: { cron: { odd: 2 } }, doctorRepairs: odd }).config.value,
    ).toMatchObject({
      cron: { odd: 2 },
    });
  });
});
