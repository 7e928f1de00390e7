import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { planned } from "@/lib/setup/testing/machine";
import { valueAt } from "@/lib/text/json5/value";

const marker = (config: object, release = "2026.9.6") => {
  const plan = planned({ config, era: eraFor(release).era });
  return { plan, repair: plan.repairs.find(({ kind }) => kind === "agent-marker") };
};

describe("several agents without a mark", () => {
  it("go on with the first one, in a list and by name", () => {
    const list = [{ id: "ops" }, { id: "main" }];
    const inList = marker({ agents: { list } });
    expect(inList.repair).toMatchObject({ data: { agent: "ops" }, accepted: true });
    expect(valueAt(inList.plan.config.value, ["agents", "list"])).toEqual([
      { id: "ops", default: true },
      { id: "main" },
    ]);
    const byName = marker({ agents: { entries: { a: {}, b: { default: false } } } });
    expect(valueAt(byName.plan.config.value, ["agents", "entries"])).toEqual({
      a: { default: true },
      b: { default: false },
    });
  });

  it.each([
    [{ agents: { list: [{ id: "main" }] } }],
    [{ agents: { list: [{ id: "main" }, { id: "ops", default: true }] } }],
    [{ agents: { ownership: "explicit", entries: { a: {}, b: {} } } }],
    [{ agents: { list: "x" } }],
    [{}],
  ])("are no matter where there is one, or where it is told: %j", (config) => {
    expect(marker(config).repair).toBeUndefined();
  });

  it("are no matter to 2026.7.1, and one more to 2026.8.1", () => {
    const agents = { list: [{ id: "a" }, { id: "b" }] };
    expect(marker({ agents }, "2026.7.1").repair).toBeUndefined();
    expect(marker({ agents }, "2026.8.1").repair).toBeDefined();
  });

  it("stay as they are where that is declined", () => {
    const plan = planned(
      { config: { agents: { list: [{ id: "a" }, { id: "b" }] } } },
      { declined: ["agent-marker"] },
    );
    expect(valueAt(plan.config.value, ["agents", "list"])).toEqual([{ id: "a" }, { id: "b" }]);
  });
});
