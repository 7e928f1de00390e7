import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findOpenAiCredentials } from "@/lib/openclaw/credentials/found";
import { locateState } from "@/lib/openclaw/places/locate";
import type { Json } from "@/lib/text/json5/types";

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), "credentials-")));
  mkdirSync(path.join(home, "cwd"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A made-up key that says where it is from. */
const key = (tag: string) => `sk-proj-${"0".repeat(20)}${tag.padStart(12, "x")}`;
const line = (tag: string) => `OPENAI_API_KEY=${key(tag)}\n`;
const ref = (name: string) => `\${${name}}`;
const MAIN = ".openclaw/agents/main/agent";

interface Case {
  readonly release: string | null;
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly config?: Json;
  readonly agent?: string;
}

function find({ release, env = {}, files = {}, config = {}, agent = "main" }: Case) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const own = { HOME: home, ...env };
  const options = { platform: "linux", homedir: home, cwd: path.join(home, "cwd") } as const;
  const location = locateState(own, { ...options, release });
  if (!location.ok) throw new Error(location.error.code);
  return findOpenAiCredentials(location.value, config, own, { release, homedir: home, agent });
}

/** The last letters of the key that wins. */
const winner = (given: Case) => find(given).find((entry) => entry.wins)?.fingerprint?.last4 ?? null;

const profiles = (provider: string, profile: object) =>
  JSON.stringify({ version: 1, profiles: { [`${provider}:default`]: { provider, ...profile } } });
const reference = (id: string) => ({
  type: "api_key",
  keyRef: { source: "env", provider: "default", id },
});
const vars = (tag: string) => ({ env: { vars: { OPENAI_API_KEY: key(tag) } } });
const provider = (more: object) => ({ models: { providers: { openai: more } } }) as Json;

/** Each was the bearer of a turn of the real release, or its `models status`. */
const MEASURED: ReadonlyArray<
  readonly [what: string, given: Omit<Case, "release">, winners: Record<string, string | null>]
> = [
  [
    "environment before .env",
    { env: { OPENAI_API_KEY: key("PROC") }, files: { ".openclaw/.env": line("STAT") } },
    { "2026.2.9": "PROC", "2026.9.6": "PROC" },
  ],
  [
    "an empty variable keeps .env out",
    { env: { OPENAI_API_KEY: "" }, files: { ".openclaw/.env": line("STAT") } },
    { "2026.2.9": null, "2026.9.6": null },
  ],
  [
    "but not the config",
    { env: { OPENAI_API_KEY: "  " }, config: vars("VARS") },
    { "2026.2.9": "VARS", "2026.9.6": "VARS" },
  ],
  [
    ".env where it is started",
    { files: { "cwd/.env": line("HERE"), ".openclaw/.env": line("STAT") } },
    { "2026.2.9": "HERE", "2026.4.15": "STAT", "2026.6.10": "STAT", "2026.9.6": "STAT" },
  ],
  [
    "gateway.env before the config",
    { files: { ".config/openclaw/gateway.env": line("GATE") }, config: vars("VARS") },
    { "2026.2.9": "VARS", "2026.4.15": "GATE", "2026.6.10": "GATE", "2026.9.6": "GATE" },
  ],
  [
    ".env before gateway.env and the config",
    {
      files: { ".config/openclaw/gateway.env": line("GATE"), ".openclaw/.env": line("STAT") },
      config: vars("VARS"),
    },
    { "2026.2.9": "STAT", "2026.9.6": "STAT" },
  ],
  [
    ".env beside OPENCLAW_CONFIG_PATH",
    { env: { OPENCLAW_CONFIG_PATH: "~/c/my.json" }, files: { "c/.env": line("CDIR") } },
    { "2026.2.9": null, "2026.4.15": "CDIR", "2026.6.10": "CDIR", "2026.9.6": "CDIR" },
  ],
  [
    "the flat form before env.vars",
    { config: { env: { OPENAI_API_KEY: key("FLAT"), vars: { OPENAI_API_KEY: key("VARS") } } } },
    { "2026.2.9": "FLAT", "2026.4.15": "FLAT", "2026.6.10": "FLAT" },
  ],
  [
    "a variable before the provider's key",
    { config: { ...vars("VARS"), ...(provider({ apiKey: key("PROV") }) as object) } as Json },
    { "2026.2.9": "VARS", "2026.9.6": "VARS" },
  ],
  [
    "the provider's key where it says auth: api-key",
    {
      config: {
        ...vars("VARS"),
        ...(provider({ apiKey: key("PROV"), auth: "api-key" }) as object),
      } as Json,
    },
    { "2026.2.9": "VARS", "2026.6.10": "PROV", "2026.8.2": "PROV", "2026.9.6": "PROV" },
  ],
  [
    "a reference to a variable",
    { env: { MY_KEY: key("MINE") }, config: provider({ apiKey: ref("MY_KEY") }) },
    { "2026.2.9": "MINE", "2026.9.6": "MINE" },
  ],
  [
    "a stored profile before everything",
    {
      env: { OPENAI_API_KEY: key("PROC") },
      files: {
        [`${MAIN}/auth-profiles.json`]: profiles("openai", { type: "api_key", key: key("PROF") }),
      },
    },
    { "2026.2.9": "PROF", "2026.4.15": "PROF", "2026.6.10": "PROC" },
  ],
  [
    "a stored reference to another variable",
    {
      env: { OPENAI_API_KEY: key("PROC"), OTHER_KEY: key("OTHR") },
      files: { [`${MAIN}/auth-profiles.json`]: profiles("openai", reference("OTHER_KEY")) },
    },
    {
      "2026.2.9": "PROC",
      "2026.3.1": "PROC",
      "2026.3.13": "OTHR",
      "2026.4.15": "OTHR",
      "2026.6.1": "OTHR",
    },
  ],
  [
    "a list of keys, which is no credential alone",
    { env: { OPENAI_API_KEYS: `${key("ONE")},${key("TWO")}`, OPENAI_API_KEY_1: key("PFX") } },
    { "2026.2.9": null, "2026.9.6": null },
  ],
];

describe("which credential wins, as the real releases did", () => {
  const rows = MEASURED.flatMap(([what, given, winners]) =>
    Object.entries(winners).map(([release, expected]) => ({ what, given, release, expected })),
  );
  it.each(rows)("$what ($release)", ({ given, release, expected }) => {
    expect(winner({ ...given, release })).toBe(expected);
  });
});

describe("what is said of a credential", () => {
  it("is its place, kind and fingerprint", () => {
    expect(find({ release: "2026.9.6", files: { ".openclaw/.env": line("STAT") } })).toEqual([
      {
        source: "dotenv",
        name: "OPENAI_API_KEY",
        file: path.join(home, ".openclaw/.env"),
        kind: "api-key",
        fingerprint: {
          prefix: "sk-proj-",
          last4: "STAT",
          sha256: expect.stringMatching(/^[0-9a-f]{12}$/),
        },
        wins: true,
        state: "used",
      },
    ]);
  });

  it("never is its value, wherever it was found", () => {
    const oauth = { type: "oauth", access: key("ACCS"), refresh: key("RFSH") };
    const found = find({
      release: "2026.2.9",
      env: { OPENAI_API_KEY: key("PROC") },
      files: {
        ".openclaw/.env": line("STAT"),
        "cwd/.env": line("HERE"),
        [`${MAIN}/auth-profiles.json`]: profiles("openai-codex", oauth),
        ".codex/auth.json": JSON.stringify({ OPENAI_API_KEY: key("CODX") }),
      },
      config: { ...vars("VARS"), ...(provider({ apiKey: key("PROV") }) as object) } as Json,
    });
    expect(found.length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(found)).not.toContain("0000");
  });

  it("shows no end of a short secret", () => {
    const [only] = find({ release: null, env: { OPENAI_API_KEY: "sk-short" } });
    expect(only?.fingerprint).toMatchObject({ prefix: "sk-", last4: "" });
  });

  it("names an empty variable, an unset reference and other secret providers", () => {
    const state = (given: Case) => find(given).map((entry) => entry.state);
    expect(
      state({
        release: null,
        env: { OPENAI_API_KEY: "" },
        files: { ".openclaw/.env": line("STAT") },
      }),
    ).toEqual(["shadowed-by-empty"]);
    rmSync(path.join(home, ".openclaw"), { recursive: true });
    for (const apiKey of [ref("UNSET"), { source: "file", provider: "x", id: "/k" }]) {
      expect(state({ release: null, config: provider({ apiKey }) })).toEqual(["unresolved"]);
    }
  });
});

describe("stores", () => {
  it("in SQLite come first and leave the winner to OpenClaw", () => {
    const files = { ".openclaw/state/openclaw.sqlite": "", ".openclaw/.env": line("STAT") };
    const found = find({ release: "2026.9.6", files });
    expect(found.map(({ source, state, wins }) => [source, state, wins])).toEqual([
      ["sqlite-store", "ask-openclaw", false],
      ["dotenv", "used", false],
    ]);
    expect(winner({ release: "2026.4.15", files })).toBe("STAT");
  });

  it("as JSON are used, ignored or in the way", () => {
    const files = {
      [`${MAIN}/auth-profiles.json`]: profiles("openai", { type: "api_key", key: key("PROF") }),
    };
    const states = ["2026.2.9", "2026.6.10", "2026.9.6"].map(
      (release) => find({ release, files })[0]?.state,
    );
    expect(states).toEqual(["used", "ignored", "refused"]);
  });

  it("follow auth.order, and else put a login before a key", () => {
    const store = JSON.stringify({
      profiles: {
        "openai:key": { type: "api_key", provider: "openai", key: key("KKEY") },
        "openai:login": { type: "oauth", provider: "openai", access: key("LOGN") },
        "openai:broken": { type: "api_key", provider: "openai" },
      },
    });
    const files = { [`${MAIN}/auth-profiles.json`]: store };
    expect(winner({ release: "2026.2.9", files })).toBe("LOGN");
    const config = { auth: { order: { openai: ["openai:gone", "openai:key"] } } };
    expect(winner({ release: "2026.2.9", files, config })).toBe("KKEY");
  });

  it("by a reference that leads nowhere count for nothing", () => {
    const files = {
      [`${MAIN}/auth-profiles.json`]: profiles("openai", reference("OTHER_KEY")),
      ".openclaw/.env": line("STAT"),
    };
    const [first] = find({ release: "2026.6.1", files });
    expect(first).toMatchObject({ source: "auth-profile", state: "unresolved", fingerprint: null });
    expect(winner({ release: "2026.6.1", files })).toBe("STAT");
  });

  it("that cannot be read are passed over", () => {
    const files = { [`${MAIN}/auth-profiles.json`]: "{", ".openclaw/.env": line("STAT") };
    expect(winner({ release: "2026.2.9", files })).toBe("STAT");
  });

  it("of Codex are only said to exist", () => {
    const files = { "codex/auth.json": "{}" };
    const env = { CODEX_HOME: path.join(home, "codex") };
    const state = (release: string) => find({ release, env, files })[0]?.state;
    expect(["2026.2.9", "2026.4.15", "2026.9.6"].map(state)).toEqual([
      "ignored",
      "ask-openclaw",
      "ignored",
    ]);
  });
});

it("an agent's own profile goes before the one of main, and its file is named", () => {
  const own = ".openclaw/agents/ops/agent/auth-profiles.json";
  const stored = (tag: string) => profiles("openai", { type: "api_key", key: key(tag) });
  const files = { [`${MAIN}/auth-profiles.json`]: stored("MAIN"), [own]: stored("OPS") };
  const given = { release: "2026.2.9", files, agent: "ops" };
  expect(winner(given)?.endsWith("OPS")).toBe(true);
  expect(find(given).find(({ wins }) => wins)?.file).toBe(path.join(home, own));
  expect(winner({ ...given, agent: "main" })).toBe("MAIN");
  expect(winner({ ...given, agent: "other" })).toBe("MAIN");
});

it("reads an agent's own directory, before what all share", () => {
  const own = profiles("openai", { type: "api_key", key: key("OWN1") });
  const shared = profiles("openai", { type: "api_key", key: key("MAIN") });
  const at = (agentDir?: string) => ({ agents: { list: [{ id: "main", agentDir }] } }) as Json;
  const files = { "own/auth-profiles.json": own, [`${MAIN}/auth-profiles.json`]: shared };
  for (const release of ["2026.2.9", "2026.5.28"]) {
    expect(winner({ release, files, config: at(path.join(home, "own")) })).toBe("OWN1");
    expect(winner({ release, files, config: at("~/own") })).toBe("OWN1");
    // Where it is started decides what a relative one means.
    expect(winner({ release, files, config: at("own") })).toBe("MAIN");
    expect(winner({ release, files, config: at("") })).toBe("MAIN");
  }
});
