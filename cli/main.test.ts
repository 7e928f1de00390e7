import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS } from "@/cli/command-table";
import { applyReportSchema } from "@/cli/report/apply-report";
import { failureReportSchema } from "@/cli/report/common";
import { doctorReportSchema, statusReportSchema } from "@/cli/report/machine-report";
import { planReportSchema } from "@/cli/report/plan-schema";
import { undoReportSchema } from "@/cli/report/undo-report";
import { emptyHome, type Home, type Ran } from "@/cli/testing/run";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { installFakeDoctor } from "@/lib/setup/verify/doctor/testing/fake-doctor";
import { installFakeRelease } from "@/lib/setup/verify/rehearsal/testing/fake-release";

const KEY = "sk-proj-works-line00aaaabbbbccccdddd1a2b";
const CONFIG = '{\n  // mine\n  "logging": { "level": "info" },\n}\n';

let server: OpenAiServer;
let home: Home;

beforeAll(async () => {
  server = await startOpenAiServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  home = await emptyHome({ OPENAI_BASE_URL: server.url });
});
afterEach(() => home.remove());

const writeConfig = async (text: string) => {
  await mkdir(join(home.dir, ".openclaw"), { recursive: true });
  await writeFile(join(home.dir, ".openclaw", "openclaw.json"), text);
};
const failure = ({ stdout }: Ran) => failureReportSchema.parse(JSON.parse(stdout));

