/** Who holds a lock: enough to tell, later and from another process, whether that one still lives. */

import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import * as z from "zod";
import { errnoOf } from "@/lib/system/errno";
import { readText } from "@/lib/system/read.mjs";

export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks between boot and the start of the process (proc_pid_stat(5), field 22). */
  started: z.string().nullable(),
  boot: z.string().nullable(),
  /** Process numbers mean something only inside one namespace, e.g. one container. */
  namespace: z.string().nullable(),
  host: z.string(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** A lock whose holder cannot be judged is given up on after this long; a write takes far less. */
export const DOUBTFUL_AFTER_MS = 10 * 60 * 1000;

function readOrNull(read: () => string): string | null {
  try {
    return read().trim();
  } catch {
    return null;
  }
}

/** State letter and start time of a process, or `null` without /proc or without that process. */
function processStat(pid: number): { state: string; started: string } | null {
  const line = readText(`/proc/${pid}/stat`)?.trim() ?? null;
  if (line === null) return null;
  // The program's name is in brackets and may itself contain brackets and blanks.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? null : { state, started };
}

/** Name and machine id together, as two machines on a network may well share a name. */
function host(): string {
  const id = readText("/etc/machine-id")?.trim() ?? "";
  return createHash("sha256")
    .update(`openclaw-setup ${hostname()} ${id}`)
    .digest("hex")
    .slice(0, 16);
}

let self: ProcessIdentity | null = null;

/** Asked for once: none of it changes while a process runs, its machine's name apart. */
export function identifySelf(): ProcessIdentity {
  self ??= identify(process.pid);
  return self;
}

/** Of a process of this machine, one that we have just started. */
export function identify(pid: number): ProcessIdentity {
  return {
    pid,
    started: processStat(pid)?.started ?? null,
    boot: readText("/proc/sys/kernel/random/boot_id")?.trim() ?? null,
    namespace: readOrNull(() => readlinkSync("/proc/self/ns/pid")),
    host: host(),
  };
}

/**
 * Whether the process that `holder` names is gone. `ageMs` is how long ago it left its mark; it
 * decides only where nothing better does (another container, or no /proc). Of another machine's
 * nothing can be known here: its clock may be wrong, and it may be at work.
 */
export function isGone(holder: ProcessIdentity, ageMs: number): boolean {
  const self = identifySelf();
  // A mark from the future is no better: a file that was synced or unpacked may bear any time.
  const old = Math.abs(ageMs) > DOUBTFUL_AFTER_MS;
  if (holder.host !== self.host) return false;
  if (holder.boot !== self.boot) return true;
  if (holder.namespace !== self.namespace) return old;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (errnoOf(error) === "ESRCH") return true;
  }
  const now = processStat(holder.pid);
  if (now === null || holder.started === null) return old;
  // A dead child that nobody has waited for still has its number; so has a later process.
  return now.state === "Z" || now.state === "X" || now.started !== holder.started;
}

/** Clock ticks a second as /proc counts them (USER_HZ). */
const TICKS = 100;

/** When a process of this machine started, in milliseconds since 1970; null without /proc or without it. */
export function startedAt(pid: number): number | null {
  const ticks = processStat(pid)?.started;
  const boot = /^btime (\d+)$/mu.exec(readText("/proc/stat") ?? "")?.[1];
  return ticks === undefined || boot === undefined
    ? null
    : Number(boot) * 1000 + (Number(ticks) / TICKS) * 1000;
}

/** Whether it is this very process that still runs: never a later one with its number, never a guess. */
export function isRunning(known: ProcessIdentity): boolean {
  const self = identifySelf();
  const now = processStat(known.pid);
  const here =
    known.host === self.host && known.boot === self.boot && known.namespace === self.namespace;
  if (!here || now === null || known.started === null) return false;
  return now.started === known.started && now.state !== "Z" && now.state !== "X";
}
