import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocateOptions, locateState } from "@/lib/openclaw/places/locate";
import { LOCATION_CASES, type LocationCase } from "@/lib/openclaw/places/testing/locations";

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), "locate-")));
  mkdirSync(path.join(home, "cwd"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(relative: string, text = "{}"): void {
  const file = path.join(home, relative);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text.replaceAll("$H", home));
}

function locate(env: Record<string, string> = {}, options: Partial<LocateOptions> = {}) {
  const real = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replaceAll("$H", home)]),
  );
  return locateState(
    { HOME: home, ...real },
    { platform: "linux", homedir: home, cwd: path.join(home, "cwd"), ...options },
  );
}

function found(env: Record<string, string> = {}, options: Partial<LocateOptions> = {}) {
  const location = locate(env, options);
  if (!location.ok) throw new Error(location.error.code);
  return location.value;
}

function setUp(given: LocationCase): void {
  for (const config of given.configs ?? []) put(config);
  for (const dir of given.directories ?? []) mkdirSync(path.join(home, dir), { recursive: true });
  for (const [file, text] of Object.entries(given.files ?? {})) put(file, text);
}

describe("the config file, as the real releases answered", () => {
  const rows = LOCATION_CASES.flatMap((given) =>
    Object.entries(given.answers).map(([release, answer]) => ({ ...given, release, answer })),
  );
  it.each(rows)("$name ($release)", (given) => {
    setUp(given);
    const env: Record<string, string> = { ...given.env };
    if (given.withoutHome) env["HOME"] = "";
    const location = locate(env, {
      release: given.release,
      profile: given.profile ?? null,
      homedir: given.withoutHome ? "/nowhere" : home,
    });
    if (given.answer === null) {
      expect(location).toEqual({
        ok: false,
        error: { code: "invalid-profile", profile: given.profile },
      });
      return;
    }
    expect(location.ok && path.relative(home, location.value.configPath)).toBe(given.answer);
  });
});

describe("why a place was chosen", () => {
  it("names the default, a variable, a profile and the .env that redirects", () => {
    expect(found().stateReason).toEqual({ source: "default", setIn: null });
    expect(found({ OPENCLAW_STATE_DIR: "$H/s" }).stateReason).toEqual({
      source: "OPENCLAW_STATE_DIR",
      setIn: null,
    });
    const profile = found({}, { profile: "dev1" });
    expect(profile.stateReason).toEqual({ source: "profile", setIn: null });
    expect(profile.configReason).toEqual({ source: "profile", setIn: null });
    expect(profile.stateDir).toBe(path.join(home, ".openclaw-dev1"));

    put(".openclaw/.env", "OPENCLAW_STATE_DIR=$H/s\n");
    const redirected = found();
    const setIn = path.join(home, ".openclaw/.env");
    expect(redirected.stateReason).toEqual({ source: "OPENCLAW_STATE_DIR", setIn });
    expect(redirected.notes).toContainEqual({
      code: "redirected",
      variable: "OPENCLAW_STATE_DIR",
      path: setIn,
    });
  });

  it("says that an older directory will be moved, and when", () => {
    put(".clawdbot/clawdbot.json");
    const to = path.join(home, ".openclaw");
    const older = { code: "older-directory", path: path.join(home, ".clawdbot"), to };
    expect(found().notes).toEqual([{ ...older, movesOn: "agent-and-doctor" }]);
    expect(found().configReason.source).toBe("older-name");
    expect(found({}, { release: "2026.2.9" }).notes).toEqual([
      { ...older, movesOn: "any-command" },
    ]);
  });

  it("mentions an older directory that is not looked at, but not the link left by a move", () => {
    put(".openclaw/openclaw.json");
    put(".moltbot/moltbot.json");
    symlinkSync(path.join(home, ".openclaw"), path.join(home, ".clawdbot"));
    expect(found().notes).toEqual([
      { code: "older-directory-unused", path: path.join(home, ".moltbot") },
    ]);
  });

  it("locates a state directory that nothing can be at", () => {
    put("file");
    symlinkSync("loop", path.join(home, "loop"));
    for (const dir of ["file/below", "loop", "loop/below", "n".repeat(300)]) {
      const state = path.join(home, dir);
      expect(found({ OPENCLAW_STATE_DIR: state })).toMatchObject({ stateDir: state, notes: [] });
    }
  });

  it.runIf(process.platform === "linux")("tells of a state directory others may write to", () => {
    put(".openclaw/openclaw.json");
    const state = path.join(home, ".openclaw");
    const command = `chmod go-w ${state}`;
    for (const [mode, isOpen] of [
      [0o700, false],
      [0o755, false],
      [0o757, true],
      [0o777, true],
    ] as const) {
      chmodSync(state, mode);
      const note = { code: "open-to-others", path: state, command };
      expect(found().notes, mode.toString(8)).toEqual(isOpen ? [note] : []);
    }
    // Where each user has a group of that number, as on most systems, its group is nobody else.
    chmodSync(state, 0o770);
    const isOwnGroup = process.getuid?.() === process.getgid?.();
    expect(found().notes).toHaveLength(isOwnGroup ? 0 : 1);
  });

  it("mentions variables without effect and relative ones", () => {
    const notes = found({ CLAWDBOT_STATE_DIR: "$H/x", OPENCLAW_STATE_DIR: "state" }).notes;
    expect(notes).toEqual([
      { code: "relative-variable", variable: "OPENCLAW_STATE_DIR", value: "state" },
      { code: "variable-ignored", variable: "CLAWDBOT_STATE_DIR" },
    ]);
  });
});

