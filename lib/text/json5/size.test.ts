/**
 * Large and deep configs are edited or refused, and nothing is lost. With ENDURANCE_RUNS they have two
 * megabytes, and the time is measured: it grows with the size and not faster.
 */

import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { editConfig } from "@/lib/text/json5/edit";
import type { ConfigEdit } from "@/lib/text/json5/types";

const EDITS: readonly ConfigEdit[] = [
  { op: "set", path: ["agents", "defaults", "model"], value: "openai/gpt-5.5" },
  { op: "set", path: ["zz", "new"], value: { a: [1, 2] } },
  { op: "remove", path: ["away"] },
];
const MIB = 1024 * 1024;

const ENDURANCE = Boolean(process.env["ENDURANCE_RUNS"]);
const LARGEST = ENDURANCE ? 2 * MIB : MIB / 4;

/** Each prints a document of about so many characters. */
const SHAPES: Record<string, (size: number) => string> = {
  "one long string": (size) => wrap(`long: "${"x".repeat(size)}",`),
  "a long string of escapes": (size) => wrap(`long: '${"\\u0041\\n".repeat(size / 8)}',`),
  "many keys": (size) => wrap(lines(size, (i) => `key${i}: ${i},`)),
  "many quoted keys": (size) => wrap(lines(size, (i) => `"key ${i}" : 'v${i}',`)),
  "a long list": (size) => wrap(`list: [${"0x1F, ".repeat(size / 6)}],`),
  "many comments": (size) => wrap(lines(size, (i) => `// note ${i} { } " '`)),
  "one long comment": (size) => wrap(`/*${"* /".repeat(size / 3)}*/`),
  "much white space": (size) => wrap(" \t\n".repeat(size / 3)),
  "many keys of lists": (size) =>
    wrap(lines(size, (i) => `k${i}: [{a: [${i}, [,].length]}],`.replace("[,].length", "1"))),
  "Windows lines": (size) => wrap(lines(size, (i) => `key${i}: ${i},`)).replaceAll("\n", "\r\n"),
};

function wrap(middle: string): string {
  return `// top\n{\n  away: 1, // gone\n${middle}\n  agents: { defaults: { model: 'old' } },\n}\n`;
}

function lines(size: number, line: (index: number) => string): string {
  const made: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    made.push(line(index));
    length += made[index]?.length ?? 0;
  }
  return made.join("\n");
}

describe("a large config", () => {
  it.each(Object.entries(SHAPES))(
    "%s: edited, and the rest is byte for byte as it was",
    (_, print) => {
      const text = print(LARGEST);
      const result = editConfig(text, EDITS);
      if (!result.ok) throw new Error(result.error.code);
      const at = text.indexOf("// gone") + 8;
      const until = text.lastIndexOf("'old'");
      expect(result.value.includes(text.slice(at, until))).toBe(true);
      const meaning = JSON5.parse(result.value) as Record<string, unknown>;
      expect(meaning["agents"]).toEqual({ defaults: { model: "openai/gpt-5.5" } });
      expect(meaning["zz"]).toEqual({ new: { a: [1, 2] } });
      expect("away" in meaning).toBe(false);
    },
  );

  it.each([10, 100, 1000, 10_000, 100_000])("nested %d deep: edited or refused", (depth) => {
    const text = wrap(`deep: ${"[".repeat(depth)}${"]".repeat(depth)},`);
    const result = editConfig(text, EDITS);
    if (result.ok) expect(result.value).toContain("[".repeat(depth) + "]".repeat(depth));
    else expect(result.error.code).not.toBe("not-faithful");
  });
});

it.skipIf(!ENDURANCE).each(Object.entries(SHAPES))(
  "the time grows with the size: %s",
  (name, print) => {
    const time = (size: number) => {
      const text = print(size);
      const rounds = Array.from({ length: 5 }, () => {
        const before = process.cpuUsage();
        editConfig(text, EDITS);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      return Math.min(...rounds);
    };
    time(MIB / 8);
    const sizes = [0.25, 0.5, 1, 2];
    const times = sizes.map((size) => time(size * MIB));
    const ratio = (times[3] ?? 0) / Math.max(1, times[0] ?? 0);
    process.stdout.write(
      `${name}: ${sizes.map((size, i) => `${size} MB ${times[i]?.toFixed(0)} ms`).join(", ")}; 8 times the size, ${ratio.toFixed(1)} times the time\n`,
    );
    // Eight for a straight line; a square would be sixty-four.
    expect(ratio).toBeLessThan(20);
  },
);
