/** Programs in the place of OpenClaw: of a few lines, or lines before the real one. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Run = z.object({ args: z.array(z.string()), env: z.record(z.string(), z.string()) });

/** It only writes down how it was run: arguments and environment, one JSON a line. */
export interface FakeOpenClaw {
  /** For OPENCLAW_BIN. */
  readonly bin: string;
  runs(): Promise<ReadonlyArray<z.infer<typeof Run>>>;
}

/** `says` is what every command prints. */
export async function installFakeOpenClaw(folder: string, says = ""): Promise<FakeOpenClaw> {
  const log = join(folder, "runs.log");
  const bin = await installProgram(
    folder,
    `import { appendFileSync } from "node:fs";
const line = JSON.stringify({ args: process.argv.slice(2), env: process.env });
appendFileSync(${JSON.stringify(log)}, line + "\\n");
process.stdout.write(${JSON.stringify(says)});
`,
  );
  return {
    bin,
    runs: () => runsIn(log),
  };
}

/**
 * It finds every config valid, takes over a login and lists it afterwards. Each of its commands waits
 * until it is let go, and ends no sooner for being asked to.
 */
export interface HeldOpenClaw {
  /** For OPENCLAW_BIN. */
  readonly bin: string;
  /** By the first word of the command: "config", "doctor", "models". */
  letGo(command: string): Promise<void>;
}

export async function installHeldOpenClaw(folder: string): Promise<HeldOpenClaw> {
  const bin = await installProgram(
    folder,
    `import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const folder = ${JSON.stringify(folder)};
const command = process.argv[2];
const taken = join(folder, "taken.json");
const answers = {
  config: () => ({ valid: true, warnings: [] }),
  doctor: () => {
    const file = join(process.env.OPENCLAW_STATE_DIR, "agents/main/agent/auth-profiles.json");
    writeFileSync(taken, readFileSync(file));
    rmSync(file);
    return {};
  },
  models: () => {
    const store = existsSync(taken) ? JSON.parse(readFileSync(taken)).profiles : {};
    const profiles = Object.entries(store).map(([name, { type }]) => ({
      profileId: "openai:" + name.split(":")[1],
      provider: "openai",
      type,
      status: type === "oauth" ? "ok" : "static",
    }));
    const labels = profiles.map(({ profileId }) => profileId + "=OAuth (person@example.com)");
    const effective = { kind: "profiles", detail: "" };
    const providers = [{ provider: "openai", effective, profiles: { labels } }];
    return { resolvedDefault: "openai/gpt-5.5", auth: { providers, oauth: { profiles } } };
  },
};
process.on("SIGTERM", () => {});
setInterval(() => {
  if (!existsSync(join(folder, "let-go-" + command))) return;
  process.stdout.write(JSON.stringify(answers[command]()));
  process.exit(0);
}, 50);
`,
  );
  return { bin, letGo: (command) => writeFile(join(folder, `let-go-${command}`), "") };
}

export interface CommandAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** It gives each command, by its first word ("config", "agent"), the answer of a real release. */
export async function installAnsweringOpenClaw(
  folder: string,
  answers: Readonly<Record<string, CommandAnswer>>,
): Promise<FakeOpenClaw> {
  const log = join(folder, "runs.log");
  const bin = await installProgram(
    folder,
    `import { appendFileSync, writeSync } from "node:fs";
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, env: process.env }) + "\\n");
const answer = ${JSON.stringify(answers)}[args[0]] ?? { code: 1, stdout: "", stderr: "no answer" };
writeSync(1, answer.stdout);
writeSync(2, answer.stderr);
process.exitCode = answer.code;
`,
  );
  return { bin, runs: () => runsIn(log) };
}

async function runsIn(log: string): ReturnType<FakeOpenClaw["runs"]> {
  const text = await readFile(log, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => Run.parse(JSON.parse(line)));
}

/** A package like OpenClaw's around this program; its path is for OPENCLAW_BIN. `needed`: the Node it says it needs. */
export function installProgram(folder: string, program: string, needed = ">=18"): Promise<string> {
  return installPackage(folder, program, { engines: { node: needed } });
}

/** The real OpenClaw at `cli`, with these lines before it; it runs on a Node that the release admits. */
export function wrapOpenClaw(folder: string, cli: string, before: string): Promise<string> {
  const [real, own] = [JSON.stringify(cli), before.trimEnd()];
  return installPackage(folder, `${own}\nprocess.argv[1] = ${real};\nawait import(${real});\n`, {});
}

async function installPackage(folder: string, program: string, more: object): Promise<string> {
  const bin = join(folder, "openclaw.mjs");
  const about = { name: "openclaw", version: "2026.9.6", type: "module", bin: "openclaw.mjs" };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ ...about, ...more }));
  await writeFile(bin, `#!/usr/bin/env node\n${program}`, { mode: 0o755 });
  return bin;
}