describe("variables for running OpenClaw elsewhere", () => {
  it("turns relative paths into absolute ones and leaves the others", () => {
    const location = found({
      OPENCLAW_HOME: "~/h",
      OPENCLAW_STATE_DIR: "state",
      OPENCLAW_CONFIG_PATH: "$H/c.json",
    });
    expect(location.variables).toEqual({ OPENCLAW_STATE_DIR: path.join(home, "cwd/state") });
    expect(found({}, { profile: "dev1" }).variables).toEqual({});
  });
});

describe(".env files", () => {
  const roles = (env: Record<string, string>, options: Partial<LocateOptions> = {}) =>
    found(env, options).dotenvFiles.map(
      (file) => `${file.role}: ${path.relative(home, file.path)}`,
    );

  it("are the state directory's and the gateway's", () => {
    expect(roles({})).toEqual([
      "state-directory: .openclaw/.env",
      "gateway: .config/openclaw/gateway.env",
    ]);
  });

  it("include the one beside OPENCLAW_CONFIG_PATH, after the state directory's", () => {
    expect(roles({ OPENCLAW_CONFIG_PATH: "$H/c/my.json" })).toEqual([
      "state-directory: .openclaw/.env",
      "config-directory: c/.env",
      "gateway: .config/openclaw/gateway.env",
    ]);
  });

  it("leave the gateway's out where the state directory was moved", () => {
    expect(roles({ OPENCLAW_STATE_DIR: "$H/s" })).toEqual(["state-directory: s/.env"]);
    expect(roles({}, { profile: "dev1" })).toEqual(["state-directory: .openclaw-dev1/.env"]);
    expect(roles({ OPENCLAW_STATE_DIR: "$H/.openclaw" })).toHaveLength(2);
  });

  it("for 2026.2.9 are the working directory's and the state directory's", () => {
    const release = "2026.2.9";
    expect(roles({ OPENCLAW_CONFIG_PATH: "$H/c/my.json" }, { release })).toEqual([
      "working-directory: cwd/.env",
      "state-directory: .openclaw/.env",
    ]);
  });

  it("follow a redirection, and the new state directory's .env is the one to write", () => {
    put(".openclaw/.env", "OPENCLAW_STATE_DIR=$H/s\n");
    expect(roles({})).toEqual([
      "state-directory: .openclaw/.env",
      "state-directory: s/.env",
      "gateway: .config/openclaw/gateway.env",
    ]);
    expect(found().dotenvPath).toBe(path.join(home, "s/.env"));
    // 2026.2.9 moves its state too, but does not read that directory's .env.
    const old = found({}, { release: "2026.2.9" });
    expect(old.stateDir).toBe(path.join(home, "s"));
    expect(old.dotenvPath).toBe(path.join(home, ".openclaw/.env"));
  });

  it("do not replace a variable that is present but empty", () => {
    put(".openclaw/.env", "OPENCLAW_STATE_DIR=$H/s\n");
    expect(found({ OPENCLAW_STATE_DIR: "" }).stateDir).toBe(path.join(home, ".openclaw"));
  });

  it("count as absent when they are a directory or too large", () => {
    mkdirSync(path.join(home, ".openclaw/.env"), { recursive: true });
    expect(found().dotenvFiles[0]?.exists).toBe(false);
    rmSync(path.join(home, ".openclaw/.env"), { recursive: true });
    put(".openclaw/.env", `OPENCLAW_STATE_DIR=$H/s\n#${"x".repeat(1024 * 1024)}\n`);
    expect(found().stateDir).toBe(path.join(home, ".openclaw"));
  });
});

describe("agents", () => {
  it("are main and the directories that exist", () => {
    expect(found().agents.map((agent) => agent.id)).toEqual(["main"]);
    put(".openclaw/agents/work/agent/x");
    put(".openclaw/agents/main/agent/x");
    put(".openclaw/agents/note.txt");
    expect(found().agents).toEqual([
      { id: "main", dir: path.join(home, ".openclaw/agents/main/agent") },
      { id: "work", dir: path.join(home, ".openclaw/agents/work/agent") },
    ]);
  });
});

describe("on Windows", () => {
  it("uses its separators and both kinds after the tilde", () => {
    const location = locateState(
      { USERPROFILE: "C:\\Users\\Alex", OPENCLAW_CONFIG_PATH: "~\\c\\my.json" },
      { platform: "win32", homedir: "C:\\Users\\Alex", cwd: "C:\\work" },
    );
    expect(location.ok && location.value).toMatchObject({
      stateDir: "C:\\Users\\Alex\\.openclaw",
      configPath: "C:\\Users\\Alex\\c\\my.json",
      dotenvPath: "C:\\Users\\Alex\\.openclaw\\.env",
    });
  });
});

it("names what a further .env file sets, as the token of a gateway, and not what the first one does", () => {
  put(".openclaw/.env", "OPENAI_API_KEY=sk-one\n");
  put(".config/openclaw/gateway.env", "OPENCLAW_GATEWAY_TOKEN=t0ken\nGEMINI_API_KEY=\n");
  expect(found({}, { release: "2026.9.6" }).furtherVariables).toEqual(["OPENCLAW_GATEWAY_TOKEN"]);
  // 2026.2.9 does not read it.
  expect(found({}, { release: "2026.2.9" }).furtherVariables).toEqual([]);
});
