/** Runs one program without a shell, with limited time and output, and ends its whole process group. */

import { type ChildProcess, spawn } from "node:child_process";

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly stdin?: string;
  readonly maxBytes?: number;
  readonly platform?: NodeJS.Platform;
  readonly onOutput?: (text: string) => void;
  /** The process id is also the group's id. */
  readonly onStart?: (pid: number) => void;
}

export interface ProcessResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly durationMs: number;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  /** The system's reason if it could not start (`ENOENT`, `EACCES`, …), else null. */
  readonly startError: { readonly code: string; readonly detail: string } | null;
}

const MOST_BYTES = 4 * 1024 * 1024;
/** The time between SIGTERM and SIGKILL. */
const GRACE_MS = 2000;
/** The time for remaining output after the program has ended. */
const DRAIN_MS = 1000;

/** Never rejects; errors are in the result. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const started = performance.now();
  const platform = options.platform ?? process.platform;
  const limit = options.maxBytes ?? MOST_BYTES;
  return new Promise((resolve) => {
    if (options.signal?.aborted) {
      resolve({ ...NOTHING, aborted: true });
      return;
    }
    let child: ChildProcess;
    try {
      child = spawn(command, args, {
        cwd: options.cwd,
        // Next.js types demand NODE_ENV, which must not reach the program.
        env: { ...options.env } as unknown as NodeJS.ProcessEnv,
        stdio: ["pipe", "pipe", "pipe"],
        detached: platform !== "win32",
        windowsHide: true,
      });
    } catch (error) {
      resolve({ ...NOTHING, startError: startErrorOf(error) });
      return;
    }
    // The program must not keep writing unwatched after this process exits.
    const endWithUs = () => endGroup(child, "SIGKILL", platform);
    process.once("exit", endWithUs);
    const stdout = collect(child.stdout, limit, options.onOutput);
    const stderr = collect(child.stderr, limit, options.onOutput);
    let timedOut = false;
    let aborted = false;
    let startError: ProcessResult["startError"] = null;
    let grace: NodeJS.Timeout | undefined;
    const end = () => {
      endGroup(child, "SIGTERM", platform);
      grace ??= setTimeout(() => endGroup(child, "SIGKILL", platform), GRACE_MS);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, options.timeoutMs);
    const onAbort = () => {
      aborted = true;
      end();
    };
    options.signal?.addEventListener("abort", onAbort, { once: true });
    // The program may end before it has read all of its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.stdin ?? "");
    child.once("error", (error) => {
      startError = startErrorOf(error);
    });
    if (child.pid !== undefined) options.onStart?.(child.pid);
    let drain: NodeJS.Timeout | undefined;
    child.once("exit", () => {
      // Surviving children keep the output open; those that left the group are not waited for.
      endGroup(child, "SIGKILL", platform);
      drain = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, DRAIN_MS);
    });
    child.once("close", (code, signal) => {
      process.off("exit", endWithUs);
      clearTimeout(timer);
      clearTimeout(grace);
      clearTimeout(drain);
      options.signal?.removeEventListener("abort", onAbort);
      resolve({
        code: startError ? null : code,
        signal,
        stdout: stdout.text(),
        stderr: stderr.text(),
        truncated: stdout.truncated() || stderr.truncated(),
        durationMs: Math.round(performance.now() - started),
        timedOut,
        aborted,
        startError,
      });
    });
  });
}

const NOTHING: ProcessResult = {
  code: null,
  signal: null,
  stdout: "",
  stderr: "",
  truncated: false,
  durationMs: 0,
  timedOut: false,
  aborted: false,
  startError: null,
};

function collect(
  stream: NodeJS.ReadableStream | null,
  limit: number,
  onOutput: (text: string) => void = () => {},
) {
  const chunks: Buffer[] = [];
  let size = 0;
  let over = false;
  stream?.on("data", (chunk: Buffer) => {
    onOutput(chunk.toString("utf8"));
    const room = limit - size;
    if (chunk.length > room) over = true;
    if (room <= 0) return;
    chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    size += Math.min(chunk.length, room);
  });
  return { text: () => Buffer.concat(chunks).toString("utf8"), truncated: () => over };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals, platform: NodeJS.Platform): void {
  if (child.pid === undefined) return;
  try {
    if (platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}

function startErrorOf(error: unknown): { code: string; detail: string } {
  const { code, message } = error as NodeJS.ErrnoException;
  return { code: code ?? "unknown", detail: message ?? String(error) };
}
