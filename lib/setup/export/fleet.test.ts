/** A thousand instances from one base, and one choice changed in them. */

import { expect, it } from "vitest";
import { parse } from "yaml";
import { exportFleet, FLEET_ENGINES, type FleetEngine } from "@/lib/setup/export/fleet";
import { type FleetInstance, fleetInstancesSchema } from "@/lib/setup/export/fleet-instances";
import type { ExportChoices } from "@/lib/setup/export/plan-for-release";
import { CHOICES } from "@/lib/setup/export/testing/choices";
import type { ExportFile } from "@/lib/setup/export/types";
import { machine } from "@/lib/setup/testing/machine";

function fleetOf(count: number): FleetInstance[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `team-${index}`,
    agents: index % 2 === 0 ? [] : ["main", "ops"],
    credential: `OPENAI_API_KEY_${index}`,
  }));
}

function files(
  engine: FleetEngine,
  instances: readonly FleetInstance[],
  more: Partial<ExportChoices> = {},
  release = "2026.9.6",
): readonly ExportFile[] {
  const made = exportFleet(machine(), { ...CHOICES, ...more }, { engine, release }, instances);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.files;
}

/** How many lines differ in each file that differs at all. */
function changedLines(before: readonly ExportFile[], after: readonly ExportFile[]): number[] {
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path));
  return before.flatMap(({ text }, index) => {
    const [old, now] = [text.split("\n"), (after[index]?.text ?? "").split("\n")];
    expect(now.length).toBe(old.length);
    const count = old.filter((line, at) => line !== now[at]).length;
    return count === 0 ? [] : [count];
  });
}

it.each(FLEET_ENGINES)("%s: a thousand in under ten seconds", (engine) => {
  const began = performance.now();
  const made = files(engine, fleetOf(1000));
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(made.filter(({ path }) => path.includes("team-999")).length).toBeGreaterThan(0);
});

it.each(FLEET_ENGINES)("%s: another model is one line in each instance", (engine) => {
  const instances = fleetOf(20);
  const changed = changedLines(
    files(engine, instances),
    files(engine, instances, { model: "openai/gpt-5.4" }),
  );
  expect(changed).toEqual(instances.map(() => 1));
});

it("another release is a line of the base", () => {
  const instances = fleetOf(20);
  for (const engine of ["compose", "kubernetes"] as const) {
    const changed = changedLines(
      files(engine, instances),
      files(engine, instances, {}, "2026.9.5"),
    );
    expect(changed).toEqual([engine === "compose" ? 2 : 1]);
  }
});

it("gives an instance its own agents, model and credential", () => {
  const instances = fleetInstancesSchema.parse([
    { name: "ada", agents: ["main", "ops"], model: "openai/gpt-5.4", credential: "KEY_OF_ADA" },
    { name: "bob" },
  ]);
  const made = files("compose", instances);
  const read = (path: string) => parse(made.find((one) => one.path === path)?.text ?? "");
  expect(read("instances/ada/openclaw.json").agents).toEqual({
    defaults: { model: { primary: "openai/gpt-5.4" } },
    list: [{ id: "main", default: true }, { id: "ops" }],
  });
  expect(read("instances/bob/openclaw.json").agents).toEqual({
    defaults: { model: { primary: "openai/gpt-5.5" } },
  });
  const gateway = read("instances/ada/compose.yaml").services["openclaw-gateway"];
  expect(gateway.environment.OPENAI_API_KEY).toBe(`\${KEY_OF_ADA:?}`);
  expect(gateway.ports).toEqual(["127.0.0.1:18789:18789"]);
  expect(read("instances/bob/compose.yaml").services["openclaw-gateway"].ports).toEqual([
    "127.0.0.1:18790:18789",
  ]);
});

it.each([
  ["no instance", []],
  ["a name that leads elsewhere", [{ name: "../x" }]],
  ["two of one name", [{ name: "a" }, { name: "a" }]],
  ["a key itself", [{ name: "a", credential: "sk-proj-abc" }]],
  ["what it does not know", [{ name: "a", apiKey: "x" }]],
])("refuses %s", (_, instances) => {
  expect(fleetInstancesSchema.safeParse(instances).success).toBe(false);
});
