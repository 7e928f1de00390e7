/** Only what is a secret by its place or its shape is masked: all of that, and no ordinary word. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectSecrets, maskFile, textOfPieces } from "@/lib/secrets/mask";
import { isSecretName } from "@/lib/secrets/places";
import type { Json } from "@/lib/text/json5/types";

const shownOf = (config: Json | string, language: "json5" | "dotenv" = "json5") => {
  const text = typeof config === "string" ? config : JSON.stringify(config, null, 2);
  const secrets = typeof config === "string" ? [] : collectSecrets(config, "");
  return textOfPieces(maskFile(text, language, secrets));
};

// biome-ignore format: a table to read
const HIDDEN: ReadonlyArray<readonly [what: string, secret: string, config: Json]> = [
  ["a header", "Zx9-opaque-1", { mcp: { servers: { x: { headers: { Authorization: "Bearer Zx9-opaque-1" } } } } }],
  ["a header of a vendor", "abc12345", { mcp: { servers: { x: { headers: { "x-api-key": "abc12345" } } } } }],
  ["a cookie", "sid-77-aa-bb", { headers: { Cookie: "session=sid-77-aa-bb" } }],
  ["the item after an option", "opaque-9-word", { args: ["--token", "opaque-9-word"] }],
  ["a plain word after an option", "swordfish", { args: ["--password", "swordfish", "--verbose"] }],
  ["an option with its value", "opaque-9-word", { args: ["--api-key=opaque-9-word"] }],
  ["an option in a command", "opaque-9-word", { command: "npx thing --access-token opaque-9-word run" }],
  ["a header after an option", "opaque-9-word", { args: ["-H", "Authorization: Token opaque-9-word"] }],
  ["a variable ending in PASS", "tr0ub4dor", { env: { SMTP_PASS: "tr0ub4dor" } }],
  ["a variable ending in PWD", "tr0ub4dor", { env: { vars: { DB_PWD: "tr0ub4dor" } } }],
  ["a variable in a list", "tr0ub4dor", { docker: { env: ["DB_PASSWORD=tr0ub4dor", "A=1"] } }],
  ["a named pair", "opaque-9-word", { headers: [{ name: "X-Auth-Token", value: "opaque-9-word" }] }],
  ["a number", "98765432", { gateway: { auth: { password: 98765432 } } }],
  ["what an object of secrets holds", "zqwx-99", { credentials: { store: { anything: "zqwx-99" } } }],
  ["a webhook of Discord", "AbCdEf", { url: "https://discord.com/api/webhooks/123456789012345678/AbCdEf-ghij" }],
  ["a webhook of Slack", "T00/B00", { url: "https://hooks.slack.com/services/T00/B00/XXXXyyyyZZZZ" }],
  ["a webhook of Teams", "0a1b2c", { url: "https://acme.webhook.office.com/webhookb2/0a1b2c@3d/IncomingWebhook/4e" }],
  ["a password in an address", "hunter2", { url: "redis://:hunter2@cache:6379" }],
  ["a query", "a1b2c3d4", { url: "https://api.test/x?api_key=a1b2c3d4&page=2" }],
  ["a key of Groq", "aaaabbbbcccc", { note: "gsk_aaaabbbbcccc1111" }],
  ["a key of NVIDIA", "aaaabbbbcccc", { note: "nvapi-aaaabbbbcccc1111" }],
  ["a key of Tavily", "aaaabbbbcccc", { note: "tvly-aaaabbbbcccc1111" }],
  ["a key of xAI", "aaaabbbbcccc", { note: "xai-aaaabbbbccccddddeeee11112222" }],
  ["a key of Amazon", "IOSFODNN7EXAMPLE", { note: "AKIAIOSFODNN7EXAMPLE" }],
  ["a dummy key", "ollama", { apiKey: "ollama" }],
];

describe("what stands in clear under no mask", () => {
  it.each(HIDDEN)("%s", (_, secret, config) => {
    expect(JSON.stringify(config)).toContain(secret);
    expect(shownOf(config)).not.toContain(secret);
  });

  it.each([
    ["SMTP_PASS=swordfish", "swordfish"],
    ["export DB_PWD='a b c'", "a b c"],
    ["OPENAI_API_KEY=ollama", "ollama"],
    ["# GROQ_API_KEY=gsk_aaaabbbbcccc1111", "aaaabbbb"],
    ["SLACK=https://hooks.slack.com/services/T00/B00/XXXXyyyyZZZZ", "XXXXyyyy"],
  ])("a line of .env: %s", (line, secret) => {
    expect(shownOf(line, "dotenv")).not.toContain(secret);
  });
});

describe("what is no secret is read as it is", () => {
  const local = {
    models: {
      providers: {
        ollama: { apiKey: "ollama", auth: "api-key", baseUrl: "http://127.0.0.1:11434" },
        "lm-studio": { apiKey: "lm-studio", api: "openai-completions" },
        box: { apiKey: "qwen3-coder", models: [] },
      },
    },
    agents: {
      defaults: {
        model: { primary: "ollama/qwen3:8b", fallbacks: ["lm-studio/a", "box/qwen3-coder:30b"] },
      },
    },
    session: { mainKey: "main", store: "~/.openclaw/sessions" },
    secrets: { providers: { default: { source: "env", allowlist: ["OPENAI_API_KEY"] } } },
  };

  it.each([
    '"primary": "ollama/qwen3:8b"',
    '"auth": "api-key"',
    '"lm-studio": {',
    '"lm-studio/a"',
    '"box/qwen3-coder:30b"',
    '"OPENAI_API_KEY"',
    '"api": "openai-completions"',
  ])("%s", (kept) => {
    expect(shownOf(local)).toContain(kept);
  });

  it.each([
    { auth: { mode: "token", token: `\${MY_TOKEN}` } },
    { headers: { Authorization: `Bearer \${MY_TOKEN}`, "User-Agent": "openclaw" } },
    { apiKey: { source: "env", provider: "default", id: "OPENAI_API_KEY" } },
    { maxTokens: 4096, contextTokens: 200000, tokenFile: "/run/secrets/one" },
    { sessionKey: "agent:main:main", publicKey: "pk-of-anybody" },
    { env: { PWD: "/srv/work", PATH: "/usr/bin:/bin", LANG: "de_DE.UTF-8" } },
  ])("%j", (config) => {
    expect(shownOf(config)).toBe(JSON.stringify(config, null, 2));
  });
});

it.each([
  ..."AWS_SESSION_TOKEN sessionToken SESSION_TOKEN PUBLIC_TOKEN MAX_TOKEN sessionTokens".split(" "),
  ..."OPENAI_API_KEY GROQ_API_KEYS OPENCLAW_GATEWAY_PASSWORD APP_SECRET".split(" "),
])("%s is the name of a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

it.each("maxTokens contextTokens sessionKey publicKey tokenFile PWD OLDPWD".split(" "))(
  "%s is the name of no secret",
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);

it("takes every variable of a provider for a secret", () => {
  const before = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,30}$/u);
  const ending = fc.constantFrom("_API_KEY", "_API_KEYS", "_TOKEN", "_PASSWORD", "_SECRET");
  fc.assert(fc.property(before, ending, (name, end) => isSecretName(name + end)));
});

it("leaves no value of a secret place in what is shown, whatever it is and wherever it stands", () => {
  const names = fc.constantFrom(
    ...["apiKey", "botToken", "OPENAI_API_KEY", "SMTP_PASS", "DB_PWD", "clientSecret", "password"],
    ...["Authorization", "x-api-key", "Cookie", "privateKey", "passphrase", "appPassword"],
  );
  // No stretch of it may stand in what is ordinary here.
  const secret = fc
    .string({
      unit: fc.constantFrom(..."QXZqxz0123456789-_!$%&+~'\"\\"),
      minLength: 3,
      maxLength: 60,
    })
    .filter((one) => /[QXZ].*\d.*[qxz]/u.test(one));
  const quoted = fc.constantFrom(
    (text: string) => JSON.stringify(text),
    (text: string) =>
      `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
  );
  fc.assert(
    fc.property(names, secret, quoted, fc.nat(3), (name, value, quote, form) => {
      const own = `${JSON.stringify(name)}: ${quote(value)}`;
      const text = [
        `{ a: 1, ${own}, b: "ordinary" }`,
        `{\n  list: [{ deep: {\n    ${own},\n  } }],\n}\n`,
        `{ args: ["--api-key", ${quote(value)}] }`,
        `{ ${own}, ${JSON.stringify(name)}: "twice-1" }`,
      ][form] as string;
      const shown = textOfPieces(maskFile(text, "json5", []));
      const written = quote(value).slice(1, -1);
      // Of a long one the mask shows the last four characters.
      expect(shown).not.toContain(written.slice(0, Math.max(3, written.length - 4)));
      expect(shown.split("\n")).toHaveLength(text.split("\n").length);
    }),
    { numRuns: 1000 },
  );
});
