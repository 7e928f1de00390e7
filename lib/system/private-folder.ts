/** A folder for one question to OpenClaw: owner-only, gone afterwards, and swept where this program was killed before that. */

import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { errnoOf } from "@/lib/system/errno";

const NAME = "openclaw-setup-check-";

/** Gives an empty folder to `work` and removes it with all that is in it. */
export async function withPrivateFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await sweepPrivateFolders();
  const folder = await mkdtemp(path.join(tmpdir(), `${NAME}${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    // A process that was just ended may still be closing its database.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Removes what programs left that were ended before they could remove it themselves. */
export async function sweepPrivateFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(NAME))) {
    const pid = Number(name.slice(NAME.length).split("-")[0]);
    if (isAlive(pid)) continue;
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A subfolder for its owner alone. */
export async function privateDirectory(...parts: readonly string[]): Promise<string> {
  const folder = path.join(...parts);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // One that may not be signalled lives, and belongs to somebody else.
    return errnoOf(error) !== "ESRCH";
  }
}
