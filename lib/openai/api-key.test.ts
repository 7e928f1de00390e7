import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanApiKey, MAX_KEY_LENGTH, questionIn } from "@/lib/openai/api-key";
import { maskSecret } from "@/lib/secrets/mask-secret";

const KEY = "sk-proj-AbCdEfGhIjKlMnOpQrStUvWx_0123-9a2b";

/** Keys of the alphabet OpenAI uses, in its usual forms. */
const someKey = fc
  .tuple(
    fc.constantFrom("sk-", "sk-proj-", "sk-svcacct-", "vendor-"),
    fc.stringMatching(/^[A-Za-z0-9_-]{20,160}$/u),
  )
  .map(([prefix, rest]) => prefix + rest)
  .filter((key) => !/^sk-(?:ant|admin)-/iu.test(key));

describe("cleanApiKey", () => {
  test.each([
    ["spaces and line ends", `\r\n  ${KEY}\t\n`],
    ["no-break spaces", `\u00a0${KEY}\u3000`],
    ["straight double quotes", `"${KEY}"`],
    ["straight single quotes", `'${KEY}'`],
    ["backticks", `\`${KEY}\``],
    ["curly quotes", `“${KEY}”`],
    ["low and angle quotes", `„${KEY}“ `],
    ["a byte order mark", `\ufeff${KEY}`],
    ["zero-width characters inside", `${KEY.slice(0, 9)}\u200b${KEY.slice(9)}\u2060`],
    ["a soft hyphen inside", `${KEY.slice(0, 9)}\u00ad${KEY.slice(9)}`],
    ["a line of .env", `OPENAI_API_KEY=${KEY}`],
    ["a quoted line of .env", `OPENAI_API_KEY="${KEY}"`],
    ["a shell line", `export OPENAI_API_KEY='${KEY}';`],
    ["a PowerShell line", `$env:OPENAI_API_KEY = "${KEY}"`],
    ["a Windows line", `setx OPENAI_API_KEY ${KEY}`],
    ["a YAML line", `OPENAI_API_KEY: "${KEY}"`],
    ["a JSON member", `  "OPENAI_API_KEY": "${KEY}",`],
    ["an apiKey member", `apiKey: '${KEY}',`],
    ["a header", `Authorization: Bearer ${KEY}`],
    ["a curl argument", `-H "Authorization: Bearer ${KEY}"`],
    ["Bearer alone", `bearer ${KEY}`],
    ["trailing punctuation", `${KEY};,`],
  ])("takes the key out of %s", (_name, pasted) => {
    const cleaned = cleanApiKey(pasted);
    expect(cleaned.ok && cleaned.value.key).toBe(KEY);
  });

  test("says what it took away", () => {
    const cleaned = cleanApiKey(`export OPENAI_API_KEY="Bearer ${KEY}\u200b",`);
    const codes = cleaned.ok ? cleaned.value.notices.map((notice) => notice.code) : [];
    expect(codes.sort()).toEqual([
      "assignment-removed",
      "bearer-removed",
      "invisible-removed",
      "punctuation-removed",
      "quotes-removed",
    ]);
    expect(cleanApiKey(` ${KEY}\n`)).toEqual({ ok: true, value: { key: KEY, notices: [] } });
  });

  test.each([
    ["nothing", "", { code: "empty" }],
    ["only spaces and quotes", ` "" `, { code: "empty" }],
    ["only the name", "OPENAI_API_KEY=", { code: "empty" }],
    ["only Bearer", "Authorization: Bearer ", { code: "empty" }],
    ["a bullet mask", "sk-proj-••••••••1a2b", { code: "mask" }],
    ["an ellipsis mask", "sk-proj-…1a2b", { code: "mask" }],
    ["a three-dot mask", "sk-...1a2b", { code: "mask" }],
    ["a star mask", "sk-proj-****1a2b", { code: "mask" }],
    ["OpenClaw's own mask", "__OPENCLAW_REDACTED__", { code: "mask" }],
    ["an admin key", `"sk-admin-${KEY}"`, { code: "admin-key" }],
    ["an Anthropic key", `sk-ant-api03-${KEY}`, { code: "anthropic-key" }],
    ["a space inside", `sk-proj-abc ${KEY}`, { code: "inner-whitespace", kind: "space" }],
    ["a tab inside", `sk-proj-abc\t${KEY}`, { code: "inner-whitespace", kind: "tab" }],
    ["two lines", `sk-proj-abc\r\n${KEY}`, { code: "inner-whitespace", kind: "line-break" }],
    ["a wide space inside", `sk-a\u2003${KEY}`, { code: "inner-whitespace", kind: "other" }],
    [
      "letters outside ASCII",
      "sk-proj-éabcé\u0416",
      { code: "invalid-character", codePoints: ["U+00E9", "U+0416"], position: 9 },
    ],
    [
      "a control character",
      "sk-\u0007abc",
      { code: "invalid-character", codePoints: ["U+0007"], position: 4 },
    ],
    [
      "a character beyond the first plane",
      "sk-😀",
      { code: "invalid-character", codePoints: ["U+1F600"], position: 4 },
    ],
    [
      "a file",
      "k".repeat(MAX_KEY_LENGTH + 1),
      { code: "too-long", length: MAX_KEY_LENGTH + 1, limit: MAX_KEY_LENGTH },
    ],
    ["a book", "k ".repeat(500_000), { code: "too-long", length: 1_000_000, limit: 1024 }],
  ])("refuses %s", (_name, pasted, error) => {
    expect(cleanApiKey(pasted)).toEqual({ ok: false, error });
  });

  test.each([
    ["sk-or-v1-0123456789abcdef", { code: "other-vendor", vendor: "OpenRouter" }],
    ["gsk_0123456789abcdef", { code: "other-vendor", vendor: "Groq" }],
    ["eyJhbGciOi.eyJzdWIi.c2ln", { code: "session-token" }],
    ["gateway-0123456789", { code: "unknown-prefix" }],
    ["glpat-0123456789abcdefghij", { code: "other-vendor", vendor: "GitLab" }],
    ["jane.roe@example.org", { code: "email-address" }],
    ["hunter2!", { code: "short-word" }],
    ["sk-short", { code: "short-word" }],
  ])("lets %s pass with a notice", (key, notice) => {
    expect(cleanApiKey(key)).toEqual({ ok: true, value: { key, notices: [notice] } });
  });

  test.each([
    ["sk-or-v1-0123456789abcdef", "other-vendor"],
    ["eyJhbGciOi.eyJzdWIi.c2ln", "session-token"],
    ["jane.roe@example.org", "email-address"],
    ["hunter2!", "short-word"],
    ['"AKIA0123456789ABCDEF"', "other-vendor"],
    ["gateway-0123456789", undefined],
    ["sk-proj-0123456789abcdef0123456789", undefined],
    ["Bearer sk-0123456789abcdef0123456789", undefined],
  ])("asks about %s before it is sent, or not", (key, code) => {
    const cleaned = cleanApiKey(key);
    expect(questionIn(cleaned.ok ? cleaned.value.notices : [])?.code).toBe(code);
  });

  test("finds the same key under any wrapping, and leaves a clean key alone", () => {
    const wrap = fc.constantFrom<(key: string) => string>(
      (key) => `"${key}"`,
      (key) => `  ${key}\n`,
      (key) => `OPENAI_API_KEY=${key}`,
      (key) => `Bearer ${key}`,
      (key) => `${key},`,
      (key) => `\ufeff${key}`,
    );
    fc.assert(
      fc.property(someKey, fc.array(wrap, { maxLength: 4 }), (key, wraps) => {
        const pasted = wraps.reduce((text, around) => around(text), key);
        const cleaned = cleanApiKey(pasted);
        expect(cleaned.ok && cleaned.value.key).toBe(key);
      }),
    );
  });

  test("ends for any text, and what it accepts is printable ASCII", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (pasted) => {
        const cleaned = cleanApiKey(pasted);
        if (!cleaned.ok) return;
        expect(cleaned.value.key).toMatch(/^[!-~]+$/u);
        const again = cleanApiKey(cleaned.value.key);
        expect(again.ok && again.value.key).toBe(cleaned.value.key);
      }),
      { numRuns: 500 },
    );
  });
});

describe("maskSecret", () => {
  test.each([
    [KEY, "sk-proj-••••••••9a2b"],
    ["sk-svcacct-abcdefghijklmnop1234", "sk-svcacct-••••••••1234"],
    ["sk-abcdefghijklmnop1234", "sk-••••••••1234"],
    ["secretprefix-abcdefghijk1234", "••••••••1234"],
    ["sk-proj-short1a2b", "••••••••"],
    ["", "••••••••"],
  ])("shows %s as %s", (key, shown) => {
    expect(maskSecret(key)).toBe(shown);
  });

  test("shows at most a known prefix and four characters", () => {
    fc.assert(
      fc.property(someKey, (key) => {
        const shown = maskSecret(key).split("••••••••");
        expect(["", "sk-", "sk-proj-", "sk-svcacct-", "sk-None-"]).toContain(shown[0]);
        expect(shown[1]?.length ?? 0).toBeLessThanOrEqual(4);
      }),
    );
  });
});
