import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "@/lib/secrets/redact-output";

const KEY = "sk-proj-AbC123_dEf-456ghiJKL789mnoPQR012";

describe("redact", () => {
  it("takes out a secret in every form it may be written in", () => {
    const odd = 'pass"word/with space+';
    const text = `${odd} ${encodeURIComponent(odd)} ${JSON.stringify({ token: odd })}`;
    const shown = redact(text, [odd]);
    expect(shown).toBe('•••• •••• {"token":"••••"}');
  });

  it("takes out keys and tokens it was not told of", () => {
    const text = [
      `key ${KEY}`,
      "jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGV4In0.c2ln",
      "refresh rt_abcdefghijkl",
      "authorization: Bearer abcdef.ghijkl",
    ].join("\n");
    expect(redact(text)).toBe(
      ["key ••••", "jwt ••••", "refresh ••••", "authorization: Bearer ••••"].join("\n"),
    );
  });

  it("shortens what OpenClaw masked itself to the last four", () => {
    expect(redact("openai:manual=sk-proj-...1a2b3c4d")).toBe("openai:manual=sk-proj-••••3c4d");
    expect(redact("sk-12345...90abcdef")).toBe("sk-••••cdef");
  });

  it("leaves lines and ordinary words, and takes out terminal codes", () => {
    expect(redact("\u001b[31mred\u001b[0m\r\n\ttask-list sk-1\u202e\u0007")).toBe(
      "red\n\ttask-list sk-1",
    );
  });

  it("leaves no secret of eight or more characters in any text", () => {
    const secret = fc.string({ minLength: 8, maxLength: 40 }).filter((s) => !/^[•\s]+$/.test(s));
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, hidden, after) => {
        const plain = redact(hidden);
        fc.pre(plain === hidden);
        expect(redact(`${before} ${hidden} ${after}`, [hidden])).not.toContain(hidden);
      }),
    );
  });
});
