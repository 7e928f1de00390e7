/** Masking looks through whole files: no text may make it take much longer than its size. */

import { expect, it } from "vitest";
import { maskText } from "@/lib/setup/mask";

const SIZE = 1024 * 1024;

// Each takes minutes where a repetition is tried anew from every place it could begin.
it.each([
  ["slashes", "/"],
  ["stars", "* "],
  ["comments in a comment", "# a "],
  ["names of secrets", "#key"],
  ["dotted names", ".key"],
  ["the alphabet of base64", "abcd//ef"],
  ["beginnings of addresses", "a://b"],
  ["schemes", "a+"],
  ["beginnings of tokens", "eyJaaaaaaaa-"],
  ["open quotes", 'key="'],
])("a megabyte of %s", { timeout: 30_000 }, (_, part) => {
  const text = `// ${part.repeat(SIZE / part.length)}`;
  expect(maskText(`${text}\n# OPENAI_API_KEY=sk-0123456789abcdef0123`, [])).not.toContain(
    "cdef0123",
  );
});

it("masks every assignment of a comment, not only the first", () => {
  const masked = maskText(`// token: "first-secret-1", key=second-secret-2`, []);
  expect(masked).not.toContain("first-secret");
  expect(masked).not.toContain("second-secret");
});
