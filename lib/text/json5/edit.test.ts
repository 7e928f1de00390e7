import { describe, expect, it } from "vitest";
import { createConfig, editConfig } from "@/lib/text/json5/edit";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";

/** A path in dots; a number stands for an array index. */
function path(dotted: string): ConfigPath {
  return dotted.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
const set = (at: string, value: Json): ConfigEdit => ({ op: "set", path: path(at), value });
const remove = (at: string): ConfigEdit => ({ op: "remove", path: path(at) });

function edited(text: string, ...edits: ConfigEdit[]): string {
  const result = editConfig(text, edits);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}
function refused(text: string, ...edits: ConfigEdit[]) {
  const result = editConfig(text, edits);
  if (result.ok) throw new Error(`not refused: ${result.value}`);
  return `${result.error.code} at ${result.error.path.join(".")}`;
}
const lines = (...all: string[]): string => all.join("\n");

describe("replacing a value", () => {
  it.each([
    [
      "keeps the quotes of the string",
      "{a: 'x' /* c */}",
      set("a", "it's"),
      "{a: 'it\\'s' /* c */}",
    ],
    ["keeps double quotes", `{'a': "x"}`, set("a", 'say "hi"'), `{'a': "say \\"hi\\""}`],
    [
      "keeps everything around it",
      "\uFEFF{\r\n\ta :0x10 ,// c\r\n}\r\n",
      set("a", 17),
      "\uFEFF{\r\n\ta :17 ,// c\r\n}\r\n",
    ],
    ["changes an item of an array", "[ 1,\n 2, // two\n]", set("1", 3), "[ 1,\n 3, // two\n]"],
    [
      "writes a one-line object on one line",
      "{ a: { b: 1 } }",
      set("a", { c: [2, 3], d: {} }),
      "{ a: { c: [2, 3], d: {} } }",
    ],
    ["writes numbers that JSON lacks", "[1, 2, 3]", set("0", Number.NaN), "[NaN, 2, 3]"],
    ["tells -0 from 0", "[0]", set("0", -0), "[-0]"],
    [
      "finds a key with escapes",
      "{\\u0061b: 1, '\\x63': 2}",
      set("ab", 3),
      "{\\u0061b: 3, '\\x63': 2}",
    ],
    [
      "finds a key with escapes in quotes",
      "{\\u0061b: 1, '\\x63': 2}",
      set("c", 3),
      "{\\u0061b: 1, '\\x63': 3}",
    ],
    ["escapes line separators", '{"a": "x"}', set("a", "\u2028\ud800"), '{"a": "\\u2028\\ud800"}'],
  ])("%s", (_, text, edit, expected) => {
    expect(edited(text, edit)).toBe(expected);
  });

  it("spreads an object that replaces a string where the file spreads its own", () => {
    expect(
      edited(
        lines("{", "\tmodel: 'x', // old", "}"),
        set("model", { primary: "y", fallbacks: [] }),
      ),
    ).toBe(lines("{", "\tmodel: {", "\t\tprimary: 'y',", "\t\tfallbacks: [],", "\t}, // old", "}"));
  });

  it("replaces the whole document and leaves the comments around it", () => {
    expect(edited("// top\n{a: 1} // end\n", { op: "set", path: [], value: { b: 2 } })).toBe(
      "// top\n{b: 2} // end\n",
    );
  });

  it("changes nothing when the value is equal, whatever its writing and key order", () => {
    const text = "{ a: 0x10, b: {x: 1, y: 'z'}, c: [+.5, NaN] }";
    const same = [set("a", 16), set("b", { y: "z", x: 1 }), set("c", [0.5, Number.NaN])];
    expect(edited(text, ...same)).toBe(text);
  });
});

describe("adding a member", () => {
  it.each([
    ["to one line", "{ a: 1 }", "{ a: 1, b: 2 }"],
    ["to a tight line", '{"a":1,"c":3}', '{"a":1,"c":3,"b":2}'],
    ["to one line with a last comma", "{ a: 1, }", "{ a: 1, b: 2, }"],
    ["behind a comment on one line", "{ a: 1 /* one */ }", "{ a: 1 /* one */, b: 2 }"],
    ["on its own line", "{\n  a: 1\n}", "{\n  a: 1,\n  b: 2\n}"],
    ["with the last comma the file likes", "{\n  a: 1,\n}", "{\n  a: 1,\n  b: 2,\n}"],
    ["with tabs and CRLF", "{\r\n\ta: 1\r\n}\r\n", "{\r\n\ta: 1,\r\n\tb: 2\r\n}\r\n"],
    ["behind the comment of its sibling", "{\n  a: 1 // one\n}", "{\n  a: 1, // one\n  b: 2\n}"],
    [
      "before comments that end the object",
      "{\n  a: 1, // one\n  // end\n}",
      "{\n  a: 1, // one\n  b: 2,\n  // end\n}",
    ],
    ["before a bracket on the line", "{\n  a: 1 }", "{\n  a: 1,\n  b: 2 }"],
    [
      "after an object that starts on the line of its bracket",
      "{ a: {\n  x: 1\n} }",
      "{ a: {\n  x: 1\n}, b: 2 }",
    ],
    ["behind blanks at the end of the line", "{\n  a: 1,  \n}", "{\n  a: 1,  \n  b: 2,\n}"],
    [
      "after a key that shares its line with a comment",
      "{\n    /* c */ a: 1\n}",
      "{\n    /* c */ a: 1,\n    b: 2\n}",
    ],
    ["with single quotes", "{'a': 1}", "{'a': 1, 'b': 2}"],
    [
      "bare, where only keys that need them have quotes",
      "{x: 1, 'a-b': 1}",
      "{x: 1, 'a-b': 1, b: 2}",
    ],
    ["with the colon of its sibling", "{ a : 1 }", "{ a : 1, b : 2 }"],
  ])("%s", (_, text, expected) => {
    expect(edited(text, set("b", 2))).toBe(expected);
  });

  it.each([
    ["an empty document", "", '{\n  "b": 2\n}\n'],
    ["blanks with a byte order mark", "\uFEFF \n", '\uFEFF{\n  "b": 2\n}\n'],
    ["comments alone", "// x\n/* y */\n", '// x\n/* y */\n{\n  "b": 2\n}\n'],
    ["a comment without a line end", "// { a: 1 }", '// { a: 1 }\n{\n  "b": 2\n}\n'],
    ["comments with line ends of Windows", "// x\r\n", '// x\r\n{\r\n  "b": 2\r\n}\r\n'],
    ["comments behind a byte order mark", "\uFEFF// x", '\uFEFF// x\n{\n  "b": 2\n}\n'],
    ["an empty object", "{}", '{\n  "b": 2\n}'],
    ["an empty object with a comment", "{ /* c */ }", '{ /* c */\n  "b": 2\n}'],
    ["an empty object over lines", "{\n}", '{\n  "b": 2\n}'],
    ["an empty object with a comment on a line", "{\n    // c\n}", '{\n    // c\n    "b": 2\n}'],
    ["an empty object with a comment behind its bracket", "{ // c\n}", '{ // c\n  "b": 2\n}'],
  ])("fills %s", (_, text, expected) => {
    expect(edited(text, set("b", 2))).toBe(expected);
  });

  it("quotes a key that needs it the way the file does", () => {
    expect(edited("{\n  a: 'x',\n}", set("openai/gpt", "y"))).toBe(
      "{\n  a: 'x',\n  'openai/gpt': 'y',\n}",
    );
    expect(edited('{"a": 1}', set("__proto__", 2))).toBe('{"a": 1, "__proto__": 2}');
  });

  it("creates parents, spread or on one line as the place is", () => {
    expect(edited("{\n    a: 1,\n}", set("b.c.d", "x"))).toBe(
      lines(
        "{",
        "    a: 1,",
        "    b: {",
        "        c: {",
        '            d: "x",',
        "        },",
        "    },",
        "}",
      ),
    );
    expect(edited('{"a":1}', set("b.c.d", "x"))).toBe('{"a":1,"b":{"c":{"d":"x"}}}');
    expect(edited('{\n  "a": {"b": {}}\n}', set("a.b.c", 1))).toBe('{\n  "a": {"b": {"c": 1}}\n}');
  });

  it("appends to arrays", () => {
    expect(edited("{a: ['x']}", set("a.1", "y"))).toBe("{a: ['x', 'y']}");
    expect(edited("{\n  a: [\n    1, // one\n  ],\n}", set("a.1", 2))).toBe(
      "{\n  a: [\n    1, // one\n    2,\n  ],\n}",
    );
    expect(edited("{\n  a: []\n}", set("a.0", { b: 1 }))).toBe(
      "{\n  a: [\n    {\n      b: 1\n    }\n  ]\n}",
    );
    expect(edited("{ x: 1 }", set("a.0", "y"))).toBe('{ x: 1, a: ["y"] }');
  });

  it("follows the neighbours before the rest of a file that mixes its habits", () => {
    expect(edited('{ a: { "x": \'s\' }, b: "t", c: "u" }', set("a.y", "v"))).toBe(
      '{ a: { "x": \'s\', "y": \'v\' }, b: "t", c: "u" }',
    );
    const mixed = lines("{", "  a: {", "    b: 1", "  },", "  c: {", "      d: 1", "  }", "}");
    expect(edited(mixed, set("c.e.f", 2))).toBe(
      mixed.replace("d: 1", lines("d: 1,", "      e: {", "          f: 2", "      }")),
    );
  });

  it("uses the line ending of the place in a file that mixes them", () => {
    expect(edited("{\n  a: {\r\n    b: 1\r\n  }\n}", set("a.c", 2))).toBe(
      "{\n  a: {\r\n    b: 1,\r\n    c: 2\r\n  }\n}",
    );
  });
});

describe("removing a member", () => {
  const text = lines(
    "{",
    "  // about a",
    "  a: 1, // one",
    "  b: 2, /* two */",
    "  // about c",
    "  c: 3 // three",
    "  // end",
    "}",
  );
  it.each([
    [
      "the first, with its line and comment",
      "a",
      lines(
        "{",
        "  // about a",
        "  b: 2, /* two */",
        "  // about c",
        "  c: 3 // three",
        "  // end",
        "}",
      ),
    ],
    [
      "one between",
      "b",
      lines(
        "{",
        "  // about a",
        "  a: 1, // one",
        "  // about c",
        "  c: 3 // three",
        "  // end",
        "}",
      ),
    ],
    [
      "the last, with the comma before it",
      "c",
      lines(
        "{",
        "  // about a",
        "  a: 1, // one",
        "  b: 2 /* two */",
        "  // about c",
        "  // end",
        "}",
      ),
    ],
    ["one that is not there", "d", text],
    ["one below a scalar", "a.b.c", text],
  ])("%s", (_, key, expected) => {
    expect(edited(text, remove(key))).toBe(expected);
  });

  it.each([
    ["first on a line", "{ a: 1, b: 2, c: 3 }", "a", "{ b: 2, c: 3 }"],
    ["between on a line", "{ a: 1, b: 2, c: 3 }", "b", "{ a: 1, c: 3 }"],
    ["last on a line", "{ a: 1, b: 2, c: 3 }", "c", "{ a: 1, b: 2 }"],
    ["last with a comma", "{a: 1, b: 2,}", "b", "{a: 1,}"],
    ["last over lines with a comma", "{\n  a: 1,\n  b: 2,\n}", "b", "{\n  a: 1,\n}"],
    ["the only one", "{\n  a: 1,\n}", "a", "{}"],
    ["the only one beside a comment", "{\n  // c\n  a: 1,\n}", "a", "{\n  // c\n}"],
    ["before a comment of the next", "{ a: 1, /* b */ b: 2 }", "a", "{ /* b */ b: 2 }"],
    ["after a comment that stays", "{ a: 1, /* b */ b: 2 }", "b", "{ a: 1 /* b */ }"],
    [
      "before the bracket, after a line comment",
      "{\n  a: 1, // c\n  b: 2 }",
      "b",
      "{\n  a: 1 // c\n}",
    ],
    ["two on a line", "{\n  a: 1, b: 2, // both\n  c: 3,\n}", "b", "{\n  a: 1,\n  c: 3,\n}"],
    ["with CRLF", "{\r\n  a: 1,\r\n  b: 2\r\n}", "a", "{\r\n  b: 2\r\n}"],
    ["with its comma on the next line", "{ a: 1\n, b: 2\n, c: 3 }", "b", "{ a: 1\n,\n c: 3 }"],
    [
      "before a comment that goes on",
      "{\n  a: 1, /* x\n  y */\n  b: 2\n}",
      "a",
      "{\n  /* x\n  y */\n  b: 2\n}",
    ],
  ])("%s", (_, before, key, expected) => {
    expect(edited(before, remove(key))).toBe(expected);
  });

  it("takes an item out of an array", () => {
    expect(edited("[1, 2, 3]", remove("1"))).toBe("[1, 3]");
  });

  it("gives the same text back when a last member is removed and set again", () => {
    const before = "{\n  a: 1,\n  b: 'x'\n}\n";
    expect(edited(edited(before, remove("b")), set("b", "x"))).toBe(before.replaceAll("'", '"'));
    expect(edited(before, remove("a"), set("c", "y"))).toBe("{\n  b: 'x',\n  c: 'y'\n}\n");
  });
});

describe("what it refuses", () => {
  it.each([
    ["text that is no JSON5", "{a: `x`}", set("a", 1), "unparsable at "],
    ["a comment that does not end", "/* x", set("a", 1), "unparsable at "],
    ["a word behind a comment", "// x\nfoo", set("a", 1), "unparsable at "],
    ["a key written twice", "{a: {b: 1, 'b': 2}}", set("a.b", 3), "duplicate-key at a.b"],
    ["a parent written twice", "{a: {}, \\u0061: {}}", set("a.b", 3), "duplicate-key at a"],
    ["removing a key written twice", "{a: 1, a: 2}", remove("a"), "duplicate-key at a"],
    ["a scalar in the way", "{a: {b: 'x'}}", set("a.b.c.d", 1), "parent-not-object at a.b"],
    ["null in the way", "{a: null}", set("a.b", 1), "parent-not-object at a"],
    ["an array in the way", "{a: []}", set("a.b", 1), "parent-not-object at a"],
    ["an object where an index is asked", "{a: {}}", set("a.0", 1), "parent-not-object at a"],
    ["an index past the end", "{a: [1]}", set("a.2", 1), "bad-path at a.2"],
    ["a new array that does not begin at 0", "{}", set("a.1", 1), "bad-path at a.1"],
    ["removing everything", "{}", { op: "remove", path: [] } as const, "bad-path at "],
    [
      "a config that is no object",
      "{}",
      { op: "set", path: [], value: 1 } as const,
      "bad-path at ",
    ],
    ["adding beside $include", "{a: {$include: './a.json5'}}", set("a.b", 1), "include at a.b"],
    [
      "removing what $include may bring",
      "{a: {'$include': ['x']}}",
      remove("a.b.c"),
      "include at a.b",
    ],
  ])("%s", (_, text, edit, expected) => {
    expect(refused(text, edit)).toBe(expected);
  });

  it("edits a key that stands beside $include, since it overrides", () => {
    expect(edited("{$include: 'x', a: 1}", set("a", 2))).toBe("{$include: 'x', a: 2}");
  });

  it("names no value in a refusal", () => {
    const result = editConfig("{token: 'sk-secret', token: 'sk-secret'}", [set("token", "sk-new")]);
    expect(JSON.stringify(result)).not.toMatch(/sk-/);
  });
});

describe("work", () => {
  const repeat = (count: number, make: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => make(i)).join("");
  it.each([
    ["members on lines", (n: number) => `{\n${repeat(n, (i) => `  k${i}: [${i}, 'x'], // c\n`)}}`],
    ["members on one line", (n: number) => `{${repeat(n, (i) => `k${i}:{a:1},`)}}`],
    ["comments", (n: number) => `{${repeat(n, (i) => `/* ${i} */ // x\n`)}}`],
    ["blanks", (n: number) => `{${" ".repeat(n * 9)}}`],
    ["a long string", (n: number) => `{a: '${"\\x41".repeat(n * 3)}'}`],
    [
      "depth",
      (n: number) => `{a: [${repeat(n / 20, () => `${"[".repeat(99)}${"]".repeat(99)},`)}]}`,
    ],
  ])("grows with the length only: %s", (_, make) => {
    const edits = [set("fresh.b", 1), set("fresh.b", 2), remove("fresh")];
    for (const count of [100, 200, 400, 800]) {
      const text = make(count);
      const meter = { steps: 0 };
      expect(editConfig(text, edits, { meter }).ok).toBe(true);
      // One pass over the text, and one more after each edit.
      expect(meter.steps).toBeLessThan((edits.length + 1) * text.length * 1.02 + 200);
    }
  });
});

describe("createConfig", () => {
  it("writes JSON as OpenClaw does", () => {
    const value = { gateway: { mode: "local", tags: [], list: [1, { a: null }] }, env: {} };
    expect(createConfig(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });
});
