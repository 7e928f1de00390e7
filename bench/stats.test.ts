import { describe, expect, it } from "vitest";
import { parseConfig } from "@/lib/text/json5/parse";
import { configOf } from "./fixtures";
import { rowOf, tableOf } from "./row";
import { alternately, summarize } from "./stats";

describe("summaries", () => {
  it("takes the middle and the end of what was measured, whatever its order", () => {
    const summary = summarize([5, 1, 4, 2, 3]);
    expect(summary).toEqual({ n: 5, median: 3, p95: 4.8, min: 1, max: 5 });
  });
  it("does not let a row that measured nothing look like one that did", () => {
    expect(() => summarize([])).toThrow("nothing was measured");
  });
  it("begins with each of the two in turn", async () => {
    const order: string[] = [];
    const note = (name: string) => async () => order.push(name);
    await alternately(3, note("ours"), note("floor"));
    expect(order.join(" ")).toBe("ours floor floor ours ours floor");
  });
});

describe("rows", () => {
  const measured = { group: "g", name: "start", unit: "ms", ours: [130], floor: [100] };
  it("judges the ratio, and says so in the table", () => {
    expect(rowOf({ ...measured, goal: 1.25 })).toMatchObject({ ratio: 1.3, met: false });
    expect(rowOf({ ...measured, goal: 1.3 }).met).toBe(true);
    expect(tableOf([rowOf({ ...measured, goal: 1.25 })])).toContain("NOT MET");
  });
  it("judges the value itself where that is the limit", () => {
    expect(rowOf({ ...measured, limit: 129 }).met).toBe(false);
    expect(rowOf({ ...measured, limit: 130, goal: 1.2 }).met).toBe(false);
    expect(rowOf(measured).met).toBeNull();
  });
});

it.each([2000, 20_000, 200_000])("a config of %i bytes has that size and is one", (size) => {
  const bytes = configOf(size, 3);
  expect(Math.abs(bytes.length - size)).toBeLessThan(200);
  expect(parseConfig(bytes).ok).toBe(true);
  expect(configOf(size, 4)).not.toEqual(bytes);
});
