/** Runs an installation as planned, tells what npm is at, and takes it away again. */

import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import type { InstallPlan } from "@/lib/openclaw/install/plan";
import { err, ok, type Result } from "@/lib/result";
import { redact, redactWords } from "@/lib/secrets/redact";
import { runProcess } from "@/lib/system/run-process";

export interface InstallFailure {
  readonly code: "not-started" | "timed-out" | "cancelled" | "failed";
  /** npm's own line that says why; "" where none stands out. */
  readonly sentence: string;
  readonly detail: string;
}

/** 640 MB on a slow line. */
const LIMIT_MS = 45 * 60_000;

/** What was made in a folder of ours is taken away where it fails; `onLine`: the last that npm has said. */
export async function runInstall(
  plan: InstallPlan,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<Result<null, InstallFailure>> {
  const { args, env, folder, npm } = plan;
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const run = await runProcess(npm, args, {
    env,
    cwd: folder ?? homedir(),
    timeoutMs: LIMIT_MS,
    signal,
    onOutput: (text) => {
      const line = text.split("\n").findLast((one) => one.trim() !== "");
      if (line) onLine(redactWords(line.trim(), [], 160));
    },
  });
  if (run.code === 0 && !run.timedOut && !run.aborted && !run.startError) return ok(null);
  const said = `${run.stderr}\n${run.stdout}`;
  const line = /^npm (?:error|ERR!) (?!code |errno |syscall )(?<words>.+)$/mu.exec(said);
  return err({
    code: codeOf(run),
    sentence: redactWords(line?.groups?.["words"] ?? run.startError?.detail ?? "", [], 400),
    detail: redact(said.slice(-2_000)).trim(),
  });
}

function codeOf(run: Awaited<ReturnType<typeof runProcess>>): InstallFailure["code"] {
  if (run.startError) return "not-started";
  if (run.aborted) return "cancelled";
  return run.timedOut ? "timed-out" : "failed";
}

/** Resolves to whether nothing of it is left. */
export async function removeInstall(plan: InstallPlan): Promise<boolean> {
  const { env, folder, isNew, npm, packages } = plan;
  if (folder !== null && isNew) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    return true;
  }
  const where = folder === null ? ["--global"] : ["--prefix", folder];
  const names = packages.map((one) => one.slice(0, one.lastIndexOf("@")));
  const args = ["uninstall", ...where, "--no-fund", "--no-audit", ...names];
  const run = await runProcess(npm, args, { env, cwd: homedir(), timeoutMs: 5 * 60_000 });
  return run.code === 0;
}
