import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { fakeCli } from "@/lib/openclaw/command/testing/fake-cli";
import { runEnvironment, variablesIn } from "@/lib/openclaw/program/environment";
import { runProcess } from "@/lib/system/run-process";

let dir: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(path.join(tmpdir(), "run-")));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const SILENT = { code: 0, stdout: "", stderr: "" };
const ENV = { PATH: process.env["PATH"] };

function runner(script: string, more: Partial<Runner> = {}): Runner {
  return {
    installed: { entry: { kind: "script", path: script } },
    node: { path: process.execPath },
    location: { profile: null, variables: {} },
    env: ENV,
    ...more,
  };
}

/** Runs a piece of JavaScript as if it were OpenClaw. */
function runScript(source: string, options: Partial<Parameters<typeof runOpenClaw>[2]> = {}) {
  const script = path.join(dir, "script.mjs");
  writeFileSync(script, source);
  return runOpenClaw(runner(script), [], { timeoutMs: 30_000, ...options });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended stays listed until somebody asks for its exit code.
  const about = existsSync("/proc/self/stat") ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
  return !/\) Z /.test(about);
}

describe("runOpenClaw", () => {
  it("hands arguments over as they are, with the profile before them", async () => {
    const cli = fakeCli(path.join(dir, "cli"), { code: 3, stdout: "out", stderr: "err" });
    const args = ["agent", "--message", "$(touch x); `y` \"z\" 'ä' --json"];
    const result = await runOpenClaw(
      runner(cli.script, { location: { profile: "dev1", variables: {} } }),
      args,
      { timeoutMs: 30_000, stdin: "from here" },
    );
    expect(result).toMatchObject({ code: 3, stdout: "out", stderr: "err", timedOut: false });
    expect(cli.seen()).toMatchObject({ argv: ["--profile", "dev1", ...args], stdin: "from here" });
    expect(result.args).toEqual(cli.seen().argv);
  });

  it("runs in an empty directory of its own, which is gone afterwards", async () => {
    const cli = fakeCli(path.join(dir, "cli"), SILENT);
    await runOpenClaw(runner(cli.script), [], { timeoutMs: 30_000 });
    expect(cli.seen().files).toEqual([]);
    expect(existsSync(cli.seen().cwd)).toBe(false);
  });

  it("gives the listed variables, those the config names, and what is laid over them", async () => {
    const cli = fakeCli(path.join(dir, "cli"), SILENT);
    await runOpenClaw(
      runner(cli.script, {
        location: { profile: null, variables: { OPENCLAW_STATE_DIR: "/abs/state" } },
        env: {
          ...ENV,
          HOME: "/home/alex",
          OPENCLAW_STATE_DIR: "state",
          OPENAI_API_KEY: "from-shell",
          NODE_OPTIONS: "--throw-deprecation",
          NEXTAUTH_SECRET: "ours",
          OPENCLAW_SETUP_TOKEN: "ours",
          npm_config_prefix: "/somewhere",
          BOT_TOKEN: "named-by-the-config",
        },
        referenced: variablesIn({ channels: { x: { token: `\${${"BOT_TOKEN"}}` } } }),
      }),
      [],
      { timeoutMs: 30_000, env: { OPENAI_API_KEY: undefined, EXTRA: "1" } },
    );
    const { env } = cli.seen();
    expect(env).toMatchObject({
      HOME: "/home/alex",
      OPENCLAW_STATE_DIR: "/abs/state",
      BOT_TOKEN: "named-by-the-config",
      EXTRA: "1",
      NO_COLOR: "1",
    });
    expect(env["PATH"]?.split(path.delimiter)[0]).toBe(path.dirname(process.execPath));
    for (const name of [
      "OPENAI_API_KEY",
      "NODE_OPTIONS",
      "NEXTAUTH_SECRET",
      "OPENCLAW_SETUP_TOKEN",
      "npm_config_prefix",
      "NODE_ENV",
    ]) {
      expect(env, name).not.toHaveProperty(name);
    }
  });

  it("starts a program of its own without Node", async () => {
    const program = path.join(dir, "openclaw");
    writeFileSync(program, '#!/bin/sh\necho "$1 $2"\n', { mode: 0o755 });
    const result = await runOpenClaw(
      {
        ...runner(""),
        installed: { entry: { kind: "program", path: program } },
        node: null,
      },
      ["config", "file"],
      { timeoutMs: 30_000 },
    );
    expect(result.stdout).toBe("config file\n");
  });

  it("says why it could not be started", async () => {
    const nowhere = { path: path.join(dir, "no-node") };
    const result = await runOpenClaw(runner("x.mjs", { node: nowhere }), [], { timeoutMs: 30_000 });
    expect(result.code).toBeNull();
    expect(result.startError?.code).toBe("ENOENT");
    const nul = await runOpenClaw(runner("x.mjs"), ["a\0b"], { timeoutMs: 30_000 });
    expect(nul.startError?.code).toBe("ERR_INVALID_ARG_VALUE");
  });
});

