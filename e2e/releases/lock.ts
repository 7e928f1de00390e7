/** A lock between processes, held as a folder with the holder's process id. */
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Runs `work` while holding `folder`; waits up to `limitMs` for another holder, takes over from a dead one. */
export async function withLock<T>(
  folder: string,
  limitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(folder), { recursive: true });
  const deadline = Date.now() + limitMs;
  while (!(await take(folder))) {
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
    else if (Date.now() > deadline) throw new Error(`another process holds ${folder}`);
    else await wait(250);
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch {
    return false;
  }
  await writeFile(path.join(folder, "pid"), String(process.pid));
  return true;
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(path.join(folder, "pid"), "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ESRCH") return true;
    // Without a pid file: the holder is just writing it, or died before it could.
    if (code !== "ENOENT") return false;
    const age = await stat(folder).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    return age > 10_000;
  }
}
