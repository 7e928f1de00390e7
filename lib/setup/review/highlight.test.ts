import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highlight, linesInside } from "@/lib/setup/review/highlight";
import { changedParts } from "@/lib/setup/review/word-diff";

const looks = (line: string, language: "json5" | "dotenv" = "json5") =>
  highlight(line, language)
    .filter(({ look }) => look !== "plain")
    .map(({ text, look }) => [look, text]);

describe("the words of a line", () => {
  it("are names, strings, values and comments in JSON5", () => {
    expect(looks(`  model: { "primary": 'a\\'b', n: -1.5e3, on: true }, // why`)).toEqual([
      ["key", "model"],
      ["key", '"primary"'],
      ["text", "'a\\'b'"],
      ["key", "n"],
      ["value", "-1.5e3"],
      ["key", "on"],
      ["value", "true"],
      ["note", "// why"],
    ]);
    expect(looks(`url: "http://x/*y*/" /* a */ , b: null`)).toEqual([
      ["key", "url"],
      ["text", '"http://x/*y*/"'],
      ["note", "/* a */"],
      ["key", "b"],
      ["value", "null"],
    ]);
  });

  it("are names, values and comments in .env", () => {
    expect(looks("export A_KEY=sk-••••1a2b # mine", "dotenv")).toEqual([
      ["key", "A_KEY"],
      ["text", "sk-••••1a2b "],
      ["note", "# mine"],
    ]);
    expect(looks("# A=1", "dotenv")).toEqual([["note", "# A=1"]]);
  });

  it("together are the line again, whatever stands in it", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."ab1:\"'\\/*,{}[]#=-.$ •") }),
    );
    fc.assert(
      fc.property(line, fc.constantFrom("json5", "dotenv"), (any, language) => {
        const text = any.replace(/[\n\r\u2028\u2029]/gu, "");
        const tokens = highlight(text, language as "json5" | "dotenv");
        expect(tokens.map((token) => token.text).join("")).toBe(text);
      }),
    );
  });
});

it("a comment and a string go on over lines until they end", () => {
  const lines = ["{ /* one", "", "two */ a: 'x\\", "y', b: 1 }", "// \\", "c: 2"];
  expect(linesInside(lines, "json5")).toEqual([
    ...["nothing", "comment", "comment", "'", "nothing", "nothing"],
  ]);
  expect(highlight(lines[2] ?? "", "json5", "comment")[0]).toEqual({
    text: "two */",
    look: "note",
  });
});

describe("what differs within a changed line", () => {
  const parts = (before: string[], after: string[]) => {
    const of = (line: string) =>
      highlight(line, "json5").map((token) => ({ ...token, means: token.text }));
    const { removed, added } = changedParts(before.map(of), after.map(of));
    const changed = (lines: typeof removed) =>
      lines.map((line) => line.filter((part) => part.changed).map(({ text }) => text));
    return [changed(removed), changed(added)];
  };

  it("is marked, and nothing else", () => {
    expect(parts(['  primary: "a/b", // c'], ['  primary: "a/d", // c'])).toEqual([
      [['"a/b"']],
      [['"a/d"']],
    ]);
  });

  it("is found though lines were put before it", () => {
    expect(parts(["port: 1,"], ["mode: 2,", "port: 3,"])).toEqual([[["1"]], [[], ["3"]]]);
  });

  it("is not looked for in lines that have nothing in common", () => {
    expect(parts(["a: 1"], ["{ b: 2 }"])).toEqual([[[]], [[]]]);
  });

  it("is the masked word where both masks look alike, and what else changed", () => {
    const of = (hidden: string, rest: string) =>
      highlight(`k: "sk-••••aaaa", ${rest}`, "json5").map((token) => ({
        ...token,
        means: token.text.includes("••••") ? `${token.text}${hidden}` : token.text,
      }));
    const { removed, added } = changedParts([of("one", "b: 1")], [of("two", "b: 2")]);
    const changed = [...removed, ...added].map((line) =>
      line.filter((part) => part.changed).map(({ text }) => text),
    );
    expect(changed).toEqual([
      ['"sk-••••aaaa"', "1"],
      ['"sk-••••aaaa"', "2"],
    ]);
  });
});
