/** Odd input: whole texts with a few of their pieces taken out, doubled, or put in. */

import fc from "fast-check";

/** What programs have stumbled over: depth, length, controls, markup, lone halves of characters, numbers at their ends. */
const PIECES = [
  "",
  "\0",
  "\u001b[2J\u001b]0;x\u0007",
  "\u202Etxt.exe\u2066",
  "<script>alert(1)</script>",
  "\uD800",
  "\uFEFF",
  "'\"`$(id)",
  "__proto__",
  "constructor",
  "../../../../etc/passwd",
  `\${OPENAI_API_KEY}`,
  "$include",
  "null",
  "1e999",
  "-0",
  "99999999999999999999",
  "[",
  "{",
  "}",
  "]",
  "//",
  "/*",
  "#",
  "=",
  "\r",
  "\u2028",
  "[".repeat(20_000),
  '{"a":'.repeat(3_000),
  "x".repeat(300_000),
  `"${"\\u0041".repeat(20_000)}"`,
  "a=".repeat(50_000),
] as const;

export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

const change = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: fc.constantFrom("out", "in", "instead", "twice", "swap"),
  piece: oddText,
});

/** Strings, words and spaces are whole pieces, so that a secret stays one or goes. */
const TOKENS = /"(?:[^"\\\n]|\\.)*"|[\w.:/+~-]+|\s+|[^\w\s]/gsu;

/** One of the texts, changed in up to eight places; every third is left as it is. */
export function changed(texts: readonly string[]): fc.Arbitrary<string> {
  const changes = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(change, { maxLength: 8 }) },
  );
  return fc.tuple(fc.constantFrom(...texts), changes).map(([text, list]) => {
    const tokens = text.match(TOKENS) ?? [];
    for (const { at, how, piece } of list) {
      const index = Math.floor(at * tokens.length);
      const here = tokens[index] ?? "";
      if (how === "out") tokens.splice(index, 1);
      else if (how === "in") tokens.splice(index, 0, piece);
      else if (how === "instead") tokens.splice(index, 1, piece);
      else if (how === "twice") tokens.splice(index, 0, here);
      else tokens.splice(index, 2, tokens[index + 1] ?? "", here);
    }
    return tokens.join("");
  });
}

/** Bytes of a file or body: mostly text with changes, sometimes no text at all. */
export function oddBytes(texts: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 8, arbitrary: changed(texts).map((text) => new TextEncoder().encode(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    {
      weight: 1,
      // Words of two bytes each, as a Windows editor writes them.
      arbitrary: changed(texts).map((text) => Buffer.from(`\uFEFF${text}`, "utf16le")),
    },
  );
}
