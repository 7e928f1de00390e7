/** Names this user's program that listens on a port; null on anything but Linux. */

import { readdir, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { portForm, TABLES } from "@/lib/system/peer-user";
import { readText } from "@/lib/system/read.mjs";

export interface PortHolder {
  readonly pid: number;
  /** The program's own name (proc_pid_comm(5)), at most 15 bytes; it is a hint and no proof. */
  readonly name: string;
}

const LISTENING = "0A";

/** Null if the port is free, or its process is another user's. */
export async function portHolder(port: number): Promise<PortHolder | null> {
  const tables = TABLES.map((path) => readText(path) ?? "");
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return null;
  for (const pid of await ownProcesses()) {
    if (!(await holdsOneOf(pid, inodes))) continue;
    const name = await nameOf(pid);
    return name ? { pid, name: printable(name) } : null;
  }
  return null;
}

export function listenerUsers(port: number): number[] {
  const rows = TABLES.flatMap((path) => listeningRows(readText(path) ?? "", port));
  return [...new Set(rows.map(({ user }) => user))];
}

/** `table` holds rows of `/proc/net/tcp` (proc(5)): number, local address, remote address, state, … inode. */
export function listeningInodes(table: string, port: number): string[] {
  return listeningRows(table, port).map(({ inode }) => inode);
}

function listeningRows(table: string, port: number) {
  const ending = portForm(port);
  return table.split("\n").flatMap((row) => {
    const [, local, , state, , , , user, , inode] = row.trim().split(/\s+/u);
    const isOne = state === LISTENING && local?.endsWith(ending) && inode;
    return isOne ? [{ inode, user: Number(user) }] : [];
  });
}

/** Newest first, because recent processes are likelier holders. */
async function ownProcesses(): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  return names
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}

/** The kernel shows only open files of this user's programs. */
async function holdsOneOf(pid: number, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const files = await readdir(folder).catch(() => []);
  for (const file of files) {
    const target = await readlink(`${folder}/${file}`).catch(() => "");
    const inode = /^socket:\[(\d+)\]$/u.exec(target)?.[1];
    if (inode && inodes.has(inode)) return true;
  }
  return false;
}

async function nameOf(pid: number): Promise<string> {
  const called = readText(`/proc/${pid}/comm`) ?? "";
  // Since version 24, Node.js names its main thread "MainThread".
  if (called.trim() !== "MainThread") return called;
  const file = await readlink(`/proc/${pid}/exe`).catch(() => called);
  return basename(file.replace(/ \(deleted\)$/u, ""));
}

/** Removes control and direction characters, which could mislead in a terminal. */
function printable(name: string): string {
  return name.trim().replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
