/** Finds processes with an OpenClaw database open, which then cannot be copied or restored. */

import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

export function usersOf(root: string): number[] {
  const [real = root] = listOr(() => [realpathSync(root)]);
  const numbers = listOr(() => readdirSync("/proc")).filter((name) => /^\d+$/u.test(name));
  return numbers.map(Number).filter((pid) => {
    const open = listOr(() => readdirSync(`/proc/${pid}/fd`));
    return open.some((fd) => {
      const [target = ""] = listOr(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]);
      return target.startsWith(`${real}/`) && /\.sqlite(?:-wal|-shm)?$/u.test(target);
    });
  });
}

/** Waits briefly for processes that are just ending. */
export async function isLetGo(root: string): Promise<boolean> {
  for (let tries = 0; usersOf(root).length > 0; tries++) {
    if (tries === 60) return false;
    await setTimeout(50);
  }
  return true;
}

function listOr(read: () => string[]): string[] {
  try {
    return read();
  } catch {
    return [];
  }
}
