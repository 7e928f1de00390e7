/** Describes the processes of this machine's gateways: owner, service, container and open files. Linux only. */

import { readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { environmentOf } from "@/lib/openclaw/gateway/environment-of";
import { locateState } from "@/lib/openclaw/places/locate";
import { listenerUsers, portHolder } from "@/lib/system/port-holder";
import { startedAt } from "@/lib/system/process-identity";
import { readText } from "@/lib/system/read.mjs";

export interface GatewayProcess {
  /** Null if another user's process cannot be identified. */
  readonly pid: number | null;
  readonly user: number;
  readonly isOwn: boolean;
  /** Its systemd unit, such as `openclaw-gateway.service`. */
  readonly unit: string | null;
  /** In a Docker, Podman or Kubernetes container, seen from outside. */
  readonly inContainer: boolean;
  /** Its name or command line is OpenClaw's; null if unknown. */
  readonly isOpenClaw: boolean | null;
  /** It works on this state directory, told by its open databases or its environment; null if unknown. */
  readonly isOfTheseFiles: boolean | null;
  readonly startedAt: number | null;
}

/** The listener at a gateway's port; null if the system does not tell. Never rejects. */
export async function gatewayProcess(
  port: number,
  stateDir: string,
): Promise<GatewayProcess | null> {
  const holder = await portHolder(port);
  if (holder) return aboutProcess(holder.pid, stateDir);
  const [user] = listenerUsers(port);
  if (user === undefined) return null;
  const unknown = { unit: null, inContainer: false, isOpenClaw: null, startedAt: null };
  return { pid: null, user, isOwn: user === process.getuid?.(), isOfTheseFiles: null, ...unknown };
}

/** Gateway processes of all users except one, by name (2026.2.9 to 2026.9.6). Never throws. */
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
    // Within the same container, it is an ordinary process.
    inContainer: isContainer(group) && !isContainer(readText("/proc/self/cgroup") ?? ""),
    isOpenClaw: isOpenClaw(pid),
    isOfTheseFiles: hasOpen(pid, stateDir) ?? isStartedFor(pid, stateDir),
    startedAt: startedAt(pid),
  };
}

/** Null where the system hides both. A gateway names itself (2026.2.9 to 2026.9.6); one that starts has its arguments. */
function isOpenClaw(pid: number): boolean | null {
  const called = readText(`/proc/${pid}/comm`) ?? "";
  const given = (readText(`/proc/${pid}/cmdline`) ?? "").split("\0");
  if (called === "" && given.length <= 1) return null;
  return (
    called.startsWith("openclaw") || given.some((one) => /\bopenclaw\b/u.test(path.basename(one)))
  );
}

function isContainer(group: string): boolean {
  return /\b(?:docker|libpod|kubepods|containerd|lxc)\b/u.test(group);
}

function hasOpen(pid: number, stateDir: string): boolean | null {
  const folder = `/proc/${pid}/fd`;
  const open = listOr(() => readdirSync(folder));
  if (open.length === 0) return null;
  const real = realOf(stateDir);
  const databases = open
    .flatMap((fd) => listOr(() => [readlinkSync(path.join(folder, fd))]))
    .filter((target) => /\.sqlite(?:-wal|-shm)?$/u.test(target));
  // 2026.2.9 keeps no database open, so this proves nothing.
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

/** By the variables it was started with, which its profile does not show in. Null where they cannot decide. */
function isStartedFor(pid: number, stateDir: string): false | null {
  if (!isInSameFileSystem(pid)) return null;
  const env = environmentOf(pid);
  if (env === null) return null;
  const own = realOf(stateDir);
  const places = [null, OLDEST].flatMap((release) => {
    const found = locateState(env, { platform: process.platform, homedir: homedir(), release });
    return found.ok ? [found.value] : [];
  });
  const isPossible = places.some(
    // A profile's directory lies in the home.
    (place) => realOf(place.stateDir) === own || realOf(place.homeDir) === path.dirname(own),
  );
  return places.length === 0 || isPossible ? null : false;
}

/** Its rules find older directories too. */
const OLDEST = "2026.2.9";

/** In another mount namespace the same path may be another folder. */
function isInSameFileSystem(pid: number): boolean {
  const [own] = listOr(() => [readlinkSync("/proc/self/ns/mnt")]);
  const [other] = listOr(() => [readlinkSync(`/proc/${pid}/ns/mnt`)]);
  return own !== undefined && own === other;
}

function realOf(folder: string): string {
  const [real = path.resolve(folder)] = listOr(() => [realpathSync(folder)]);
  return real;
}