describe("a run that does not end", { timeout: 30_000 }, () => {
  const idsFile = () => path.join(dir, "ids.json");
  const ids = () => JSON.parse(readFileSync(idsFile(), "utf8")) as number[];
  const gone = async () => {
    for (const pid of ids()) await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
  };

  /** Starts a child that waits for ever and notes both ids; `first` is run by both. */
  const withChild = (first: string, childOptions: object = {}) => `
import { spawn } from "node:child_process";
import fs from "node:fs";
${first}
const waits = ${JSON.stringify(`${first} setInterval(() => {}, 1000)`)};
const child = spawn(process.execPath, ["-e", waits], ${JSON.stringify(childOptions)});
fs.writeFileSync(${JSON.stringify(idsFile())}, JSON.stringify([process.pid, child.pid]));
console.log("before");
`;
  const waiting = (first = "") => `${withChild(first)} setInterval(() => {}, 1000);`;

  it("is ended with its children when the time is over", async () => {
    const result = await runScript(waiting(), {
      timeoutMs: 2500,
    });
    expect(result).toMatchObject({
      timedOut: true,
      aborted: false,
      code: null,
      stdout: "before\n",
    });
    await gone();
  });

  it("is ended even where it ignores being asked", async () => {
    const deaf = 'process.on("SIGTERM", () => {});';
    const result = await runScript(waiting(deaf), {
      timeoutMs: 2500,
    });
    expect(result).toMatchObject({ timedOut: true, signal: "SIGKILL" });
    await gone();
  });

  it("is ended when cancelled, and not started when cancelled before", async () => {
    const controller = new AbortController();
    const running = runScript(waiting(), {
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(ids()).toHaveLength(2), { timeout: 10_000 });
    controller.abort();
    expect(await running).toMatchObject({ aborted: true, timedOut: false });
    await gone();
    rmSync(idsFile());
    const never = await runScript(waiting(), { signal: AbortSignal.abort() });
    expect(never).toMatchObject({ aborted: true, code: null });
    expect(existsSync(idsFile())).toBe(false);
  });

  it.each([".openclaw-lifecycle-pending", ".openclaw-lifecycle-lock"])(
    "is not cut off while it finishes its own installation (%s)",
    async (mark) => {
      writeFileSync(path.join(dir, mark), "");
      const controller = new AbortController();
      const [started, goOn] = [path.join(dir, "started"), path.join(dir, "go-on")];
      const source = `import { existsSync, watch, writeFileSync } from "node:fs";
        watch(${JSON.stringify(dir)}, () => existsSync(${JSON.stringify(goOn)}) && process.exit(7));
        writeFileSync(${JSON.stringify(started)}, "");`;
      const running = runScript(source, { signal: controller.signal });
      await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 10_000 });
      controller.abort();
      writeFileSync(goOn, "");
      expect(await running).toMatchObject({ code: 7, aborted: false });
    },
  );

  it("leaves no child behind when it ends by itself", async () => {
    const result = await runScript(`${withChild("", { stdio: "inherit" })} child.unref();`);
    expect(result).toMatchObject({ code: 0, timedOut: false });
    await gone();
  });

  it("does not wait for a daemon that keeps its output open", async () => {
    const daemon = { stdio: "inherit", detached: true };
    const result = await runScript(`${withChild("", daemon)} child.unref();`);
    const [, child] = ids();
    try {
      expect(result).toMatchObject({ code: 0, timedOut: false, stdout: "before\n" });
    } finally {
      if (child !== undefined) process.kill(child, "SIGKILL");
    }
  });
});

describe("output", () => {
  it("is bounded", async () => {
    const result = await runScript(
      'process.stdout.write("a".repeat(300_000)); process.stderr.write("b".repeat(10));',
      { maxBytes: 1000 },
    );
    expect(result).toMatchObject({
      stdout: "a".repeat(1000),
      stderr: "bbbbbbbbbb",
      truncated: true,
    });
  });

  it("is put together from whole bytes, however it arrives", async () => {
    const result = await runProcess(
      process.execPath,
      [
        "-e",
        'const b = Buffer.from("ä€😀"); for (const x of b) require("fs").writeSync(1, Buffer.of(x));',
      ],
      { env: {}, cwd: dir, timeoutMs: 30_000 },
    );
    expect(result.stdout).toBe("ä€😀");
  });
});

describe("runEnvironment", () => {
  it("never passes NODE_OPTIONS, even where a config names it", () => {
    expect(runEnvironment({ NODE_OPTIONS: "x" }, new Set(["NODE_OPTIONS"]))).not.toHaveProperty(
      "NODE_OPTIONS",
    );
  });

  it("passes other providers' keys, proxies and certificates", () => {
    const env = {
      ANTHROPIC_API_KEY: "a",
      OPENAI_API_KEYS: "b",
      https_proxy: "c",
      NODE_EXTRA_CA_CERTS: "d",
      SECRET_OF_MINE: "e",
    };
    expect(Object.keys(runEnvironment(env))).toEqual([
      "ANTHROPIC_API_KEY",
      "OPENAI_API_KEYS",
      "https_proxy",
      "NODE_EXTRA_CA_CERTS",
      "NO_COLOR",
      "OPENCLAW_NO_AUTO_UPDATE",
    ]);
  });
});

describe("variablesIn", () => {
  it("finds names in strings of any depth and in references", () => {
    const ref = (name: string) => `\${${name}}`;
    const config = {
      a: [`x ${ref("ONE")} ${ref("TWO")}`, { b: `$THREE ${ref("lower")}` }],
      key: { source: "env", provider: "default", id: "FOUR" },
      other: { source: "file", id: "FIVE" },
    };
    expect([...variablesIn(config)].sort()).toEqual(["FOUR", "ONE", "TWO"]);
  });
});
