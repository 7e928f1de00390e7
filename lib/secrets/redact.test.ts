import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, redactEnd, redactWords } from "@/lib/secrets/redact";

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

  it("keeps those four of a key that it was told of, too", () => {
    const masked = `sk-proj-...${KEY.slice(-8)}`;
    expect(redact(masked, [KEY])).toMatch(/^(?:sk-proj-)?•+R012$/u);
    expect(redact(`openai:manual=${masked}, and ${KEY}`, [KEY])).toMatch(
      /^openai:manual=(?:sk-proj-)?•+R012, and •+$/u,
    );
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

/** The longest stretch of a text that still stands in what is shown, whatever separates its letters. */
function longestLeft(shown: string, form: string): number {
  const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const [left, whole] = [lettersOf(shown), lettersOf(form)];
  let longest = 0;
  for (let from = 0; from < whole.length; from += 1) {
    while (left.includes(whole.slice(from, from + longest + 1)) && from + longest < whole.length) {
      longest += 1;
    }
  }
  return longest;
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const hex = (text: string) => Buffer.from(text).toString("hex");
const reverse = (text: string) => [...text].reverse().join("");

// biome-ignore format: a table to read
const WRITTEN: ReadonlyArray<readonly [what: string, shown: (key: string) => string, form: (key: string) => string]> = [
  ["with colours inside", (key) => `${key.slice(0, 20)}\u001b[31m${key.slice(20)}\u001b[0m`, (key) => key],
  ["with a link's code inside", (key) => `\u001b]8;;http://x\u0007${key}\u001b]8;;\u0007`, (key) => key],
  ["with marks of no width", (key) => [...key].join("\u200b"), (key) => key],
  ["wrapped in a box", (key) => `│ key ${key.slice(0, 17)} │\n│ ${key.slice(17)}     │`, (key) => key],
  ["wrapped in a box of ASCII", (key) => `| ${key.slice(0, 9)} |\n| ${key.slice(9, 20)} |\n| ${key.slice(20)} |`, (key) => key],
  ["wrapped at 80 columns", (key) => `${"x".repeat(62)} ${key.slice(0, 17)}\n${key.slice(17)}`, (key) => key],
  ["wrapped with an indent", (key) => `key:\n    ${key.slice(0, 12)}\n    ${key.slice(12, 24)}\n    ${key.slice(24)}`, (key) => key],
  ["spaced out", (key) => [...key].join(" "), (key) => key],
  ["with dots between", (key) => [...key].join("."), (key) => key],
  ["in quotes joined by a plus", (key) => `"${key.slice(0, 15)}" +\n"${key.slice(15)}"`, (key) => key],
  ["backwards", reverse, reverse],
  ["in base64", base64, base64],
  ["in base64 with a name before", (key) => base64(`user:${key}`), (key) => base64(`user:${key}`).slice(8)],
  ["in base64 with two letters before", (key) => base64(`ab${key}`), (key) => base64(`ab${key}`).slice(4)],
  ["in base64url", (key) => Buffer.from(`~${key}`).toString("base64url"), (key) => Buffer.from(`~${key}`).toString("base64url").slice(4)],
  ["in base64, wrapped", (key) => base64(key).replace(/.{20}/gu, "$&\n"), base64],
  ["in base64, backwards", (key) => reverse(base64(key)), (key) => reverse(base64(key))],
  ["in hexadecimal", hex, hex],
  ["in capital hexadecimal", (key) => hex(key).toUpperCase(), hex],
  ["in bytes", (key) => hex(key).replace(/../gu, "$& "), hex],
  ["in escapes", (key) => hex(key).replace(/../gu, "\\\\x$&"), (key) => hex(key).replace(/../gu, "x$&")],
  ["in escapes of JSON", (key) => hex(key).replace(/../gu, "\\\\u00$&"), (key) => hex(key).replace(/../gu, "u00$&")],
  ["in percent signs", (key) => hex(key).replace(/../gu, "%$&"), hex],
  ["in numbers", (key) => [...key].map((one) => one.charCodeAt(0)).join(", "), (key) => [...key].map((one) => one.charCodeAt(0)).join("")],
];

describe("a secret that it was told of", () => {
  const OTHER = "Zx9/opaque+value~77.qq_AA";

  it.each(WRITTEN)("does not get through %s", (_, shown, form) => {
    for (const key of [KEY, OTHER]) {
      const text = `before\n${shown(key)}\nafter`;
      expect(longestLeft(text, form(key))).toBeGreaterThan(14);
      for (const out of [redact(text, [key]), redactWords(text, [key])]) {
        expect(longestLeft(out, form(key))).toBeLessThan(12);
        expect(out).toContain("before");
      }
      expect(redact(text, [key]).split("\n")).toHaveLength(text.split("\n").length);
    }
  });

  it("does not get through with a colour for every few letters", () => {
    const out = redact(KEY.replace(/.{5}/gu, "$&\u001b[31m"), [KEY]);
    expect(longestLeft(out.replaceAll("[31m", ""), KEY)).toBeLessThan(8);
  });

  it("hides nothing of ordinary words, and of no plain word that is a dummy key", () => {
    const text =
      'Unrecognized key: "OPENAI_API_KEY"\nUnrecognized keys: "whatsapp", "x"\nmodels.providers.ollama.baseUrl: expected string\nRun openclaw doctor --fix';
    expect(redact(text, [KEY, OTHER])).toBe(text);
    expect(redactWords("project 7 of organization org-abc", [KEY])).toBe(
      "project 7 of organization org-abc",
    );
  });
});

describe("a token that it was not told of", () => {
  it.each([
    "gsk_aaaabbbbcccc1111ddd",
    "nvapi-aaaabbbbcccc1111ddd",
    "ghp_aaaabbbbccccddddeeee1111",
    "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
    "https://discord.com/api/webhooks/123456789012345678/AbCdEf-ghijklmnop",
    "OPENAI_API_KEY=opaque-9-word",
    "--password swordfish9",
    "redis://:hunter22@cache:6379",
  ])("does not get through either: %s", (token) => {
    const body = /[A-Za-z0-9-]{8,}$/u.exec(token.replace(/@.*$/u, ""))?.[0] ?? token;
    expect(redact(`it said ${token}`)).not.toContain(body);
  });

  it("nor where a box wraps it", () => {
    const shown = redact(`│ key ${KEY.slice(0, 25)} │\n│ ${KEY.slice(25)}   │`);
    expect(longestLeft(shown, KEY)).toBeLessThan(8);
  });
});

// Found by `npm run test:fuzz`: an expression that looked back at each place took minutes for the first.
it.each(["x", " ", "|", "| ", "sk-", "sk-...", "a=", "eyJ", "https://", "\u001b["])(
  "takes no longer than a moment for a line of %j, over and over",
  (piece) => {
    const text = `${piece.repeat(300_000 / piece.length)}\n1`;
    const began = process.cpuUsage();
    redact(text, [KEY]);
    const { user } = process.cpuUsage(began);
    expect(user / 1000).toBeLessThan(2000);
  },
);

it("looks through the end alone of what goes on for megabytes, and leaves no half of a token there", () => {
  const shown = redactEnd(`${"sk-proj-0a1b2c3d4e5f6g7h ".repeat(200_000)}refused`, [], 2000);
  expect(shown.length).toBeLessThanOrEqual(2000);
  expect(shown).not.toMatch(/[0-9a-h]{4}/u);
  expect(shown).toMatch(/ refused$/u);
  expect(redactEnd("short", [], 2000)).toBe("short");
});

it("takes a secret that is half of a character, as a config may hold one", () => {
  const half = "\ud83d-correct-horse";
  expect(redact("it is -correct-horse", [half])).toBe("it is ••••");
});

it("searches many texts for many secrets", () => {
  const secrets = Array.from({ length: 30 }, (_, at) => `${KEY}${at}${KEY}${at}${KEY}`);
  const began = performance.now();
  for (let count = 0; count < 200; count += 1) redact(`profile ${count}`, secrets);
  expect(performance.now() - began).toBeLessThan(3000);
});
