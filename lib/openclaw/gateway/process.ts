/**
 * The process behind a gateway that runs, and every other one of this machine: whose it is, which service keeps it,
 * whether it lives in a container, whether it has our files open. Linux only: elsewhere nothing is said.
 */

import { readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { listenerUsers, portHolder } from "@/lib/system/port-holder";
import { startedAt } from "@/lib/system/process-identity";
import { readText } from "@/lib/system/read.mjs";

export interface GatewayProcess {
  /** Null where it is another user's, and the kernel does not say which it is. */
  readonly pid: number | null;
  readonly user: number;
  /** It is of the user that this program runs as. */
  readonly isOwn: boolean;
  /** The service of systemd that keeps it, as `openclaw-gateway.service`; null: none. */
  readonly unit: string | null;
  /** In a container of Docker, Podman or Kubernetes, seen from outside. */
  readonly inContainer: boolean;
  /** A database below this state directory is open in it; null where that cannot be seen. */
  readonly hasOpen: boolean | null;
  /** In milliseconds since 1970; null where it is not known. */
  readonly startedAt: number | null;
}

/** Who listens at a gateway's port; null where the system does not say. Never rejects. */
export async function gatewayProcess(
  port: number,
  stateDir: string,
): Promise<GatewayProcess | null> {
  const holder = await portHolder(port);
  if (holder) return aboutProcess(holder.pid, stateDir);
  const [user] = listenerUsers(port);
  if (user === undefined) return null;
  const unknown = { unit: null, inContainer: false, hasOpen: null, startedAt: null };
  return { pid: null, user, isOwn: user === process.getuid?.(), ...unknown };
}

/** Processes that call themselves a gateway (2026.2.9 to 2026.9.6), but for one; of all users. Never throws. */
export function otherGateways(except: number | null, stateDir: string): readonly GatewayProcess[] {
  const numbers = listOr(() => readdirSync("/proc")).filter((name) => /^\d+$/u.test(name));
  return numbers
    .map(Number)
    .filter((pid) => pid !== except && isGateway(readText(`/proc/${pid}/comm`) ?? ""))
    .flatMap((pid) => aboutProcess(pid, stateDir) ?? []);
}

/** The kernel keeps 15 bytes of `openclaw-gateway`. */
function isGateway(comm: string): boolean {
  return comm.trim() === "openclaw-gatewa";
}

function aboutProcess(pid: number, stateDir: string): GatewayProcess | null {
  const [user] = listOr(() => [statSync(`/proc/${pid}`).uid]);
  if (user === undefined) return null;
  const group = readText(`/proc/${pid}/cgroup`) ?? "";
  return {
    pid,
    user,
    isOwn: user === process.getuid?.(),
    unit:
      /\/([\w@.\\-]*(?:openclaw|clawdbot)[\w@.\\-]*\.service)(?:\/|$)/mu.exec(group)?.[1] ?? null,
    // Seen from within the same one it is a process like any other.
    inContainer: isContainer(group) && !isContainer(readText("/proc/self/cgroup") ?? ""),
    hasOpen: hasOpen(pid, stateDir),
    startedAt: startedAt(pid),
  };
}

function isContainer(group: string): boolean {
  return /\b(?:docker|libpod|kubepods|containerd|lxc)\b/u.test(group);
}

function hasOpen(pid: number, stateDir: string): boolean | null {
  const folder = `/proc/${pid}/fd`;
  const open = listOr(() => readdirSync(folder));
  if (open.length === 0) return null;
  const [real = stateDir] = listOr(() => [realpathSync(stateDir)]);
  const databases = open
    .flatMap((fd) => listOr(() => [readlinkSync(path.join(folder, fd))]))
    .filter((target) => /\.sqlite(?:-wal|-shm)?$/u.test(target));
  // 2026.2.9 has none open: then nothing is known.
  if (databases.some((target) => target.startsWith(`${real}${path.sep}`))) return true;
  return databases.some((target) => /\/state\/openclaw\.sqlite/u.test(target)) ? false : null;
}

function listOr<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}
