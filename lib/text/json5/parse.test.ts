import { describe, expect, it } from "vitest";
import { parseConfig, parseDocument } from "@/lib/text/json5/parse";
import { MAX_DEPTH } from "@/lib/text/json5/tree";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
function failure(input: string | Uint8Array) {
  const result = parseConfig(typeof input === "string" ? bytes(input) : input);
  if (result.ok) throw new Error("expected a refusal");
  const { code, line, column } = result.error;
  return `${code} ${line}:${column}`;
}

describe("parseConfig", () => {
  it("reads JSON5 and gives the exact text back", () => {
    const text = "\uFEFF// hi\r\n{a: 'x', b: +.5, c: 0x1F, d: [NaN, -Infinity,],}\r\n";
    const result = parseConfig(bytes(text));
    if (!result.ok) throw new Error(result.error.detail);
    expect(result.value).toEqual({
      text,
      bom: true,
      value: { a: "x", b: 0.5, c: 31, d: [Number.NaN, Number.NEGATIVE_INFINITY] },
    });
    expect(new TextEncoder().encode(result.value.text)).toEqual(bytes(text));
  });

  it("keeps __proto__ as data", () => {
    const result = parseConfig(bytes('{"__proto__": {"polluted": true}, "a": {__proto__: 1}}'));
    if (!result.ok) throw new Error(result.error.detail);
    expect(Object.keys(result.value.value as object)).toEqual(["__proto__", "a"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((result.value.value as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ["an empty file", "", "syntax 1:1"],
    ["blanks only", " \n\n", "syntax 3:1"],
    ["comments only", "// nothing\n", "syntax 2:1"],
    ["a missing bracket", "{\n  a: 1\n", "syntax 3:1"],
    ["a missing comma", "{\n  a: 1\n  b: 2\n}", "syntax 3:3"],
    ["a string that ends with its line", '{a: "x\n"}', "syntax 1:7"],
    ["the same with CRLF", '{\r\n  a: "x\r\n"}', "syntax 2:8"],
    ["lines that end in CR", "{\r  a: 1\r  b: 2}", "syntax 3:3"],
    ["a byte order mark, which takes no column", "\uFEFF{a}", "syntax 1:3"],
    ["a template literal as a value", "{\n  a: `x`\n}", "template-literal 2:6"],
    ["a template literal as a key", "{`a`: 1}", "template-literal 1:2"],
    ["JavaScript around the object", "module.exports = {}", "syntax 1:1"],
    ["text after the object", "{}\n{}", "syntax 2:1"],
    ["an expression", '{a: "x" + "y"}', "syntax 1:9"],
    ["an array", "\n [1]", "not-an-object 2:2"],
    ["null", "null", "not-an-object 1:1"],
  ])("refuses %s", (_, text, expected) => {
    expect(failure(text)).toBe(expected);
  });

  it("refuses bytes that are not UTF-8, at the first of them", () => {
    expect(failure(Uint8Array.of(0x7b, 0x0a, 0xc3, 0xa9, 0xff, 0x7d))).toBe("not-utf8 2:2");
    expect(failure(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0))).toBe("not-utf8 1:1");
    const realReplacement = Uint8Array.of(...bytes('{"\uFFFD":1}'), 0x80);
    expect(failure(realReplacement)).toBe("not-utf8 1:8");
  });

  it("refuses absurd depth without overflowing, and allows the depth below it", () => {
    const nested = (depth: number): string => `{a:${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(parseConfig(bytes(nested(MAX_DEPTH - 1))).ok).toBe(true);
    expect(failure(nested(MAX_DEPTH))).toBe(`too-deep 1:${3 + MAX_DEPTH}`);
    expect(failure(nested(1_000_000))).toMatch(/^too-deep /);
  });

  it("lets an included file hold any value", () => {
    expect(parseDocument(bytes("[1]"))).toMatchObject({ ok: true, value: { value: [1] } });
  });
});
