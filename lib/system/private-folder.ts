/** Owner-only temporary folders that are deleted after use, or swept after a crash. */

import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { errnoOf } from "@/lib/system/errno";

const NAME = "openclaw-setup-check-";

export async function withPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await sweepPrivateFolders();
  const folder = await mkdtemp(path.join(tmpdir(), `${NAME}${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    // A process that just ended may still be closing its database.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export async function sweepPrivateFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(NAME))) {
    const pid = Number(name.slice(NAME.length).split("-")[0]);
    if (isAlive(pid)) continue;
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
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