describe("plan", () => {
  it("shows what would be written, writes nothing, and holds no secret", async () => {
    await writeConfig(CONFIG);
    const ran = await home.run(["plan", "--json"], { input: `${KEY}\n` });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const report = planReportSchema.strict().parse(JSON.parse(ran.stdout));
    expect(report.files.map(({ role }) => role).sort()).toEqual(["config", "dotenv"]);
    expect(report.choices.model).toMatch(/^openai\//u);
    expect(report.files.flatMap(({ difference }) => difference)).toContain("    // mine");
    expect(ran.stdout).not.toContain(KEY.slice(8, -4));
    expect(await home.files()).toEqual({ ".openclaw/openclaw.json": CONFIG });
  });

  it("gives the lines for the source of a config that is made elsewhere, and writes the key alone", async () => {
    const old = '{ "env": { "OPENAI_API_KEY": "sk-old-0123456789abcdef0123" }, "logging": {} }';
    await writeConfig(old);
    const env = { OPENCLAW_NIX_MODE: "1" };
    const args = ["--target", "2026.9.6"];
    const shown = await home.run(["plan", ...args], { input: KEY, env });
    expect(shown.stdout).toContain("OPENCLAW_NIX_MODE is set");
    expect(shown.stdout).toContain("Lines for a Nix module\n  {");
    expect(shown.stdout).toContain("To be taken out of it:\n  - env.OPENAI_API_KEY");
    expect(shown.stdout).not.toContain("0123456789abcdef");
    const report = await home.run(["plan", ...args, "--json"], { input: KEY, env });
    const { files, ownSource } = planReportSchema.strict().parse(JSON.parse(report.stdout));
    expect(files.map(({ role }) => role)).toEqual(["dotenv"]);
    expect(JSON.parse(ownSource?.json ?? "")).toHaveProperty("agents.defaults.model");
    expect(ownSource?.removed).toEqual(["env.OPENAI_API_KEY"]);
    const wrote = await home.run(["apply", ...args, "--yes"], { input: KEY, env });
    expect(wrote.stdout).toContain("OpenClaw goes on with the config it has");
    const again = await home.run(["apply", ...args, "--yes"], { input: KEY, env });
    expect(again.stdout).toContain("Nothing is written here");
    expect(again.stdout).toContain("Lines for a Nix module");
    expect((await home.files())[".openclaw/openclaw.json"]).toBe(old);
  });

  it("waits for OpenClaw's own doctor where it is told to, and says what stays refused where it is not", async () => {
    const { OPENCLAW_BIN = "", PATH = "" } = installFakeDoctor(join(home.dir, "release"));
    const env = { OPENCLAW_BIN, PATH };
    await writeConfig('{ "tools": { "oldSearch": "fast" } }');
    const usual = await home.run(["apply", "--json"], { input: KEY, env });
    expect(usual.stderr).toContain('tools: Unrecognized key: "oldSearch"');
    expect(usual.stderr).toContain("--ask-doctor");
    expect(failure(usual)).toMatchObject({ error: { code: "needs-yes" } });
    const shown = await home.run(["plan", "--ask-doctor", "--json"], { input: KEY, env });
    const { digest, repairs } = planReportSchema.strict().parse(JSON.parse(shown.stdout));
    expect(repairs.map(({ kind }) => kind)).toContain("doctor-moved");
    const wrote = await home.run(["apply", "--ask-doctor", "--digest", digest], {
      input: KEY,
      env,
    });
    expect(wrote.stderr).not.toContain("Unrecognized");
    const config = (await home.files())[".openclaw/openclaw.json"];
    expect(config).toContain('"newSearch": "fast"');
    expect(config).not.toContain("oldSearch");
  });

  it("speaks the language of the terminal", async () => {
    const ran = await home.run(["plan"], { input: KEY, env: { LANG: "fr_FR.UTF-8" } });
    expect(ran.stdout).toContain("Ajoute votre clé");
  });

  it("takes the key from a file or a variable, and never from an argument", async () => {
    const file = join(home.dir, "key");
    await writeFile(file, `${KEY}\n`);
    expect(await home.run(["plan", "--key-file", file])).toMatchObject({ code: 0 });
    const env = { MY_KEY: KEY };
    expect(await home.run(["plan", "--key-env", "MY_KEY"], { env })).toMatchObject({ code: 0 });
    const ran = await home.run(["plan", "--key", KEY]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toContain(KEY);
    for (const args of [["plan", KEY], [KEY]]) {
      const wrong = await home.run([...args, "--json"]);
      expect(wrong.code).toBe(2);
      expect(wrong.stdout + wrong.stderr).not.toContain(KEY.slice(8, -4));
    }
  });
});

describe("rehearse", () => {
  it("sees which credential goes where for which model", async () => {
    const env = installFakeRelease(home.dir);
    const ran = await home.run(["rehearse", "--model", "openai/gpt-5.5"], { input: KEY, env });
    expect(ran.stdout).toContain("Rehearsed: your OpenClaw 2026.9.6 sends your API key");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
  });
});

it("ends without a word where what reads it has had enough", async () => {
  const program = fileURLToPath(new URL("../bin/start.mjs", import.meta.url));
  await home.run(["--help"]);
  const script = 'set -o pipefail; "$0" "$1" completion fish | true; echo $? >&2';
  const child = spawnSync("bash", ["-c", script, process.execPath, program], {
    env: { HOME: home.dir, PATH: "/usr/bin:/bin" } as unknown as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  expect(child.stderr).toMatch(/^(?:0|141)\n$/u);
});

it("prints no character of a report that a terminal acts on", async () => {
  const name = "no\u009b31m\u202efile";
  const ran = await home.run(["plan", "--answers", name, "--json"]);
  expect(ran.stdout).not.toMatch(/[\u0080-\u009f\u202e]/u);
  expect(failure(ran).error.what).toContain("⟨U+009B⟩");
  const invalid = join(home.dir, name);
  await writeFile(invalid, "{}");
  const wrong = await home.run(["plan", "--answers", invalid, "--json"]);
  expect(wrong.stdout).not.toMatch(/[\u0080-\u009f\u202e]/u);
  expect(failure(wrong).error.path).toBe(invalid);
});

describe("apply", () => {
  it("writes exactly what a plan in another process showed", async () => {
    const planned = await home.run(["plan", "--json"], { input: KEY });
    const { files } = planReportSchema.parse(JSON.parse(planned.stdout));
    const args = ["apply", "--digest", "-", "--key-env", "KEY", "--json"];
    const ran = await home.run(args, { input: planned.stdout, env: { KEY } });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const report = applyReportSchema.strict().parse(JSON.parse(ran.stdout));
    expect(report).toMatchObject({ outcome: "written", verification: { kind: "not-installed" } });
    const now = await home.files();
    for (const { path, after } of files) {
      const text = now[path.slice(home.dir.length + 1)] ?? "";
      expect(createHash("sha256").update(text).digest("hex")).toBe(after);
    }
    expect(Object.keys(now)).toHaveLength(files.length);
    expect(ran.stdout).not.toContain(KEY.slice(8, -4));
  });

  it("takes the answers of a file and the key of standard input, as a script does", async () => {
    const answers = join(home.dir, "a.json");
    const choices = { version: 1, model: "openai/gpt-5.2", keyForm: "env-vars" };
    await writeFile(answers, JSON.stringify(choices));
    const ran = await home.run(["apply", "--answers", answers, "--json", "--yes"], { input: KEY });
    expect(ran.code).toBe(0);
    const config = (await home.files())[".openclaw/openclaw.json"] ?? "";
    expect(JSON.parse(config)).toMatchObject({
      env: { vars: { OPENAI_API_KEY: KEY } },
      agents: { defaults: { model: { primary: "openai/gpt-5.2" } } },
    });
    const again = await home.run(["apply", "--answers", answers, "--json"], { input: KEY });
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: "unchanged", files: [] });
  });

  it("writes nothing once a file is not as it was seen", async () => {
    await writeConfig(CONFIG);
    const planned = await home.run(["plan", "--json"], { input: KEY });
    await writeConfig(CONFIG.replace("info", "debug"));
    const args = ["apply", "--digest", "-", "--key-env", "KEY", "--json"];
    const ran = await home.run(args, { input: planned.stdout, env: { KEY } });
    expect(failure(ran)).toMatchObject({ exitCode: 5, error: { code: "changed-since-preview" } });
    expect(await home.files()).toEqual({
      ".openclaw/openclaw.json": CONFIG.replace("info", "debug"),
    });
  });

  it("asks nobody without a terminal", async () => {
    const ran = await home.run(["apply", "--json"], { input: KEY });
    expect(failure(ran)).toMatchObject({ exitCode: 9, error: { code: "needs-yes" } });
    expect(await home.files()).toEqual({});
  });

  it("writes nothing in a dry run", async () => {
    const ran = await home.run(["apply", "--dry-run", "--json"], { input: KEY });
    expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: "dry-run" });
    expect(await home.files()).toEqual({});
  });
});

