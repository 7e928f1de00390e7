/** Our reader and `json5` take the same texts, and take them for the same. */

import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, it, vi } from "vitest";
import { readJson5 } from "@/lib/text/json5/parse";
import { scanConfig } from "@/lib/text/json5/scan";
import { printDocument, Tape } from "@/lib/text/json5/testing/document.arbitrary";
import { ScanError } from "@/lib/text/json5/tree";
import type { Json } from "@/lib/text/json5/types";
import { sameJson } from "@/lib/text/json5/value";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 3000);
const TIMEOUT = 60_000 + RUNS * 20;

// json5 warns of U+2028 in strings, which these documents are full of.
vi.spyOn(console, "warn").mockImplementation(() => undefined);

function ours(text: string): { readonly value: Json } | null {
  try {
    return { value: scanConfig(text).value };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return null;
  }
}

function theirs(text: string): { readonly value: Json } | null {
  try {
    return { value: JSON5.parse<Json>(text) };
  } catch {
    return null;
  }
}

/** Both refuse, or both read the same: -0, own `__proto__` keys and the order of keys included. */
function agree(text: string): boolean {
  const [a, b] = [ours(text), theirs(text)];
  const same =
    a !== null &&
    b !== null &&
    isDeepStrictEqual(a.value, b.value) &&
    sameJson(a.value, b.value, true);
  if (!same && (a !== null || b !== null)) {
    throw new Error(`read otherwise: ${JSON.stringify(text)}, ${JSON.stringify([a, b])}`);
  }
  return same;
}

// biome-ignore format: a list to read, not to scroll
const PIECES = [
  "{", "}", "[", "]", ",", ":", '"', "'", "\\", "\n", "\r", "\u2028", "\u2029", " ", "\t", "\v",
  "\u00a0", "\uFEFF", "\u1680", "\u180e", "\u2003", "\u200b", "\u200c", "\u200d", "\u0085",
  "\u3000", "/", "//", "/*", "*/", "*", "-", "+", "0", "1", "8", "9", "00", "0x", "0X1f", "0xg",
  ".", ".5", "5.", "1.e3", "1e", "e5", "E+2", "1e999", "1e-7", "Infinity", "NaN", "nan", "true",
  "True", "false", "null", "nul", "undefined", "a", "é", "ａ", "𝒳", "\ud83d", "😀", "_", "$", "#",
  "`", "\\u0061", "\\u{61}", "\\x41", "\\x4", "\\u004", "\\0", "\\01", "\\1", "\\8", "\\\n",
  "\\\r\n", "\\\u2028", "\0", "\x1f", "\x7f", "__proto__", "constructor", "toString", "\\u005f",
  "()", ";", "=", "<!--", '""', "''", "'a'", '"\t"', "1n", "1_0", "0b1", "0o7", "\\u0030a",
] as const;

/** A piece in the place of nothing or of some characters, a few times over. */
function damaged(text: string, tape: Tape): string {
  let now = text;
  for (let times = 1 + tape.below(3); times > 0; times -= 1) {
    const at = (tape.below(256) * 256 + tape.below(256)) % (now.length + 1);
    const cut = tape.below(3) === 0 ? 1 + tape.below(4) : 0;
    const piece = tape.below(4) === 0 ? "" : tape.pick(PIECES);
    now = now.slice(0, at) + piece + now.slice(at + cut);
  }
  return now;
}

const tapes = fc.uint8Array({ maxLength: 1200, size: "max" });

function check(textFrom: (bytes: Uint8Array, more: Uint8Array) => string): number {
  let read = 0;
  fc.assert(
    fc.property(tapes, tapes, (bytes, more) => {
      if (agree(textFrom(bytes, more))) read += 1;
    }),
    { numRuns: RUNS },
  );
  if (process.env["ENDURANCE_RUNS"]) {
    const name = expect.getState().currentTestName ?? "";
    process.stdout.write(
      `${name}: ${RUNS} texts, ${read} read, ${RUNS - read} refused, all alike\n`,
    );
  }
  return read;
}

describe("reads as json5 does", () => {
  it("any JSON5 document", { timeout: TIMEOUT }, () => {
    expect(check((bytes) => printDocument(new Tape(bytes)).text)).toBe(RUNS);
  });

  it("a document with a few wrong characters", { timeout: TIMEOUT }, () => {
    const read = check((bytes, more) =>
      damaged(printDocument(new Tape(bytes)).text, new Tape(more)),
    );
    expect(read).toBeGreaterThan(RUNS * 0.05);
    expect(read).toBeLessThan(RUNS * 0.95);
  });

  it("pieces in any order, alone or in an object or list", { timeout: TIMEOUT }, () => {
    const read = check((bytes) => {
      const tape = new Tape(bytes);
      const soup = Array.from({ length: tape.below(6) }, () => tape.pick(PIECES)).join("");
      return tape.pick([soup, `[${soup}]`, `{${soup}}`, `{a:${soup}}`, `{${soup}:1}`, `"${soup}"`]);
    });
    expect(read).toBeGreaterThan(RUNS * 0.05);
  });

  it("every pair of pieces in every place", () => {
    let read = 0;
    for (const one of PIECES) {
      for (const other of ["", ...PIECES]) {
        const pair = one + other;
        const places = [pair, `[${pair}]`, `{${pair}:0}`, `{a:${pair},}`, `'${pair}'`, `"${pair}"`];
        for (const text of places) if (agree(text)) read += 1;
      }
    }
    expect(read).toBeGreaterThan(5000);
  });

  it("single characters as blank, in a key and in a string", () => {
    // Above the last blank only letters and signs are left, of which some stand for all.
    for (let code = 0; code <= 0xffff; code += code < 0x3100 || code > 0xfe00 ? 1 : 61) {
      const char = String.fromCharCode(code);
      for (const text of [`${char}1`, `{${char}:1}`, `{a${char}:1}`, `['${char}']`]) agree(text);
    }
  });

  it("names the place that json5 names", () => {
    const text = "{\n  a: [1, 2\n  b: 3 }";
    const read = readJson5(text);
    let message = "";
    try {
      JSON5.parse(text);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(read).toMatchObject({ ok: false, error: { code: "syntax", detail: message } });
  });
});
