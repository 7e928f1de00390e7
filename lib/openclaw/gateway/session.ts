/** Starts a gateway that outlives this program, with an owner-only log and a note for later starts. */

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { openNewLog, removeIfEmpty, removeIfPresent } from "@/lib/files/disk";
import { ensureGatewayFolder, hasPrivateDirectory, type Place, placeAt } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";
import { openSeal, seal } from "@/lib/files/transaction/seal";
import { type Runner, startOf } from "@/lib/openclaw/command/run";
import { identify, isRunning, processIdentitySchema } from "@/lib/system/process-identity";
import { readText } from "@/lib/system/read.mjs";

export interface OwnGateway {
  readonly process: z.infer<typeof processIdentitySchema>;
  readonly stateDir: string;
  readonly log: string;
}

/** Sealed, because the process that it names is later ended. */
const Note = z.object({ process: processIdentitySchema, root: z.string() });

/** The time before a kill; 2026.9.6 took 9 s on a busy machine. */
const STOP_MS = 45_000;

/** Throws for a folder that it cannot trust, and system errors. `environment` comes from a replaced gateway; by default a command's. */
export function startOwnGateway(
  runner: Runner,
  stateDir: string,
  home: string,
  environment: Readonly<Record<string, string>> | null = null,
): OwnGateway {
  // A permanent gateway follows the user's update settings.
  const autoUpdate = { OPENCLAW_NO_AUTO_UPDATE: runner.env["OPENCLAW_NO_AUTO_UPDATE"] };
  const start = startOf(runner, ["gateway", "run"], autoUpdate);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const place = placeAt(stateDir);
  const { log, note } = filesIn(ownFolder(place));
  // What is found there may be a link, so neither file is written over.
  for (const file of [log, note]) removeIfPresent(file);
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
    writeFileSync(note, seal({ process, root: place.root }), { flag: "wx", mode: 0o600 });
    return { process, stateDir, log };
  } finally {
    closeSync(out);
  }
}

function ownFolder(place: Place): string {
  try {
    return ensureGatewayFolder(place);
  } catch (error) {
    if (error instanceof Refused) throw new Error(`${error.refusal.path}: ${error.message}`);
    throw error;
  }
}

/** Null for a note of another state directory, or one that this user's program did not write. */
export function ownGateway(stateDir: string): OwnGateway | null {
  const place = placeOf(stateDir);
  if (place === null) return null;
  const { log, note } = filesIn(place.gateway);
  const { data } = Note.safeParse(openSeal(readText(note, { links: "refuse" }) ?? ""));
  return data?.root === place.root && isRunning(data.process)
    ? { process: data.process, stateDir, log }
    : null;
}

/** Null where the folders cannot be trusted. */
function placeOf(stateDir: string): Place | null {
  try {
    const place = placeAt(stateDir);
    return hasPrivateDirectory(place) ? place : null;
  } catch {
    return null;
  }
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
  const place = placeOf(own.stateDir);
  if (place === null) return true;
  for (const file of Object.values(filesIn(place.gateway))) removeIfPresent(file);
  removeIfEmpty(place.gateway);
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

export function logOf({ log }: Pick<OwnGateway, "log">): string {
  return (readText(log) ?? "").slice(-LOG_CHARACTERS);
}

const LOG_CHARACTERS = 20_000;

function filesIn(folder: string) {
  return { log: path.join(folder, "gateway.log"), note: path.join(folder, "started.json") };
}
