/** A release that nobody tested is read from the installation: a made-up one that answers as real ones do. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findInstallation } from "@/lib/setup/machine/installation";
import { startReading } from "@/lib/setup/machine/told-row";
import { NEWEST } from "@/lib/setup/testing/machine";

let dir: string;
let home: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "told-row-"));
  home = path.join(dir, "home");
  mkdirSync(home);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const text = { type: "string" };
const strict = (properties: object, more: object = {}) => ({
  type: "object",
  properties,
  additionalProperties: false,
  ...more,
});
const AGENT = { model: text };
/** Takes a flat `env`, no SecretRef, wants `baseUrl`, has no key for the runtime, and no `agents.defaults.memorySearch`. */
const SCHEMA = strict({
  env: { type: "object", properties: { vars: {} }, additionalProperties: text },
  models: strict({
    providers: {
      type: "object",
      additionalProperties: strict({ apiKey: text, baseUrl: text }, { required: ["baseUrl"] }),
    },
  }),
  agents: strict({ defaults: strict(AGENT), entries: { additionalProperties: strict(AGENT) } }),
});

/** Each command as a part of a script; what is not named fails. */
const ANSWERS = {
  "config schema": `console.log("a notice"); console.log(${JSON.stringify(JSON.stringify(SCHEMA))})`,
  "config validate --help":
    'console.log("Usage: openclaw config validate [options]\\n  --json  x")',
  "infer model run --help":
    'console.log("Usage: openclaw infer model run [options]\\n  --local  x")',
  "models auth login --help": 'console.log("Usage: openclaw models [options]")',
  "models auth paste-api-key --provider openai":
    'keep("state/openclaw.sqlite", readFileSync(0)); keep("env", JSON.stringify(process.env))',
  "models status --json":
    'console.log(JSON.stringify({ ok: false, error: { message: "requires legacy credential migration" } })); process.exit(1)',
};

/** An installed package of a version that is made up once for each test, since what it tells is kept. */
function install(version: string, answers: Partial<Record<keyof typeof ANSWERS, string>>) {
  const root = path.join(dir, "openclaw");
  const extension = path.join(root, "dist", "extensions", "openai");
  mkdirSync(extension, { recursive: true });
  const engines = { node: ">=18.1.0" };
  const about = { name: "openclaw", version, bin: "openclaw.mjs", engines };
  writeFileSync(path.join(root, "package.json"), JSON.stringify(about));
  const models = [
    { id: "gpt-8-main", name: "GPT-8 Main" },
    { id: "gpt-6.5", status: "deprecated", replacedBy: "gpt-8-main" },
  ];
  const manifest = { providers: ["openai"], modelCatalog: { providers: { openai: { models } } } };
  writeFileSync(path.join(extension, "openclaw.plugin.json"), JSON.stringify(manifest));
  const cases = Object.entries(answers).map(
    ([command, script]) => `case ${JSON.stringify(command)}: ${script}; break;`,
  );
  writeFileSync(
    path.join(root, "openclaw.mjs"),
    `import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
    import path from "node:path";
    const keep = (name, content) => {
      const file = path.join(process.env.OPENCLAW_STATE_DIR, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    };
    switch (process.argv.slice(2).join(" ")) {
      ${cases.join("\n")}
      default: console.error("error: unknown command 'x'"); process.exit(1);
    }`,
  );
  return {
    HOME: home,
    PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
    OPENCLAW_BIN: path.join(root, "openclaw.mjs"),
    OPENAI_API_KEY: "sk-proj-own0aaaa1bbbb2cccc3dddd4eeee5ffff",
  };
}

async function read(env: Readonly<Record<string, string>>) {
  await startReading(await findInstallation(env, null), env)?.settled;
  const { era, reading, certainty } = await findInstallation(env, null);
  if (!reading) throw new Error(certainty);
  const how = Object.fromEntries(reading.read.map(({ fact, source }) => [fact, source]));
  const not = Object.fromEntries(reading.unread.map(({ fact, why }) => [fact, why]));
  return { era, how, not, state: reading.state, nearest: reading.nearest };
}

