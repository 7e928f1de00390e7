/** Identifies a lock holder, so that another process can later tell whether it lives. */

import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import * as z from "zod";
import { errnoOf } from "@/lib/system/errno";
import { readText } from "@/lib/system/read.mjs";

export const processIdentitySchema = z.object({
  pid: z.number().int().positive(),
  /** Clock ticks from boot to the start of the process (proc_pid_stat(5), field 22). */
  started: z.string().nullable(),
  boot: z.string().nullable(),
  /** Process ids are unique only within one namespace, for example one container. */
  namespace: z.string().nullable(),
  host: z.string(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

/** A lock whose holder cannot be checked expires after this time; a write takes far less. */
export const DOUBTFUL_AFTER_MS = 10 * 60 * 1000;

function readOrNull(read: () => string): string | null {
  try {
    return read().trim();
  } catch {
    return null;
  }
}

function processStat(pid: number): { state: string; started: string } | null {
  const line = readText(`/proc/${pid}/stat`)?.trim() ?? null;
  if (line === null) return null;
  // The program's name is in brackets and may contain brackets and blanks.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? null : { state, started };
}

/** Combines the name with the machine id, because two machines may share a name. */
function host(): string {
  const id = readText("/etc/machine-id")?.trim() ?? "";
  return createHash("sha256")
    .update(`openclaw-setup ${hostname()} ${id}`)
    .digest("hex")
    .slice(0, 16);
}

let self: ProcessIdentity | null = null;

/** Cached, since only the host's name can change while a process runs. */
export function identifySelf(): ProcessIdentity {
  self ??= identify(process.pid);
  return self;
}

export function identify(pid: number): ProcessIdentity {
  return {
    pid,
    started: processStat(pid)?.started ?? null,
    boot: readText("/proc/sys/kernel/random/boot_id")?.trim() ?? null,
    namespace: readOrNull(() => readlinkSync("/proc/self/ns/pid")),
    host: host(),
  };
}

/** False for another machine. `ageMs`, its mark's age, decides for another container or without /proc. */
export function isGone(holder: ProcessIdentity, ageMs: number): boolean {
  const self = identifySelf();
  // A mark from the future is no more credible, since synced files carry any time.
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
  // A zombie keeps its id, and a later process may reuse it.
  return now.state === "Z" || now.state === "X" || now.started !== holder.started;
}

/** Clock ticks per second in /proc (USER_HZ). */
const TICKS = 100;

export function startedAt(pid: number): number | null {
  const ticks = processStat(pid)?.started;
  const boot = /^btime (\d+)$/mu.exec(readText("/proc/stat") ?? "")?.[1];
  return ticks === undefined || boot === undefined
    ? null
    : Number(boot) * 1000 + (Number(ticks) / TICKS) * 1000;
}

export function isRunning(known: ProcessIdentity): boolean {
  const self = identifySelf();
  const now = processStat(known.pid);
  const here =
    known.host === self.host && known.boot === self.boot && known.namespace === self.namespace;
  if (!here || now === null || known.started === null) return false;
  return now.started === known.started && now.state !== "Z" && now.state !== "X";
}
