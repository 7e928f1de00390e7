/**
 * Lets one process write at a time: the kernel refuses a rename over a non-empty folder `hold-<n>`.
 * Numbers only grow and the newest are kept, so a slow contender cannot reuse one.
 * Releasing is a rename as well, so it works on a full disk.
 */

import { randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { statOrNull } from "@/lib/files/disk";
import type { Place } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";
import { errnoOf } from "@/lib/system/errno";

import { identifySelf, isGone, processIdentitySchema } from "@/lib/system/process-identity";
import { readFound } from "@/lib/system/read.mjs";

export interface Lock {
  /** Returns false if another process took the lock over, believing this one dead. */
  isHeld(): boolean;
  release(): void;
}

const KEPT = 3;
const LAST_NUMBER = 999_999_999_999_999;
const ATTEMPTS = 5;
const HOLDER = "holder.json";
const LARGEST_MARK = 4096;
const RELEASED = "released";

function holdName(number: number): string {
  return `hold-${number}`;
}

function holdPath(directory: string, number: number): string {
  return join(directory, holdName(number));
}

function holdNumbers(directory: string): number[] {
  return readdirSync(directory)
    .map((name) => /^hold-(\d{1,15})$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

function livingHolder(hold: string, now: number): string | null {
  // Only a folder can be a lock of ours.
  if (!statOrNull(hold)?.isDirectory()) return null;
  const found = readFound(join(hold, HOLDER), { largest: LARGEST_MARK, links: "refuse" });
  if (found.kind === "absent") return null;
  const text = found.kind === "file" ? found.bytes.toString("utf8") : "";
  const age = found.kind === "file" ? now - found.stat.mtimeMs : Number.POSITIVE_INFINITY;
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // A power cut can tear the holder file; otherwise it appears complete.
  }
  const holder = processIdentitySchema.safeParse(json);
  if (!holder.success || isGone(holder.data, age)) return null;
  const pid = String(holder.data.pid);
  if (holder.data.host === identifySelf().host) return pid;
  return `${pid} of another machine; where that has ended, remove ${hold}`;
}

function tryOnce(directory: string): Lock | null {
  const prepared = join(directory, `next-${process.pid}-${randomBytes(6).toString("hex")}`);
  mkdirSync(prepared, { mode: 0o700 });
  chmodSync(prepared, 0o700);
  try {
    const mark = join(prepared, HOLDER);
    writeFileSync(mark, JSON.stringify(identifySelf()), { mode: 0o600, flag: "wx" });
    chmodSync(mark, 0o600);
    // Ages compare times of one file system, never clocks of two machines.
    const now = statSync(mark).mtimeMs;
    const highest = holdNumbers(directory).at(-1) ?? 0;
    if (highest > 0) {
      const holder = livingHolder(holdPath(directory, highest), now);
      if (holder !== null) throw new Refused("locked", directory, `held by process ${holder}`);
    }
    if (highest >= LAST_NUMBER)
      throw new Refused(
        "recovery-needed",
        holdPath(directory, highest),
        "the last number is taken",
      );
    const number = highest + 1;
    renameSync(prepared, join(directory, holdName(number)));
    if (holdNumbers(directory).at(-1) !== number) return null;
    clearOld(directory, number);
    return new HeldLock(directory, number);
  } finally {
    rmSync(prepared, { recursive: true, force: true });
  }
}

/** Only the holder removes older locks and what dead contenders left. */
function clearOld(directory: string, number: number): void {
  for (const name of readdirSync(directory)) {
    const old = /^hold-(\d{1,15})$/.exec(name)?.[1];
    const stale = old === undefined ? /^next-\d+-[0-9a-f]{12}$/.test(name) : +old <= number - KEPT;
    if (!stale) continue;
    try {
      rmSync(join(directory, name), { recursive: true, force: true });
    } catch {
      // A contender is using it; the next holder removes it.
    }
  }
}

class HeldLock implements Lock {
  readonly #directory: string;
  readonly #number: number;

  constructor(directory: string, number: number) {
    this.#directory = directory;
    this.#number = number;
  }

  isHeld(): boolean {
    return holdNumbers(this.#directory).at(-1) === this.#number;
  }

  release(): void {
    const hold = join(this.#directory, holdName(this.#number));
    try {
      renameSync(join(hold, HOLDER), join(hold, RELEASED));
    } catch {
      // The lock was taken over or the disk is gone, so the lock ends with this process.
    }
  }
}

/** Throws `Refused` (`locked`) at once, and replaces a dead holder. The private directory must exist. */
export function acquireLock(place: Place): Lock {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const lock = tryOnce(place.locks);
      if (lock !== null) return lock;
    } catch (error) {
      const errno = errnoOf(error);
      const lost = errno === "ENOTEMPTY" || errno === "EEXIST" || errno === "ENOENT";
      // Windows reports EPERM for a lost race too, so EPERM is retried before it is believed.
      if (!lost && (errno !== "EPERM" || attempt === ATTEMPTS - 1)) throw error;
    }
  }
  throw new Refused("locked", place.locks, "another process is writing");
}
