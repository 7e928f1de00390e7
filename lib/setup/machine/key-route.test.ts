import { describe, expect, test } from "vitest";
import { keyRouteOf } from "@/lib/setup/machine/key-route";
import { type Found, machine, OLDEST } from "@/lib/setup/testing/machine";

const EU = "https://eu.api.openai.com/v1";
const entry = (baseUrl: string) => ({ models: { providers: { openai: { baseUrl } } } });

const route = (found: Found, env: Record<string, string> = {}) => keyRouteOf(machine(found), env);

describe("the address where a key is checked", () => {
  test.each<[string, Found, Record<string, string>, string]>([
    ["OpenAI's own", {}, {}, "https://api.openai.com/v1"],
    ["the region in the config", { config: entry(EU) }, {}, EU],
    ["the region in .env", { dotenv: `OPENAI_BASE_URL=${EU}\n` }, {}, EU],
    ["the region in env.vars", { config: { env: { vars: { OPENAI_BASE_URL: EU } } } }, {}, EU],
    [
      "the region by a variable",
      { config: entry(`\${${"WHERE"}}/v1`), dotenv: "WHERE=https://us.api.openai.com\n" },
      {},
      "https://us.api.openai.com/v1",
    ],
    [
      "OpenAI's, not a proxy in a file, which the plan leaves",
      { config: entry("https://proxy.example/v1") },
      {},
      "https://api.openai.com/v1",
    ],
    [
      "not what an older release does not follow",
      { era: OLDEST, dotenv: `OPENAI_BASE_URL=${EU}\n` },
      {},
      "https://api.openai.com/v1",
    ],
    [
      "the environment's before the files'",
      { config: entry(EU) },
      { OPENAI_BASE_URL: "http://127.0.0.1:4000" },
      "http://127.0.0.1:4000/v1",
    ],
  ])("is %s", (_name, found, env, baseUrl) => {
    expect(route(found, env)).toMatchObject({ ok: true, value: { baseUrl } });
  });

  test.each([
    "http://user:pw@127.0.0.1:9456/v1",
    "https://gateway.example/v1?key=1",
    "ftp://api.openai.com/v1",
    "127.0.0.1:4000",
    "localhost:4000/v1",
    "api.openai.com",
  ])("is none, and not OpenAI's, for %s", (OPENAI_BASE_URL) => {
    expect(route({ config: entry(EU) }, { OPENAI_BASE_URL }).ok).toBe(false);
  });
});

describe("the account that is sent along", () => {
  test("is that of the environment, else of .env, else of env.vars", () => {
    const config = { env: { vars: { OPENAI_ORG_ID: "org-c", OPENAI_PROJECT_ID: "proj_c" } } };
    const account = (found: Found, env: Record<string, string> = {}) => {
      const found_ = route(found, env);
      return found_.ok ? found_.value.account : null;
    };
    expect(account({})).toEqual({});
    expect(account({ config })).toEqual({ OPENAI_ORG_ID: "org-c", OPENAI_PROJECT_ID: "proj_c" });
    const dotenv = "OPENAI_ORG_ID=org-d\n";
    expect(account({ config, dotenv })).toMatchObject({ OPENAI_ORG_ID: "org-d" });
    const env = { OPENAI_ORG_ID: " org-e ", OPENAI_PROJECT_ID: "" };
    expect(account({ config, dotenv }, env)).toEqual({
      OPENAI_ORG_ID: "org-e",
      OPENAI_PROJECT_ID: "proj_c",
    });
  });

  test("is left out where it is no text for a header", () => {
    expect(route({ dotenv: 'OPENAI_ORG_ID="org\\nevil: 1"\n' })).toMatchObject({
      value: { account: {} },
    });
  });
});
