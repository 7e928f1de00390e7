/** Owner-only temporary folders that are deleted after use, or swept after a crash. */

import { lstat, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { errnoOf } from "@/lib/system/errno";
import { identifySelf } from "@/lib/system/process-identity";

const NAME = "openclaw-setup-check-";
/** The process, the namespace of its number, and what makes the name unique. */
const REST = /^(?<pid>\d{1,10})-(?:(?<space>\d{1,20})-)?\w{6}$/u;

/** Gives `work` a folder of its own, and removes it afterwards. */
export async function withPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await sweepPrivateFolders();
  const folder = await makePrivateFolder();
  try {
    return await work(folder);
  } finally {
    await removePrivateFolder(folder);
  }
}

/** The caller removes it. */
export function makePrivateFolder(base: string = tmpdir()): Promise<string> {
  return mkdtemp(path.join(base, `${NAME}${process.pid}-${space()}-`));
}

/**
 * An empty folder to run a program in. A version manager looks for its settings in every folder above,
 * where others may write one into /tmp; so it lies in the user's own runtime folder, if there is one.
 */
export async function makeWorkingFolder(): Promise<string> {
  const runtime = await runtimeFolder();
  // It may be read-only or full, such as in a container.
  const made = runtime && (await makePrivateFolder(runtime).catch(() => null));
  return made ?? makePrivateFolder();
}

/** By the XDG Base Directory Specification, open to its owner alone. */
async function runtimeFolder(): Promise<string | null> {
  const named = process.env["XDG_RUNTIME_DIR"];
  const about = named && path.isAbsolute(named) ? await lstat(named).catch(() => null) : null;
  if (!named || !about?.isDirectory() || about.uid !== process.geteuid?.()) return null;
  return (about.mode & 0o077) === 0 ? named : null;
}

export async function removePrivateFolder(folder: string): Promise<void> {
  // A process that just ended may still be closing its database.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function space(): string {
  return /\d+/u.exec(identifySelf().namespace ?? "")?.[0] ?? "0";
}

/** Removes the folders of processes that have ended. */
export async function sweepPrivateFolders(): Promise<void> {
  const runtime = await runtimeFolder();
  for (const base of [tmpdir(), ...(runtime === null ? [] : [runtime])]) await sweep(base);
}

async function sweep(base: string): Promise<void> {
  const names = await readdir(base).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(NAME))) {
    const { pid, space: of = space() } = REST.exec(name.slice(NAME.length))?.groups ?? {};
    // In another container that shares this folder, the number means another process.
    if (pid === undefined || of !== space() || isAlive(Number(pid))) continue;
    const folder = path.join(base, name);
    if (!(await isOwn(folder))) continue;
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Anybody may make such a name there, and could exchange what it holds for links while it is deleted. */
async function isOwn(folder: string): Promise<boolean> {
  const about = await lstat(folder).catch(() => null);
  const me = process.geteuid?.();
  return about?.isDirectory() === true && (me === undefined || about.uid === me);
}

export async function privateDirectory(...parts: readonly string[]): Promise<string> {
  const folder = path.join(...parts);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process that we may not signal is alive and belongs to another user.
    return errnoOf(error) !== "ESRCH";
  }
}