describe("undo", () => {
  it("puts back what another process wrote, once", async () => {
    await writeConfig(CONFIG);
    expect((await home.run(["apply", "--yes"], { input: KEY })).code).toBe(0);
    expect(Object.keys(await home.files())).toHaveLength(2);
    const dry = await home.run(["undo", "--dry-run", "--json"]);
    expect(JSON.parse(dry.stdout)).toMatchObject({ outcome: "dry-run" });
    expect(failure(await home.run(["undo", "--json"]))).toMatchObject({ exitCode: 9 });
    const ran = await home.run(["undo", "--yes", "--json"]);
    const report = undoReportSchema.strict().parse(JSON.parse(ran.stdout));
    expect(report).toMatchObject({ outcome: "undone", secretsLeft: false });
    expect(await home.files()).toEqual({ ".openclaw/openclaw.json": CONFIG });
    const again = await home.run(["undo", "--yes", "--json"]);
    expect(failure(again)).toMatchObject({ exitCode: 7, error: { code: "nothing-to-undo" } });
  });

  it("leaves alone what was changed since", async () => {
    expect((await home.run(["apply", "--yes"], { input: KEY })).code).toBe(0);
    await writeConfig(CONFIG);
    expect(failure(await home.run(["undo", "--yes", "--json"]))).toMatchObject({ exitCode: 5 });
    expect(await home.files()).toMatchObject({ ".openclaw/openclaw.json": CONFIG });
  });
});

