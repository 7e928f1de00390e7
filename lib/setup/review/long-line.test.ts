/** What is signed is what is seen: a change in a line of any length stands in the preview. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { previewOf } from "@/lib/setup/review/preview";
import { KEY, OLD_KEY, planned } from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";

const own = (count: number, size = 20) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`own${i}`, "x".repeat(size)]));

function linesOf(plan: Plan) {
  return previewOf(plan).files.flatMap(({ role, lines }) =>
    role === "config" ? lines.flatMap((line) => (line.kind === "fold" ? [] : [line])) : [],
  );
}

const changed = (plan: Plan, kind: "added" | "removed") =>
  linesOf(plan)
    .filter((line) => line.kind === kind)
    .flatMap(({ parts }) =>
      parts.flatMap((part) => ("gap" in part || !part.changed ? [] : [part.text])),
    )
    .join("");

describe("a config of one line", () => {
  const config = (model: string) =>
    JSON.stringify({ ...own(400), agents: { defaults: { model } }, ...{ z: own(400) } });

  it("shows the change in the middle, and how much is left out", () => {
    const plan = planned({ config: config("openai/gpt-5.1") }, {});
    expect(changed(plan, "removed")).toContain("openai/gpt-5.1");
    expect(changed(plan, "added")).toContain("openai/gpt-5.5");
    const gaps = linesOf(plan).flatMap(({ parts }) => parts.filter((part) => "gap" in part));
    expect(gaps.length).toBeGreaterThan(1);
    const shown = linesOf(plan).map(({ parts }) =>
      parts.reduce((sum, part) => sum + ("gap" in part ? part.gap : part.text.length), 0),
    );
    // What is shown and what is left out are the line.
    expect(shown[0]).toBe(config("openai/gpt-5.1").length);
    expect(JSON.stringify(linesOf(plan)).length).toBeLessThan(20_000);
  });

  it("shows a change at its very end, and one behind a mask beside another", () => {
    const text = `${JSON.stringify({ ...own(300), env: { vars: { OPENAI_API_KEY: OLD_KEY } } }).slice(0, -1)},"agents":{"defaults":{"model":"openai/gpt-5.1"}}}`;
    const plan = planned({ config: text }, { keyForm: "env-vars" });
    expect(changed(plan, "removed")).toContain("••••");
    expect(changed(plan, "added")).toContain("••••");
    expect(changed(plan, "added")).toContain("openai/gpt-5.5");
  });
});

it("shows a change behind a mask that looks the same before and after", () => {
  const alike = `${OLD_KEY.slice(0, -4)}${KEY.slice(-4)}`;
  const vars = { OPENAI_API_KEY: alike };
  const config = JSON.stringify({ ...own(300), env: { vars }, z: own(300) });
  const plan = planned({ config }, { keyForm: "env-vars" });
  expect(changed(plan, "removed")).toContain(`••••${KEY.slice(-4)}`);
  expect(changed(plan, "added")).toContain(`••••${KEY.slice(-4)}`);
});

it("shows every change of a plan, whatever the length of its lines", () => {
  const part = fc.record({ count: fc.nat(300), size: fc.integer({ min: 1, max: 60 }) });
  const word = fc.stringMatching(/^[a-w]{4,12}$/u);
  fc.assert(
    fc.property(
      part,
      part,
      word,
      fc.boolean(),
      fc.boolean(),
      (first, last, old, oneLine, secret) => {
        const value = {
          ...own(first.count, first.size),
          agents: { defaults: { model: { primary: `openai/${old}` } } },
          ...(secret ? { env: { vars: { OPENAI_API_KEY: OLD_KEY } } } : {}),
          after: own(last.count, last.size),
        };
        const config = JSON.stringify(value, null, oneLine ? undefined : 2);
        const plan = planned({ config }, { keyForm: "env-vars" });
        expect(changed(plan, "removed")).toContain(old);
        expect(changed(plan, "added")).toContain("gpt-5.5");
        if (secret) expect(changed(plan, "added")).toContain("••••");
        for (const [kind, text] of [
          ["added", plan.config.after],
          ["removed", config],
        ] as const) {
          for (const line of linesOf(plan).filter((one) => one.kind === kind)) {
            // Unchanged words of a changed line may be left out; nothing changed may.
            const number = (line.after ?? line.before ?? 1) - 1;
            const whole = text.split("\n")[number] ?? "";
            const shown = line.parts.flatMap((one) => ("gap" in one ? [] : [one.text]));
            if (!line.parts.some((one) => "gap" in one)) continue;
            expect(shown.every((one) => one.includes("•") || whole.includes(one))).toBe(true);
            expect(line.parts.some((one) => !("gap" in one) && one.changed)).toBe(true);
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});
