/**
 * One writer at a time, across processes.
 *
 * Each holder adds a numbered folder `hold-<n>` that already contains its identity, by renaming a
 * prepared folder into place: the kernel refuses to rename over a folder that is not empty, so exactly
 * one of several contenders gets a number. Numbers only grow and the newest few are kept, so a
 * contender that was held up between looking and renaming cannot take a number anew. Releasing is a
 * rename too, and so works on a full disk.
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
  /** False when another process took the lock over, e.g. because this one was thought dead. */
  isHeld(): boolean;
  release(): void;
}

const KEPT = 3;
const LAST_NUMBER = 999_999_999_999_999;
const ATTEMPTS = 5;
const HOLDER = "holder.json";
/** In bytes. */
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

/** The holder's process number when `hold` still keeps others out, else `null`. */
function livingHolder(hold: string, now: number): string | null {
  // Whatever else has its name, no holder made it.
  if (!statOrNull(hold)?.isDirectory()) return null;
  const found = readFound(join(hold, HOLDER), { largest: LARGEST_MARK, links: "refuse" });
  // Released, or cleared away because a newer one exists.
  if (found.kind === "absent") return null;
  const text = found.kind === "file" ? found.bytes.toString("utf8") : "";
  const age = found.kind === "file" ? now - found.stat.mtimeMs : Number.POSITIVE_INFINITY;
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // A holder file is complete before it can be seen; a torn one is left over from a power cut.
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
  // Whatever the umask took away.
  chmodSync(prepared, 0o700);
  try {
    const mark = join(prepared, HOLDER);
    writeFileSync(mark, JSON.stringify(identifySelf()), { mode: 0o600, flag: "wx" });
    chmodSync(mark, 0o600);
    // Ages are differences of the file system's own times, never of two machines' clocks.
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

/** Only the holder clears: older numbers, and what contenders that died left behind. */
function clearOld(directory: string, number: number): void {
  for (const name of readdirSync(directory)) {
    const old = /^hold-(\d{1,15})$/.exec(name)?.[1];
    const stale = old === undefined ? /^next-\d+-[0-9a-f]{12}$/.test(name) : +old <= number - KEPT;
    if (!stale) continue;
    try {
      rmSync(join(directory, name), { recursive: true, force: true });
    } catch {
      // A contender is at work in it; the next holder clears it.
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
      // Taken over, or the disk went away: the lock then ends with this process.
    }
  }
}

/**
 * Takes the lock or throws `Refused` with `locked` at once; a holder that is dead is replaced.
 * The private directory must exist.
 */
export function acquireLock(place: Place): Lock {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const lock = tryOnce(place.locks);
      if (lock !== null) return lock;
    } catch (error) {
      // Another contender was quicker, or cleared what this one had prepared.
      const errno = errnoOf(error);
      const lost = errno === "ENOTEMPTY" || errno === "EEXIST" || errno === "ENOENT";
      // Windows says EPERM for it, which elsewhere, or again and again, means what it says.
      if (!lost && (errno !== "EPERM" || attempt === ATTEMPTS - 1)) throw error;
    }
  }
  throw new Refused("locked", place.locks, "another process is writing");
}
