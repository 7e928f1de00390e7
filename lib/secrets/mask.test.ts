/** Masking covers every secret, and takes no longer than the size of the file asks for. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { collectSecrets, maskText } from "@/lib/secrets/mask";

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

it("takes both tokens of a stored login for secrets, and the same names elsewhere for none", () => {
  const login = { type: "oauth", access: "first-1-of-login", refresh: "rt_second-2-of-login" };
  const secrets = collectSecrets({ "openai:default": login, access: "read-only" }, "");
  expect(secrets).toEqual(["first-1-of-login", "rt_second-2-of-login"]);
});

it("covers thousands of secrets in one pass", { timeout: 30_000 }, () => {
  const secrets = Array.from({ length: 20_000 }, (_, index) => `value-${index}-secret`);
  const text = secrets.map((secret, index) => `"name ${index}": "${secret}",`).join("\n");
  const masked = maskText(text, secrets);
  expect(masked).not.toMatch(/value-\d+-se/u);
  expect(masked.match(/"name \d+": "/gu)).toHaveLength(20_000);
});

it("covers what any secret covers, where they overlap, hold or follow one another", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: fc.constantFrom("a", "b", "\n", '"', "$"), minLength: 1, maxLength: 6 }),
        {
          maxLength: 5,
        },
      ),
      fc.string({ unit: fc.constantFrom("a", "b", "c", "\n", '"', "$", "\\", "n"), maxLength: 40 }),
      (secrets, text) => {
        const masked = maskText(text, secrets);
        const covered: boolean[] = [...text].map(() => false);
        for (const secret of secrets) {
          for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
            for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
              covered.fill(true, at, at + form.length);
            }
          }
        }
        // Secrets as short as these are masked by dots alone.
        // Lines stay lines.
        const expected = [...text]
          .map((letter, index) => (covered[index] && letter !== "\n" ? "•" : letter))
          .join("");
        expect(masked.replace(/•+/gu, "•")).toBe(expected.replace(/•+/gu, "•"));
      },
    ),
  );
});
