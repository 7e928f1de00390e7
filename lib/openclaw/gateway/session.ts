/** Starts a gateway that outlives this program, with an owner-only log and a note for later starts. */

import { spawn } from "node:child_process";
import { closeSync, lstatSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { openNewLog } from "@/lib/files/disk";
import { type Runner, startOf } from "@/lib/openclaw/command/run";
import { identify, isRunning, processIdentitySchema } from "@/lib/system/process-identity";
import { readText } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";

export interface OwnGateway {
  readonly process: z.infer<typeof processIdentitySchema>;
  readonly log: string;
}

const Note = z.object({ process: processIdentitySchema });

/** The time before a kill; 2026.9.6 took 9 s on a busy machine. */
const STOP_MS = 45_000;

/** Throws system errors. `environment` comes from a replaced gateway; by default a command's. */
export function startOwnGateway(
  runner: Runner,
  stateDir: string,
  home: string,
  environment: Readonly<Record<string, string>> | null = null,
): OwnGateway {
  // A permanent gateway follows the user's update settings.
  const autoUpdate = { OPENCLAW_NO_AUTO_UPDATE: runner.env["OPENCLAW_NO_AUTO_UPDATE"] };
  const start = startOf(runner, ["gateway", "run"], autoUpdate);
  const { folder, log, note } = filesIn(stateDir);
  if (isLink(path.dirname(folder))) throw new Error(`${path.dirname(folder)} is a link`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(log, { force: true });
  const out = openNewLog(log);
  try {
    const child = spawn(start.program, start.args, {
      cwd: home,
      env: (environment ?? start.env) as unknown as NodeJS.ProcessEnv,
      stdio: ["ignore", out, out],
      detached: true,
    });
    child.once("error", () => {});
    child.unref();
    if (child.pid === undefined) throw new Error(`${start.program} could not be started`);
    const process = identify(child.pid);
    writeFileSync(note, `${JSON.stringify({ process })}\n`, { mode: 0o600 });
    return { process, log };
  } finally {
    closeSync(out);
  }
}

export function ownGateway(stateDir: string): OwnGateway | null {
  const { log, note } = filesIn(stateDir);
  const parsed = Note.safeParse(parseJson(readText(note) ?? ""));
  return parsed.success && isRunning(parsed.data.process)
    ? { process: parsed.data.process, log }
    : null;
}

export function isAlive({ process: known }: OwnGateway): boolean {
  return lives(known);
}

/** Without /proc only the process id identifies it, which is safe for our own child. */
function lives(known: z.infer<typeof processIdentitySchema>): boolean {
  if (known.started !== null) return isRunning(known);
  try {
    return process.kill(known.pid, 0);
  } catch {
    return false;
  }
}

/** Ends it with its children, and deletes its log and note. Resolves to whether it ended. */
export async function stopOwnGateway(own: OwnGateway): Promise<boolean> {
  if (!(await endProcess(own.process, { group: true, limitMs: STOP_MS, byForce: true }))) {
    return false;
  }
  rmSync(path.dirname(own.log), { recursive: true, force: true });
  return true;
}

export interface EndOptions {
  /** It leads a process group, which ends with it. */
  readonly group: boolean;
  readonly limitMs: number;
  readonly byForce: boolean;
}

/** Ends exactly this process. Resolves to whether it ended. */
export async function endProcess(
  known: z.infer<typeof processIdentitySchema>,
  { group, limitMs, byForce }: EndOptions,
): Promise<boolean> {
  const signal = (name: NodeJS.Signals) => {
    if (!lives(known)) return;
    try {
      process.kill(group ? -known.pid : known.pid, name);
    } catch {
      // It has just ended or is not ours; the wait will tell.
    }
  };
  const until = async (ms: number) => {
    for (const end = Date.now() + ms; lives(known) && Date.now() < end; ) await wait(100);
    return !lives(known);
  };
  signal("SIGTERM");
  if (await until(limitMs)) return true;
  if (!byForce) return false;
  signal("SIGKILL");
  return until(5_000);
}

/** The environment of this user's process; null if unreadable. May hold secrets. */
export function environmentOf(pid: number): Readonly<Record<string, string>> | null {
  const text = readText(`/proc/${pid}/environ`);
  if (text === null || text === "") return null;
  const pairs = text.split("\0").flatMap((one) => {
    const at = one.indexOf("=");
    return at > 0 ? [[one.slice(0, at), one.slice(at + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

export function logOf({ log }: Pick<OwnGateway, "log">): string {
  return (readText(log) ?? "").slice(-LOG_CHARACTERS);
}

const LOG_CHARACTERS = 20_000;

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function filesIn(stateDir: string) {
  const folder = path.join(stateDir, ".openclaw-setup", "gateway");
  return { folder, log: path.join(folder, "gateway.log"), note: path.join(folder, "started.json") };
}
