/** Runs a real OpenClaw in an empty home, with a bounded time and nothing of the machine's own environment. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { InstalledRelease } from "./install";

export interface Home {
  /** `$HOME` of the run. */
  readonly dir: string;
  readonly stateDir: string;
  readonly configPath: string;
  /** Writes a file below the home, owner-only; objects become JSON. */
  write(relative: string, content: string | object): Promise<string>;
  remove(): Promise<void>;
}

/** An empty home in the temporary directory. */
export async function emptyHome(): Promise<Home> {
  return homeAt(await mkdtemp(path.join(tmpdir(), "openclaw-home-")));
}

/** A home that is there, or will be. */
export function homeAt(dir: string): Home {
  const stateDir = path.join(dir, ".openclaw");
  return {
    dir,
    stateDir,
    configPath: path.join(stateDir, "openclaw.json"),
    async write(relative, content) {
      const file = path.join(dir, relative);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`;
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },
    async remove() {
      // A child that was just ended may still be closing its database.
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Given on standard input, which is otherwise closed. */
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly cwd?: string;
}

export interface RunResult {
  /** `null` when it was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  readonly timedOut: boolean;
}

/** `openclaw …args`, its own process group, ended as a whole when the time is over. */
export async function runOpenClaw(
  release: InstalledRelease,
  home: Home,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const started = performance.now();
  const child = startOpenClaw(release, home, args, options);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  child.stdin?.on("error", () => {}); // The child may be gone before it has read everything.
  child.stdin?.end(options.input ?? "");
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    endGroup(child, "SIGKILL");
  }, options.timeoutMs ?? 300_000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearTimeout(limit);
  endGroup(child, "SIGKILL");
  const ms = Math.round(performance.now() - started);
  return { code, stdout: stdout(), stderr: stderr(), ms, timedOut };
}

/** Starts the CLI without waiting for it. The caller ends it with `endGroup`. */
export function startOpenClaw(
  release: InstalledRelease,
  home: Home,
  args: readonly string[],
  options: RunOptions = {},
): ChildProcess {
  return spawn(release.node, [release.cli, ...args], {
    cwd: options.cwd ?? home.dir,
    // The cast: Next.js types demand a NODE_ENV, which the real CLI does not have.
    env: { ...baseEnvironment(release, home), ...options.env } as unknown as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
}

/** Ends a child started here together with what it started itself. */
export function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

export function baseEnvironment(release: InstalledRelease, home: Home): Record<string, string> {
  return {
    HOME: home.dir,
    USERPROFILE: home.dir,
    PATH: [path.dirname(release.node), "/usr/local/bin", "/usr/bin", "/bin"].join(path.delimiter),
    LANG: "C.UTF-8",
    NO_COLOR: "1",
    // Port 9 answers nobody: a release that tries to fetch a plugin fails at once, the same everywhere.
    npm_config_registry: "http://127.0.0.1:9/",
    npm_config_fetch_retries: "0",
    OPENCLAW_NO_AUTO_UPDATE: "1",
    OPENCLAW_DISABLE_BONJOUR: "1",
  };
}
