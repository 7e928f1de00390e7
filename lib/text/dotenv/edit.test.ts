import dotenv from "dotenv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DOTENV_BYTES, readDotenv, removeDotenv, setDotenv } from "@/lib/text/dotenv/edit";
import { scanDotenv } from "@/lib/text/dotenv/scan";
import { Tape } from "@/lib/text/json5/testing/document.arbitrary";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 2000);

function set(text: string, name: string, value: string): string {
  const result = setDotenv(text, name, value);
  return result.ok ? result.value : `refused: ${result.error.code}`;
}
function remove(text: string, name: string): string {
  const result = removeDotenv(text, name);
  return result.ok ? result.value : `refused: ${result.error.code}`;
}

describe("readDotenv", () => {
  // Each right side is what dotenv 17.4.2 gave for the left side.
  it.each<[string, Record<string, string>]>([
    ["A=1", { A: "1" }],
    ["A = 1 ", { A: "1" }],
    ["A=", { A: "" }],
    ["A=\nB=2", { A: "", B: "2" }],
    ["  A=1", { A: "1" }],
    ["\tA: 1", { A: "1" }],
    ["A:1", {}],
    ["A :1", {}],
    ["export A=1", { A: "1" }],
    ["export  A = 1", { A: "1" }],
    ["export=1", { export: "1" }],
    ["export = 1", { export: "1" }],
    ["exportA=1", { exportA: "1" }],
    ["export\nA=1", { A: "1" }],
    ["A\n=1", { A: "1" }],
    ["A=1 # c", { A: "1" }],
    ["A=1# c", { A: "1" }],
    ["A=#c", { A: "" }],
    ["A=a#b", { A: "a" }],
    ["# A=1", {}],
    ["#A=1\nB=2", { B: "2" }],
    ["A='x'", { A: "x" }],
    ["A='x' # c", { A: "x" }],
    ["A='x'y", { A: "'x'y" }],
    ["A='x # y'", { A: "x # y" }],
    ['A="x # y" # z', { A: "x # y" }],
    ["A=`x 'y' \"z\"`", { A: "x 'y' \"z\"" }],
    ["A='x", { A: "'x" }],
    ['A="x\nB=y', { A: '"x', B: "y" }],
    ["A='x\ny'\nB=1", { A: "x\ny", B: "1" }],
    ['A="a\\nb"', { A: "a\nb" }],
    ["A='a\\nb'", { A: "a\\nb" }],
    ["A=a\\nb", { A: "a\\nb" }],
    ['A="a\\"b"', { A: 'a\\"b' }],
    ["A='a\\'b'", { A: "a\\'b" }],
    ["A='a\\' # c", { A: "a\\" }],
    ["A='a\\' b'", { A: "a\\' b" }],
    ["A='a\\\\'", { A: "a\\\\" }],
    ["A=\n'x'", { A: "x" }],
    ["A=\n\nB=1", { A: "", B: "1" }],
    ["A= \n 'x'", { A: "x" }],
    ['A="a\r\nb"\r\nB=1\r\n', { A: "a\nb", B: "1" }],
    ["A=1\rB=2", { A: "1", B: "2" }],
    ["﻿A=1", { A: "1" }],
    ["A.b-c=1", { "A.b-c": "1" }],
    ["A B=1", {}],
    ["A=1=2", { A: "1=2" }],
    ["A==1", { A: "=1" }],
    ['A="x" "y"', { A: 'x" "y' }],
    ["A=''", { A: "" }],
    ['A=" x "', { A: " x " }],
    ["A=' x ' # c", { A: " x " }],
    ["A=1\nA=2", { A: "2" }],
    ["A='1'\nA=", { A: "" }],
    ['A="\\\\n"', { A: "\\\n" }],
    ['A={"a": 1}', { A: '{"a": 1}' }],
    ["A= x y  z ", { A: "x y  z" }],
    ["é=1", {}],
    ["A=é", { A: "é" }],
    ["1=2", { "1": "2" }],
    ["A='x'\n# c\nB='y'", { A: "x", B: "y" }],
    ["A=x'y'", { A: "x'y'" }],
    ['A="unclosed\\n', { A: '"unclosed\n' }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dotenv fills nothing in
    ["A=$B${C}", { A: "$B$" + "{C}" }],
    ["=1\nB=2", { B: "2" }],
    [":\nB=2", { B: "2" }],
    ["A=`a\nb`", { A: "a\nb" }],
    ["A:\r\nB=1", { A: "B=1" }],
    ["A: 'x'", { A: "x" }],
    ["A=1 B=2", { A: "1 B=2" }],
  ])("reads %j as dotenv does", (text, expected) => {
    expect(Object.fromEntries(readDotenv(text))).toEqual(expected);
  });
});

describe("setDotenv", () => {
  it.each([
    ["an empty file", "", "A=new\n"],
    ["a file with other names", "B=1\n", "B=1\nA=new\n"],
    ["a last line without an ending", "B=1", "B=1\nA=new\n"],
    ["CRLF", "B=1\r\n# c\r\n", "B=1\r\n# c\r\nA=new\r\n"],
    ["a byte order mark alone", "\uFEFF", "\uFEFFA=new\n"],
    ["a comment at the end", "# A=old", "# A=old\nA=new\n"],
    ["a file whose every line is exported", "export B=1\n", "export B=1\nexport A=new\n"],
    ["a file that ends inside a comment only", "B=1 # c", "B=1 # c\nA=new\n"],
  ])("adds a line to %s", (_, text, expected) => {
    expect(set(text, "A", "new")).toBe(expected);
  });

  it.each([
    ["A=old\nB=1\n", "A=new\nB=1\n"],
    ["  export A = old # c\r\n", "  export A = new # c\r\n"],
    ["A='old' # c", "A='new' # c"],
    ['A="old"\n', 'A="new"\n'],
    ["A=`old`\n", "A=`new`\n"],
    ["A=\nB=1\n", "A=new\nB=1\n"],
    ["A= # c\n", "A=new # c\n"],
    ["A: old\n", "A: new\n"],
    ["A=\n  'old'\n", "A=\n  'new'\n"],
    ['A="old\nlines"\nB=1\n', 'A="new"\nB=1\n'],
  ])("replaces only the value in %j", (text, expected) => {
    expect(set(text, "A", "new")).toBe(expected);
  });

  it.each([
    ["sk-proj-AbC_123", "A=sk-proj-AbC_123\n"],
    ["a=b&c", "A=a=b&c\n"],
    ["", "A=\n"],
    ["two words", 'A="two words"\n'],
    [" edge ", 'A=" edge "\n'],
    ["a#b", 'A="a#b"\n'],
    ['say "x"', "A='say \"x\"'\n"],
    ['it\'s "x"', 'A=`it\'s "x"`\n'],
    ["back\\slash\\", "A=back\\slash\\\n"],
    ["a \\n b", "A='a \\n b'\n"],
    ["'\"`", "refused: bad-value"],
    ["x'\"`#", "refused: bad-value"],
    ["two\nlines", "refused: bad-value"],
    ["two\rlines", "refused: bad-value"],
    ["nul\0", "refused: bad-value"],
  ])("writes %j with as few quotes as it needs", (value, expected) => {
    expect(set("", "A", value)).toBe(expected);
  });

  it("changes quotes that cannot hold the new value", () => {
    expect(set("A='old'\n", "A", "it's")).toBe('A="it\'s"\n');
    expect(set('A="old"\n', "A", "a\\nb")).toBe("A='a\\nb'\n");
  });

  it("quotes an empty value where the next line would become the value", () => {
    expect(set("A=x\n'y'\n", "A", "")).toBe("A=\"\"\n'y'\n");
  });

  it("replaces the assignment that counts", () => {
    expect(set("A=1\nB=2\nA='2'\n", "A", "3")).toBe("A=1\nB=2\nA='3'\n");
  });

  it("changes nothing when the value is there already", () => {
    const text = "A = 'x y' # c\r\nB=1";
    expect(set(text, "A", "x y")).toBe(text);
  });

  it.each(["", "1A", "A-B", "A B", "A=", "é"])("refuses the name %j", (name) => {
    expect(set("", name, "x")).toBe("refused: bad-name");
  });

  it("refuses an edit that would give another name another value", () => {
    // Whichever quote the new line takes, one that was never closed would close at it.
    expect(set("B='x\nC=\"y\nD=`z\n", "A", "#")).toBe("refused: not-faithful");
    expect(set("B='x\nD=`z\n", "A", "#")).toBe('B=\'x\nD=`z\nA="#"\n');
  });

  it("refuses a file that OpenClaw would skip for its length", () => {
    const long = `# ${"x".repeat(MAX_DOTENV_BYTES - 8)}\n`;
    expect(set(long, "A", "x")).toContain("A=x\n");
    expect(set(long, "A", "too long")).toBe("refused: too-large");
  });

  it("names no value in a refusal", () => {
    expect(JSON.stringify(setDotenv("", "A", "sk-secret\n"))).not.toContain("sk-secret");
  });
});

describe("removeDotenv", () => {
  it.each([
    ["A=1\nB=2\n", "B=2\n"],
    ["B=2\n  export A='1' # c\r\n# d\n", "B=2\n# d\n"],
    ["\uFEFFA=1\nB=2\n", "\uFEFFB=2\n"],
    ["B=2\nA=1", "B=2\n"],
    ["A=1\nB=2\nA=3\n", "B=2\n"],
    ['A="x\ny" # c\nB=2\n', "B=2\n"],
    ["# A=1\nB=2\n", "# A=1\nB=2\n"],
    ["B='x\nA='\n", "B='x\nA='\n"],
  ])("takes the lines of A out of %j", (text, expected) => {
    expect(remove(text, "A")).toBe(expected);
  });
});

describe("any file of lines", () => {
  /** Lines whose meaning is known without a parser. */
  function randomLine(tape: Tape, i: number): { name: string | null; text: string; value: string } {
    if (tape.oneIn(3)) {
      const text = tape.pick(["", "# note", "#A=1", "   ", "# it's", '# "', "\t# A='x'"]);
      return { name: null, text, value: "" };
    }
    const name = tape.pick(["A", "OPENAI_API_KEY", `N${i}`, "X_1"]);
    const [written, value] = tape.pick<readonly [string, string]>([
      ["1", "1"],
      ["", ""],
      ["'a b'", "a b"],
      ['"a\\nb"', "a\nb"],
      ["sk-x", "sk-x"],
      ['"#"', "#"],
      ["`it's`", "it's"],
      ["a b", "a b"],
    ]);
    const head = tape.pick(["", "", "export ", "  "]) + name + tape.pick(["=", "=", " = "]);
    return { name, text: head + written + tape.pick(["", "", " # c", "  "]), value };
  }

  it("keeps every other line as it is", { timeout: 60_000 + RUNS * 10 }, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120, size: "max" }), (bytes) => {
        const tape = new Tape(bytes);
        const eol = tape.pick(["\n", "\r\n", "\r"]);
        const lines = Array.from({ length: tape.below(9) }, (_, i) => randomLine(tape, i));
        const open = tape.oneIn(4) || lines.length === 0;
        const text = lines.map((line) => line.text).join(eol) + (open ? "" : eol);
        const values = new Map(
          lines.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])),
        );
        expect(new Map(readDotenv(text))).toEqual(values);

        const name = tape.pick(["A", "OPENAI_API_KEY", "FRESH"]);
        const value = tape.pick(["sk-proj-1", "two words", "", "#", "it's", "1"]);
        const result = set(text, name, value);
        const last = lines.findLastIndex((line) => line.name === name);
        const after = result.split(/\r\n|\n|\r/);
        const before = text.split(eol);
        expect(readDotenv(result).get(name)).toBe(value);
        if (values.get(name) === value) expect(result).toBe(text);
        else if (last >= 0) expect(after.toSpliced(last, 1)).toEqual(before.toSpliced(last, 1));
        else {
          const kept = before.at(-1) === "" ? before.slice(0, -1) : before;
          expect(after.slice(0, kept.length)).toEqual(kept);
          expect(after.length).toBe(kept.length + 2);
        }

        const rest = lines.filter((line) => line.name !== name);
        const gone = remove(text, name).split(eol);
        expect(gone.filter((line, i) => line !== "" || i < gone.length - 1)).toEqual(
          expect.arrayContaining(rest.map((line) => line.text).filter((line) => line !== "")),
        );
        values.delete(name);
        expect(new Map(readDotenv(remove(text, name)))).toEqual(values);
      }),
      { numRuns: RUNS },
    );
  });

  it("any text at all: read as dotenv reads it, and what is not asked for keeps its value", {
    timeout: 60_000 + RUNS * 10,
  }, () => {
    const parts = "A B FOO export = = = : ' \" ` \\' \\\" \\ # x \\n . -".split(" ");
    const piece = fc.constantFrom(...parts, " ", "\n", "\n", "\n", "\r\n", "\r", "\t", "\u2028");
    const value = fc.constantFrom("x", "a b", "a#b", "it's", '"', "", "\\", "a\\n", "'\" `");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40, size: "max" }), value, (pieces, wanted) => {
        const text = pieces.join("");
        const before = new Map(readDotenv(text));
        expect(Object.fromEntries(before)).toEqual(dotenv.parse(text));
        const result = setDotenv(text, "A", wanted);
        if (result.ok) {
          expect(new Map(readDotenv(result.value))).toEqual(new Map(before).set("A", wanted));
          expect(set(result.value, "A", wanted)).toBe(result.value);
        }
        const removed = removeDotenv(text, "A");
        if (!removed.ok) return;
        before.delete("A");
        expect(new Map(readDotenv(removed.value))).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ["assignments", "A1='x y' # c\n"],
    ["blank lines", "\n \n"],
    ["quotes that never close", "A='x\nB=\"y\n"],
    ["escaped quotes", "A='\\'\\'\\'x\n"],
    ["words without a sign", "word word\n\n"],
    ["export", "export \n"],
    ["names before blank lines", "A\n\n\n"],
  ])("is done with a file as long as OpenClaw reads: %s", { timeout: 60_000 }, (_, line) => {
    // Work that grew with the square of the length would take hours.
    const text = line.repeat(MAX_DOTENV_BYTES / line.length);
    for (const { valueStart, valueEnd } of scanDotenv(text)) {
      expect(valueEnd).toBeGreaterThanOrEqual(valueStart);
    }
  });
});
