/**
 * Which program of this user listens on a port, so that a port in use can be told by name. Linux only:
 * elsewhere, and of programs of other users, nothing can be said, and the answer is null.
 */

import { readdir, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { portForm, TABLES } from "@/lib/system/peer-user";
import { readText } from "@/lib/system/read.mjs";

export interface PortHolder {
  readonly pid: number;
  /** As it calls itself (proc_pid_comm(5)), 15 bytes at most: a hint for a person, never a proof. */
  readonly name: string;
}

const LISTENING = "0A";

/** Never rejects. */
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

/** The users whose programs listen on a port, by their numbers. Never throws. */
export function listenerUsers(port: number): number[] {
  const rows = TABLES.flatMap((path) => listeningRows(readText(path) ?? "", port));
  return [...new Set(rows.map(({ user }) => user))];
}

/** `table`: rows as in proc(5), `/proc/net/tcp`: number, local address, remote address, state, … inode. */
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

/** Newest first: what was started last is the likelier one. */
async function ownProcesses(): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  return names
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}

/** The kernel shows the open files of this user's programs only. */
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
  // From 24 on Node.js names its threads, this one too, unless the program has named itself.
  if (called.trim() !== "MainThread") return called;
  const file = await readlink(`/proc/${pid}/exe`).catch(() => called);
  return basename(file.replace(/ \(deleted\)$/u, ""));
}

/** For a terminal as well as a page: no control characters, none that turn the direction of writing. */
function printable(name: string): string {
  return name.trim().replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
