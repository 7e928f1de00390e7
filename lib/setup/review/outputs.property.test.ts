/** No value at a secret place of any file survives in anything that a plan shows: preview, printed commands, what was found, a refusal. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { ERAS } from "@/lib/openclaw/releases/table";
import { planSetup } from "@/lib/setup/plan/plan";
import { previewOf } from "@/lib/setup/review/preview";
import { chosen, chosenLogin, machine } from "@/lib/setup/testing/machine";

/**
 * Values as they are made by no pattern that a list could know; no stretch of one stands in a config otherwise.
 * Short ones are hidden at their own place alone.
 */
const secret = fc
  .string({ unit: fc.constantFrom(..."QXZqxz0123456789-_!%&+~"), minLength: 5, maxLength: 40 })
  .filter((one) => /[QXZ].*\d.*[qxz]/u.test(one));

/** The places by what a plan does with them: it leaves them, changes something beside them, moves or removes them. */
const PLACES: Readonly<Record<string, (value: string) => object>> = {
  gateway: (value) => ({ gateway: { mode: "local", auth: { mode: "token", token: value } } }),
  password: (value) => ({ gateway: { auth: { mode: "password", password: value } } }),
  "own provider": (value) => ({
    models: {
      providers: { openai: { baseUrl: "http://127.0.0.1:9/v1", apiKey: value, models: [] } },
    },
  }),
  headers: (value) => ({
    models: {
      providers: {
        openai: {
          baseUrl: `https://x:${value}@127.0.0.1/v1`,
          headers: { Authorization: value },
          models: [],
        },
      },
    },
  }),
  "other provider": (value) => ({
    models: { providers: { acme: { apiKey: value, models: [{ id: "large" }] } } },
    agents: { defaults: { model: { primary: "acme/large", fallbacks: ["openai/gpt-4o"] } } },
  }),
  variables: (value) => ({
    env: { vars: { OPENAI_API_KEY: value, SMTP_PASS: value }, ANTHROPIC_API_KEY: value },
  }),
  channel: (value) => ({
    channels: { telegram: { botToken: value, accounts: { a: { botToken: value } } } },
  }),
  server: (value) => ({
    mcp: {
      servers: {
        x: { args: ["--token", value], env: { API_KEY: value }, headers: { Cookie: value } },
      },
    },
  }),
  agent: (value) => ({
    agents: {
      list: [{ id: "main", model: "openai/gpt-4o", memorySearch: { remote: { apiKey: value } } }],
    },
  }),
};

it("leaves no value of a secret place in any output of a plan", () => {
  const counts = { planned: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.record({
        values: fc.uniqueArray(secret, { minLength: 6, maxLength: 6 }),
        places: fc.uniqueArray(fc.constantFrom(...Object.keys(PLACES)), { maxLength: 4 }),
        era: fc.constantFrom(...ERAS),
        isLogin: fc.boolean(),
        otherDefault: fc.constantFrom(null, "first", "instead", "after"),
        keyForm: fc.constantFrom(null, "dotenv", "env-vars", "env-flat"),
        indent: fc.constantFrom(0, 2, "\t"),
      }),
      ({ values, places, era, isLogin, otherDefault, keyForm, indent }) => {
        const [own = "", dotenv = "", stored = "", ...rest] = values;
        const config = Object.assign(
          {},
          ...places.map((place, at) => PLACES[place]?.(rest[at % rest.length] ?? own)),
        );
        const snapshot = machine({
          config: JSON.stringify(config, null, indent),
          dotenv: `# OLD_API_KEY=${dotenv}\nexport OPENAI_API_KEY='${dotenv}'\nSMTP_PASS=${dotenv}\n`,
          profiles: JSON.stringify({
            version: 1,
            profiles: { "openai:default": { type: "api_key", provider: "openai", key: stored } },
          }),
          backup: { gateway: { auth: { token: own } } },
          era,
        });
        const choices = isLogin
          ? chosenLogin({ otherDefault })
          : chosen({ otherDefault, keyForm: keyForm as never });
        const plan = planSetup(snapshot, choices);
        counts[plan.ok ? "planned" : "refused"] += 1;
        const outputs = plan.ok
          ? [previewOf(plan.value), plan.value.commands, plan.value.changes, plan.value.repairs]
          : [plan.error];
        for (const output of outputs) {
          const shown = JSON.stringify(output);
          // The mask shows the last four characters of one that is not short.
          for (const value of values)
            expect(shown).not.toContain(value.length < 8 ? value : value.slice(0, -4));
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(counts.planned).toBeGreaterThan(250);
});
