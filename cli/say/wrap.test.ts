import fc from "fast-check";
import { expect, it } from "vitest";
import { widthOf, wrapped } from "@/cli/say/wrap";

it("breaks between words, and begins below the words of the line before", () => {
  expect(wrapped("  - Sets the model to openai/gpt-5.5 for all", 24)).toEqual([
    "  - Sets the model to",
    "    openai/gpt-5.5 for",
    "    all",
  ]);
});

it("leaves an address whole, however long", () => {
  const address = `https://auth.openai.com/${"x".repeat(80)}`;
  expect(wrapped(`Open ${address} now`, 40)).toEqual(["Open", address, "now"]);
});

it("counts two columns for a Chinese or Japanese sign, and begins no line with a full stop", () => {
  const lines = wrapped("変更の選択を変えて、もう一度見てください。書き込みは後です。", 22);
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(24);
  for (const line of lines) expect(line).not.toMatch(/^[、。]/u);
});

it("loses no sign but spaces, and makes no line too long that could be broken", () => {
  const word = fc.stringMatching(/^[a-zé]{1,12}$/u);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.integer({ min: 20, max: 80 }),
      (words, columns) => {
        const lines = wrapped(words.join(" "), columns);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
