/** Runs a planned installation with progress, and removes it again. */

import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import type { InstallPlan } from "@/lib/openclaw/install/plan";
import { err, ok, type Result } from "@/lib/result";
import { redactEnd, redactWords } from "@/lib/secrets/redact";
import { type ProcessResult, runProcess } from "@/lib/system/run-process";

export interface InstallFailure {
  readonly code: "not-started" | "timed-out" | "cancelled" | "failed";
  /** npm's line that states the cause; may be "". */
  readonly sentence: string;
  readonly detail: string;
}

/** Enough for 640 MB on a slow line. */
const LIMIT_MS = 45 * 60_000;

export interface InstallWatch {
  readonly onLine: (line: string) => void;
  readonly onPackage: (name: string) => void;
}

/** Plans whose folder this program itself made, since another one may make it after the plan. */
const made = new WeakSet<InstallPlan>();

function makeFolder(plan: InstallPlan, folder: string): InstallFailure | null {
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) made.add(plan);
    return null;
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return { code: "not-started", sentence, detail: "" };
  }
}

/** The caller removes what a failed run leaves. */
export async function runInstall(
  plan: InstallPlan,
  signal: AbortSignal,
  { onLine, onPackage }: InstallWatch,
): Promise<Result<null, InstallFailure>> {
  const { env, folder, npm, runs } = plan;
  const obstacle = folder === null ? null : makeFolder(plan, folder);
  if (obstacle !== null) return err(obstacle);
  const onOutput = (text: string) => {
    const line = text.split("\n").findLast((one) => one.trim() !== "");
    if (line) onLine(redactWords(line.trim(), [], 160));
  };
  for (const args of runs) {
    onPackage(args.at(-1) ?? "");
    const cwd = folder ?? homedir();
    const run = await runProcess(npm, args, { env, cwd, timeoutMs: LIMIT_MS, signal, onOutput });
    const isWell = run.code === 0 && !run.timedOut && !run.aborted && !run.startError;
    if (!isWell) return err(failureOf(run));
  }
  return ok(null);
}

function failureOf(run: ProcessResult): InstallFailure {
  const said = `${run.stderr}\n${run.stdout}`;
  // Prefers a package script's explanation to npm's codes and paths.
  const lines = [...said.matchAll(/^npm (?:error|ERR!) (?<words>.+)$/gmu)].map(
    ({ groups }) => groups?.["words"] ?? "",
  );
  const line = lines.find(
    (one) => !/^(?:code|errno|syscall|path|command|network request) /u.test(one),
  );
  return {
    code: codeOf(run),
    sentence: redactWords(line ?? run.startError?.detail ?? "", [], 400),
    detail: redactEnd(said.trim(), [], 2_000),
  };
}

function codeOf(run: ProcessResult): InstallFailure["code"] {
  if (run.startError) return "not-started";
  if (run.aborted) return "cancelled";
  return run.timedOut ? "timed-out" : "failed";
}

/** Resolves to whether nothing is left or, after an update, the earlier release is back. */
export async function removeInstall(plan: InstallPlan): Promise<boolean> {
  const { before, env, folder, npm, packages } = plan;
  if (before !== null) {
    const back = plan.runs
      .at(-1)
      ?.map((arg) => (arg.startsWith("openclaw@") ? `openclaw@${before}` : arg));
    const run = await runProcess(npm, back ?? [], { env, cwd: homedir(), timeoutMs: LIMIT_MS });
    return run.code === 0;
  }
  if (folder !== null && made.has(plan)) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    return true;
  }
  const where = folder === null ? ["--global"] : ["--prefix", folder];
  const names = packages.map((one) => one.slice(0, one.lastIndexOf("@")));
  const args = ["uninstall", ...where, "--no-fund", "--no-audit", ...names];
  const run = await runProcess(npm, args, { env, cwd: homedir(), timeoutMs: 5 * 60_000 });
  return run.code === 0;
}
