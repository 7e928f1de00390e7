/** What the tests of this folder share: temporary folders, the worker process, a view of the disk. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Order } from "@/lib/files/testing/worker";
import type {
  AppliedTransaction,
  FileChange,
  WriteRefusal,
  WriteRefusalCode,
} from "@/lib/files/types";
import type { Result } from "@/lib/result";

export function makeTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "files-test-"));
}

export function change(
  path: string,
  before: string | null,
  after: string | null,
  mode = 0o600,
): FileChange {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
  return { path, before: bytes(before), after: bytes(after), mode };
}

/** The code of a refusal; `"ok"` otherwise. */
export function codeOf(result: Result<unknown, WriteRefusal>): WriteRefusalCode | "ok" {
  return result.ok ? "ok" : result.error.code;
}

export function unwrap<T>(result: Result<T, WriteRefusal>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

/** Everything below a folder as `name -> "mode content"`; our private folder is left out. */
export function tree(folder: string): Record<string, string> {
  const entries: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      if (path === folder && name === ".openclaw-setup") continue;
      const child = join(path, name);
      const stat = lstatSync(child);
      const mode = (stat.mode & 0o7777).toString(8);
      let content = "special";
      if (stat.isFile()) content = readFileSync(child, "latin1");
      if (stat.isDirectory()) content = "folder";
      if (stat.isSymbolicLink()) content = `-> ${readlinkSync(child)}`;
      entries[relative(folder, child)] = `${mode} ${content}`;
      if (stat.isDirectory()) visit(child);
    }
  };
  visit(folder);
  return entries;
}

export interface Worker {
  /** A folder that every user can read, with the program in it. */
  readonly folder: string;
  readonly program: string;
  remove(): void;
}

export async function buildWorker(): Promise<Worker> {
  const folder = makeTemporaryFolder();
  chmodSync(folder, 0o755);
  const program = join(folder, "worker.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return { folder, program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Leaves a step as a process leaves it that was killed in the middle; its label is given. */
export async function cutOffStep(root: string, label: string): Promise<void> {
  const program = await buildWorker();
  const child = startWorker(program, { do: "step", root, label });
  const finished = ended(child);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  child.kill("SIGKILL");
  const { output, errors } = await finished;
  program.remove();
  if (!output.includes('"ok":true')) throw new Error(output + errors);
}

export interface RunOptions {
  readonly uid?: number;
  /** A program and its arguments that runs the worker, e.g. a tracer. */
  readonly under?: readonly string[];
}

export interface Finished {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

export function startWorker(worker: Worker, order: Order, options: RunOptions = {}): ChildProcess {
  const line = [...(options.under ?? []), process.execPath, worker.program, JSON.stringify(order)];
  const ids = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  return spawn(line[0] ?? "", line.slice(1), { stdio: ["pipe", "pipe", "pipe"], cwd: "/", ...ids });
}

export function ended(child: ChildProcess): Promise<Finished> {
  let output = "";
  let errors = "";
  child.stdout?.on("data", (part) => {
    output += part;
  });
  child.stderr?.on("data", (part) => {
    errors += part;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_, signal) => resolve({ signal, output, errors }));
  });
}

/** Runs one order to its end and reads its result. */
export async function runWorker(
  worker: Worker,
  order: Order,
  options: RunOptions = {},
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  const { output, errors } = await ended(startWorker(worker, order, options));
  const line = output.trim().split("\n").at(-1);
  if (!line) throw new Error(`the worker printed nothing: ${errors}`);
  return JSON.parse(line) as Result<AppliedTransaction, WriteRefusal>;
}

/** Whether a command works here, e.g. because of missing rights or a missing program. */
export function works(program: string, ...arguments_: string[]): boolean {
  try {
    execFileSync(program, arguments_, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export function run(program: string, ...arguments_: string[]): string {
  return execFileSync(program, arguments_, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

export const isRoot = process.geteuid?.() === 0;
