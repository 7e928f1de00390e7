/** What a running program has in memory right now. */

import { readFileSync } from "node:fs";

export interface RunningProgram {
  readonly pid: number;
}

export interface Memory {
  /** Resident, pages shared with other programs counted in full. MB. */
  readonly rss: number;
  /** The same with shared pages divided among those who share them. MB. */
  readonly pss: number;
}

/** Null where the system has no /proc. */
export function memoryOf({ pid }: RunningProgram): Memory | null {
  try {
    const rss = kilobytes(readFileSync(`/proc/${pid}/status`, "utf8"), "VmRSS");
    const pss = kilobytes(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"), "Pss");
    return { rss: rss / 1024, pss: pss / 1024 };
  } catch {
    return null;
  }
}

function kilobytes(text: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+(\\d+) kB$`, "mu").exec(text)?.[1];
  if (value === undefined) throw new Error(`no ${name}`);
  return Number(value);
}
