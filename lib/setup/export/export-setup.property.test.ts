/** Whatever a config holds: no secret and no path of the machine reaches a file of any engine. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { ENGINES } from "@/lib/openclaw/deployments/shapes";
import { TESTED_RELEASES } from "@/lib/openclaw/releases/table";
import { exportSetup } from "@/lib/setup/export/export-setup";
import { machine } from "@/lib/setup/testing/machine";

const CANARY = "cAnArY7";
/** Secrets as they are made: with a mark, long, or as a person chose them. */
const secret = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{16,40}$/u).map((tail) => `sk-proj-${CANARY}${tail}`),
  fc.stringMatching(/^[A-Za-z0-9]{16,40}$/u).map((tail) => `${CANARY}${tail}`),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/u).map((tail) => `${CANARY}-${tail}`),
  fc.constant(`7301234567:AA${CANARY}abcdefghijklmnopqrstuvwxyz0`),
);
const secretName = fc.constantFrom(
  "apiKey",
  "token",
  "botToken",
  "password",
  "clientSecret",
  "X-Api-Key",
  "Authorization",
  "SMTP_PASS",
);
const hostPath = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,12}$/u)
  .chain((name) =>
    fc.constantFrom(
      `/home/ada/${name}`,
      `/home/ada/.openclaw/${name}`,
      "/home/ada",
      `file:///home/ada/${name}`,
      `--root=/home/ada/${name}`,
      `/opt/ada/${name}`,
      `/Users/ada/${name}`,
    ),
  );
const plain = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom("yes", "no", "0777", "12:30", "~", "a: b", `\${HOME_X}`, "{{ x }}", "line\nline"),
);
const { node: anything } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    plain,
    hostPath,
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c-d", "on", "dir"), tie("node"), { maxKeys: 3 }),
    fc
      .tuple(secretName, secret, tie("node"))
      .map(([name, value, rest]) => ({ [name]: value, rest })),
    fc.tuple(secretName, secret).map(([name, value]) => [`--${name}`, value]),
    secret.map((value) => `https://user:${value}@example.com/`),
  ),
}));

it("hands nothing on that belongs to the machine", { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("channels", "hooks", "mcp", "plugins", "tools"), anything),
      fc.dictionary(fc.stringMatching(/^[A-Z]{3,8}_TOKEN$/u), secret, { maxKeys: 2 }),
      fc.constantFrom(...ENGINES),
      fc.constantFrom(...TESTED_RELEASES),
      fc.constantFrom("api-key", "chatgpt"),
      (config, variables, engine, release, auth) => {
        const dotenv = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
        const found = { config: { ...config, env: { vars: variables } }, dotenv: dotenv.join("") };
        const choices = { model: "openai/gpt-5.5", otherDefault: null, keyForm: null } as const;
        const made = exportSetup(
          machine(found),
          { auth, ...choices, declined: [], accepted: [] },
          { engine, release },
        );
        if (!made.ok) throw new Error(JSON.stringify(made.error));
        for (const { path, text } of made.value.files) {
          expect(text, path).not.toContain(CANARY);
          expect(text, path).not.toMatch(/\/(?:home|opt|Users)\/ada/u);
        }
        const instance = made.value.files.find(({ path }) => path === "openclaw-instance.yaml");
        const own = made.value.files.find(({ path }) => path === "openclaw.json");
        if (instance && own) {
          // Any reader of YAML 1.1 or 1.2 sees the same config.
          for (const version of ["1.1", "1.2"] as const) {
            expect(parse(instance.text, { version }).spec.config.raw).toEqual(JSON.parse(own.text));
          }
        }
      },
    ),
    { numRuns: 400 },
  );
});
