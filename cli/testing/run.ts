/** The real command line, in a process and a home of its own. */

import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureCommandLine } from "@/bin/prepare/build.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Home {
  readonly dir: string;
  /** Every file below it with its bytes as text, by its path from there; what this program keeps for itself is left out. */
  files(): Promise<Record<string, string>>;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  remove(): Promise<void>;
}

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Each part of standard error as it comes. */
  readonly heard?: (text: string) => void;
}

/** `env` comes on top of a bare environment, in which there is no OpenClaw. */
export async function emptyHome(env: Readonly<Record<string, string>> = {}): Promise<Home> {
  const dir = await mkdtemp(join(tmpdir(), "openclaw-setup-cli-"));
  return {
    dir,
    files: async () => {
      const names = await readdir(dir, { recursive: true });
      const own = names
        .map((name) => join(dir, name))
        .filter((path) => statSync(path).isFile())
        .filter((path) => !/\/(?:\.openclaw-setup|\.local)\//u.test(path));
      const texts = await Promise.all(own.map((path) => readFile(path, "utf8")));
      return Object.fromEntries(
        own.map((path, at) => [path.slice(dir.length + 1), texts[at] ?? ""]),
      );
    },
    run: (args, options = {}) =>
      runCommand(args, {
        ...options,
        env: { HOME: dir, PATH: "/usr/bin:/bin", ...env, ...options.env },
      }),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

let bundled: Promise<boolean> | undefined;

/** With this environment and no other. */
export async function runCommand(
  args: readonly string[],
  { env = {}, input = "", heard }: RunOptions,
): Promise<Ran> {
  // Where several tests begin at once, a command would say that it waits for the bundle of another.
  bundled ??= ensureCommandLine(ROOT, () => {});
  await bundled;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, "bin", "start.mjs"), ...args], {
      env: { ...env } as unknown as NodeJS.ProcessEnv,
      stdio: "pipe",
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk) => stdout.push(chunk));
    child.stderr.on("data", (chunk) => {
      stderr.push(chunk);
      heard?.(chunk.toString("utf8"));
    });
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      }),
    );
    // A command that does not read its input may have ended already.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
