import { expect, it } from "vitest";
import { defaultAgentOf } from "@/lib/openclaw/config/agents";

it("is main where no agents are listed, or none that has a name", () => {
  expect(defaultAgentOf({})).toBe("main");
  expect(defaultAgentOf({ agents: { list: [] } })).toBe("main");
  expect(defaultAgentOf({ agents: { list: [{ default: true }] } })).toBe("main");
  expect(defaultAgentOf({ agents: { entries: {}, defaults: {} } })).toBe("main");
});

it("is called as OpenClaw calls its directory", () => {
  const named = (id: string) => defaultAgentOf({ agents: { list: [{ id }] } });
  expect(named(" Home ")).toBe("home");
  expect(named("Ada's garden!")).toBe("ada-s-garden");
  expect(named("--")).toBe("main");
});

it("is the one marked, else the first", () => {
  const list = [{ id: "main" }, { id: "home", default: true }, { id: "ops", default: true }];
  expect(defaultAgentOf({ agents: { list } })).toBe("home");
  expect(defaultAgentOf({ agents: { list: [{ id: "ops" }, { id: "main" }] } })).toBe("ops");
  expect(defaultAgentOf({ agents: { entries: { ops: {}, home: { default: true } } } })).toBe(
    "home",
  );
  expect(defaultAgentOf({ agents: { entries: { ops: {} } } })).toBe("ops");
});