describe("status and doctor", () => {
  it("say what is here, and write nothing", async () => {
    await writeConfig('{ "agents": { "defaults": { "model": "openai/gpt-5.5" } } }');
    const before = await home.files();
    const ran = await home.run(["status", "--json"]);
    const report = statusReportSchema.strict().parse(JSON.parse(ran.stdout));
    expect(report).toMatchObject({ model: "openai/gpt-5.5", configExists: true, lastWrite: null });
    expect(await home.files()).toEqual(before);
    expect((await home.run(["doctor"])).code).toBe(0);
  });

  it("tell every credential in its order, masked, and what it costs", async () => {
    await writeConfig('{ "agents": { "defaults": { "model": "openai/gpt-5.5" } } }');
    await home.run(["apply", "--yes"], { input: KEY });
    const ran = await home.run(["status"]);
    expect(ran.stdout).toContain("Who answers and who pays");
    expect(ran.stdout).toMatch(
      /1\. File of variables: OPENAI_API_KEY, .*OpenClaw takes this one\./u,
    );
    expect(ran.stdout).not.toContain(KEY);
    const report = statusReportSchema.parse(
      JSON.parse((await home.run(["status", "--json"])).stdout),
    );
    expect(report.order).toMatchObject([{ place: "dotenv", kind: "key", state: "answers" }]);
  });

  it("names what a plan would mend, and the plan then mends it", async () => {
    await writeConfig(
      '{ "env": { "OPENAI_API_KEY": "OLD" }, "agents": { "defaults": { "model": "openai/gpt-5.5" } } }'.replace(
        "OLD",
        `${KEY}9`,
      ),
    );
    const ran = await home.run(["doctor", "--json"]);
    const report = doctorReportSchema.strict().parse(JSON.parse(ran.stdout));
    expect(ran.code).toBe(10);
    const mends = report.findings.flatMap(({ mend }) => mend ?? []);
    expect(mends.length).toBeGreaterThan(0);
    expect(ran.stdout).not.toContain(KEY);
    const accept = mends.flatMap((id) => ["--accept", id]);
    expect((await home.run(["apply", "--yes", ...accept])).code).toBe(0);
    expect((await home.run(["doctor"])).code).toBe(0);
  });
});

describe("the number it ends with", () => {
  it.each([
    ["an unknown command", ["fly"], "", 2, "usage"],
    ["an unknown option", ["plan", "--nope"], "", 2, "usage"],
    ["a value that an option does not take", ["plan", "--key-form", "nowhere"], "", 2, "usage"],
    ["no model reference", ["plan", "--model", "gpt"], KEY, 2, "invalid-model-ref"],
    ["no plan on standard input", ["apply", "--digest", "-"], "{}", 2, "plan-unreadable"],
    ["no answers file", ["plan", "--answers", "/nowhere"], KEY, 2, "answers-missing"],
    ["no key", ["plan"], "", 3, "key-missing"],
    ["a key that is refused", ["plan"], "sk-test-401-aaaabbbbcccc", 3, "key-refused"],
    ["an admin key", ["plan"], "sk-admin-aaaabbbbccccdddd", 3, "key-admin-key"],
  ])("%s", async (_, args, input, exitCode, code) => {
    const ran = await home.run([...args, "--json"], { input });
    expect(ran.code).toBe(exitCode);
    expect(failure(ran)).toMatchObject({ exitCode, error: { code } });
    expect(ran.stderr).not.toBe("");
  });

  it("a config that cannot be read", async () => {
    await writeConfig("{ nope");
    const ran = await home.run(["plan", "--json"], { input: KEY });
    const path = join(home.dir, ".openclaw/openclaw.json");
    const error = { code: "config-unparsable", path };
    expect(failure(ran)).toMatchObject({ exitCode: 4, error });
  });
});

it("proposes in bash the commands, their options and the values of these", async () => {
  const script = join(home.dir, "completion");
  const printed = await home.run(["completion", "bash"]);
  await writeFile(script, printed.stdout);
  const proposed = (...words: string[]) =>
    execFileSync("bash", [
      "-c",
      `. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _openclaw_setup; echo "\${COMPREPLY[@]}"`,
      script,
      "openclaw-setup",
      ...words,
    ]).toString();
  expect(proposed("app")).toBe("apply\n");
  expect(proposed("undo", "--dry")).toBe("--dry-run\n");
  expect(proposed("plan", "--other-default", "")).toBe("first instead after\n");
  expect((await home.run(["completion"])).code).toBe(2);
  for (const shell of ["zsh", "fish"]) {
    expect((await home.run(["completion", shell])).stdout).toMatch(/sign-in[\s\S]*key-file/u);
  }
});

it("says of each command what it does, what it takes, and what its numbers mean", async () => {
  for (const [command, { options }] of Object.entries(COMMANDS)) {
    const ran = await home.run([command, "--help"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toMatch(/Usage: openclaw-setup [\w-]+ \[options\][\s\S]*Exit codes:/u);
    for (const option of options) expect(ran.stdout).toContain(`--${option} `);
  }
});
