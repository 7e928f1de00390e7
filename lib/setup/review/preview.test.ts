import { describe, expect, it } from "vitest";
import { previewOf } from "@/lib/setup/review/preview";
import { KEY, OLD_KEY, OLDEST, planned, TOKEN } from "@/lib/setup/testing/machine";

/** No stretch of a secret longer than the four characters that a mask shows. */
function leaks(shown: string, secret: string): string[] {
  const body = secret.replace(/^sk-(?:proj-)?/u, "");
  const pieces = Array.from({ length: body.length - 7 }, (_, at) => body.slice(at, at + 8));
  return pieces.filter((piece) => shown.includes(piece));
}

const OTHERS = {
  anthropic: "sk-ant-api03-QWERTYUIOPasdfghjklZXCVBNM99",
  telegram: "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
  commented: "sk-proj-COMMENTEDout5555666677778888",
  password: "correct-horse-battery-$&staple",
  nested: "zqwx-nested-below-8842",
  dotenvComment: "qwe987rty654uio321plm",
  address: "pa55word-in-address",
  pem: "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
};

describe("the preview and the commands", () => {
  const config = `{
  // apiKey: "${OTHERS.commented}",
  env: { ANTHROPIC_API_KEY: '${OTHERS.anthropic}', DB: 'postgres://me:${OTHERS.address}@host/db', OPENAI_API_KEY: '${OLD_KEY}' },
  channels: { telegram: { botToken: "${OTHERS.telegram}" } },
  credentials: { store: { value: "${OTHERS.nested}" } },
  gateway: { auth: { mode: "password", password: "${OTHERS.password}" } },
}
`;
  const dotenv = `# SOME_TOKEN=${OTHERS.dotenvComment}\nOPENAI_API_KEY=${OLD_KEY}\nMY_KEY="-----BEGIN\n${OTHERS.pem}\nEND-----"\n`;
  const secrets = [...Object.values(OTHERS), KEY, OLD_KEY, TOKEN];

  it.each(["dotenv", "env-vars", "provider-env-ref", "provider-secret-ref"] as const)(
    "hold no stretch of any secret (%s)",
    (keyForm) => {
      const plan = planned({ config, dotenv }, { keyForm });
      const shown = JSON.stringify([previewOf(plan), plan.commands, plan.repairs, plan.changes]);
      expect(secrets.flatMap((secret) => leaks(shown, secret))).toEqual([]);
    },
  );

  it("hold none on an empty machine of an older release either", () => {
    const plan = planned({ era: OLDEST }, { keyForm: "env-flat", model: "openai/gpt-5.2" });
    const shown = JSON.stringify([previewOf(plan), plan.commands]);
    expect([KEY, TOKEN].flatMap((secret) => leaks(shown, secret))).toEqual([]);
  });

  it.each([
    ["turned round", "a\u202Eb", "a⟨U+202E⟩b"],
    ["of no width", "a\u200Bb\u2060c", "a⟨U+200B⟩b⟨U+2060⟩c"],
    ["a filler that looks like a blank", "a\u3164b", "a⟨U+3164⟩b"],
    ["tags, which nothing shows", "a\u{E0041}\u{E007F}b", "a⟨U+E0041⟩⟨U+E007F⟩b"],
    ["joiners within a name", "gpt\u200D-5\u200C\uFE0F", "gpt⟨U+200D⟩-5⟨U+200C⟩⟨U+FE0F⟩"],
    ["an emoji, and words that need joiners", "❤️ 👩‍💻 می‌خواهم", "❤️ 👩‍💻 می‌خواهم"],
  ])("show characters that a page would not: %s", (_, text, shown) => {
    const plan = planned({ config: `{\n  // ${text}\n}\n` }, {});
    const [file] = previewOf(plan).files.filter(({ path }) => path.endsWith("openclaw.json"));
    expect(JSON.stringify(file)).toContain(`// ${shown}`);
  });

  it("keep references and ordinary settings readable", () => {
    const own = { gateway: { mode: "local", auth: { mode: "token", token: `\${MY_TOKEN}` } } };
    const shown = previewOf(planned({ config: own })).config;
    expect(shown).toContain('"mode": "token"');
    expect(shown).toContain(`"token": "\${MY_TOKEN}"`);
    expect(previewOf(planned({}, { keyForm: "provider-secret-ref" })).config).toContain(
      '"id": "OPENAI_API_KEY"',
    );
  });
});

it("shows changed lines with three lines around them, and folds the rest with its count", () => {
  const own = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`own${i}`, i]));
  const model = { agents: { defaults: { model: "openai/gpt-5.4" } } };
  const plan = planned(
    { config: { ...own, ...model } },
    { declined: ["gateway-defaults", "runtime-pin"] },
  );
  const file = previewOf(plan).files.find(({ role }) => role === "config");
  expect(file).toMatchObject({ path: "~/.openclaw/openclaw.json", mode: "0600", created: false });
  expect(file?.lines[0]).toEqual({ kind: "fold", count: 40 });
  expect(file?.lines.map(({ kind }) => kind)).toEqual([
    ...["fold", "same", "same", "same"],
    ...["removed", "added", "same", "same", "same"],
  ]);
});

it("gives commands that name the profile and quote what a shell would read", () => {
  const { commands } = planned({ profile: "my work" });
  expect(commands).toContain(
    "openclaw --profile 'my work' config set agents.defaults.model.primary openai/gpt-5.5",
  );
});