it("makes its row of what the installation says, over the nearest one, and leaves nothing behind", async () => {
  const { era, how, not, state, nearest } = await read(install("2031.1.1", ANSWERS));
  expect({ state, nearest, not }).toEqual({ state: "answered", nearest: "2026.9.6", not: {} });
  expect(how).toEqual({
    node: "package",
    models: "manifest",
    keyPlaces: "schema",
    runtime: "schema",
    retiredKeys: "schema",
    keyStore: "trial",
    login: "trial",
    commands: "help",
  });
  expect(era).toMatchObject({
    node: ">=18.1.0",
    keyForms: [
      "dotenv",
      "env-vars",
      "env-flat",
      "provider-env-ref",
      "provider-plain",
      "paste-api-key",
    ],
    refusedKeyForms: [
      { form: "provider-secret-ref", why: "config-invalid" },
      { form: "auth-profiles-json", why: "needs-doctor" },
    ],
    providerNeedsBaseUrlAndModels: true,
    runtimePin: null,
    defaultModel: { apiKey: "openai/gpt-8-main" },
    goneProviders: ["openai-codex"],
    credentials: { flatEnv: "used", sqlite: "shared", profilesJson: "refused" },
    commands: { inferModelRun: "default-agent", configValidate: true, pasteApiKey: true },
    login: { kind: "doctor-import" },
    // What it does not say.
    backup: NEWEST.backup,
    gateway: NEWEST.gateway,
    putsBackupBack: NEWEST.putsBackupBack,
  });
  const refused = era.retiredKeys.map((key) => key.path.join("."));
  expect(refused).toContain("agents.defaults.memorySearch");
  expect(refused).toContain("agents.list.*.embeddedHarness");
  expect(refused).not.toContain("env");
  expect(existsSync(path.join(home, ".openclaw"))).toBe(false);
  const own = (name: string) => name.startsWith(`openclaw-setup-check-${process.pid}-`);
  expect(readdirSync(tmpdir()).filter(own)).toEqual([]);
});

it("gives a trial neither the person's key nor a way out", async () => {
  const told = path.join(dir, "told.json");
  const keep = `writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.env)); readFileSync(0)`;
  const secret = { AWS_SESSION_TOKEN: "session", DB_PASS: "pass", APP_SECRET: "secret" };
  const installed = install("2031.1.2", { "models auth paste-api-key --provider openai": keep });
  await read({ ...installed, ...secret });
  const { default: env } = await import(told, { with: { type: "json" } });
  for (const name of ["OPENAI_API_KEY", ...Object.keys(secret)]) expect(env[name]).toBeUndefined();
  expect(env.HTTPS_PROXY).toBe("http://127.0.0.1:9/");
  expect(env.OPENCLAW_STATE_DIR.startsWith(tmpdir())).toBe(true);
});

it("believes the row where the installation tells nothing, or odd things, and says which", async () => {
  const { "config schema": _, ...others } = ANSWERS;
  const answers = {
    ...others,
    "config schema": 'console.log("{ no json")',
    "models status --json": 'console.log("later"); process.exit(3)',
  };
  const { era, not } = await read(install("2031.1.3", answers));
  expect(not).toEqual({ keyPlaces: "odd", runtime: "odd", retiredKeys: "odd", login: "failed" });
  expect(era.runtimePin).toEqual(NEWEST.runtimePin);
  expect(era.retiredKeys).toEqual(NEWEST.retiredKeys);
  expect(era.login).toEqual(NEWEST.login);
  expect(era.keyForms).toEqual(NEWEST.keyForms);
});

it("has only what plain files say while its commands have not answered", async () => {
  const { era, reading } = await findInstallation(install("2031.1.4", ANSWERS), null);
  expect(reading?.state).toBe("unasked");
  expect(reading?.read.map(({ fact }) => fact)).toEqual(["node", "models"]);
  expect(era.keyForms).toEqual(NEWEST.keyForms);
});

it("asks a tested release nothing, whose row was measured", async () => {
  const env = install("2026.9.6", ANSWERS);
  const installation = await findInstallation(env, null);
  expect(installation.reading).toBeNull();
  expect(startReading(installation, env)).toBeNull();
});
