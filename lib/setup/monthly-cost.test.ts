import { expect, it } from "vitest";
import { monthlyCost } from "@/lib/setup/monthly-cost";

it("counts the tokens of a turn at the price of the model", () => {
  // One turn: 20,000 × 5 + 500 × 30 millionths of a dollar, which is 0.115.
  const cost = monthlyCost({ input: 5, output: 30 });
  expect(cost.some).toBeCloseTo(34.5, 5);
  expect(cost.much).toBeCloseTo(172.5, 5);
  expect(cost.always).toBeCloseTo(1035, 5);
});
