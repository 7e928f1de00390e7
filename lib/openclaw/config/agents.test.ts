import { expect, it } from "vitest";
import { agentDirsIn, agentModelOf, defaultAgentOf } from "@/lib/openclaw/config/agents";

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

it("knows the model and the directory that an agent has for itself", () => {
  const list = [
    { id: "Home", model: { primary: "openai/gpt-5.4" }, agentDir: " ~/own " },
    { id: "ops", model: "openai/gpt-5.2" },
    { id: "none", model: {}, agentDir: "" },
  ];
  for (const agents of [
    { list },
    { entries: Object.fromEntries(list.map(({ id, ...agent }) => [id, agent])) },
  ]) {
    expect(agentModelOf({ agents }, "home")).toBe("openai/gpt-5.4");
    expect(agentModelOf({ agents }, "ops")).toBe("openai/gpt-5.2");
    expect(agentModelOf({ agents }, "none")).toBeNull();
    expect(agentModelOf({ agents }, "nobody")).toBeNull();
    expect(agentDirsIn({ agents })).toEqual([{ id: "home", dir: "~/own" }]);
  }
});
