/** Homes with a state directory as nobody has made it: random records, links and odd files, of others. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isThere } from "@/lib/files/disk";
import { ownId, ownNumber } from "@/lib/files/transaction/seal";

/** mulberry32: the same numbers for the same seed, on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Dice {
  readonly one: <T>(choices: readonly T[]) => T;
  readonly often: (share: number) => boolean;
  readonly below: (end: number) => number;
}

function picked<T>(choices: readonly T[], at: number): T {
  const [choice] = choices.slice(at, at + 1);
  // `null` may be a choice.
  return choice as T;
}

function diceOf(seed: number): Dice {
  const random = randomFrom(seed);
  const below = (end: number) => Math.floor(random() * end);
  return {
    below,
    often: (share) => random() < share,
    one: (choices) => picked(choices, below(choices.length)),
  };
}

const PHASES = ["prepare", "commit", "cleanup", "rollback", "open", "done"] as const;
const KNOWN = "# as it comes with the system\n";
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** Makes one home below `base`; whatever is in it belongs to the person or to others, nothing to us. */
export function makeHome(base: string, seed: number): string {
  const dice = diceOf(seed);
  const home = join(base, `home-${seed}`);
  const state = join(home, ".openclaw");
  const outside = join(home, "elsewhere");
  const write = (path: string, text: string) => {
    // What is there already may be a fifo, and writing would never end.
    if (isThere(path)) return;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
  };
  write(join(state, "openclaw.json"), '{ agents: { defaults: { model: "openai/gpt-5.2" } } }');
  write(join(state, ".env"), "OPENAI_API_KEY=mine\n");
  write(join(state, "agents/main/agent/auth-profiles.json"), '{"version":1,"profiles":{}}');
  write(join(state, "state/openclaw.sqlite"), "a store");
  write(join(outside, "known"), KNOWN);
  write(join(outside, "transactions", ownId(3), "0.before"), "precious");
  chmodSync(state, dice.one([0o700, 0o700, 0o755]));
  makePrivate({ dice, state, outside, write });
  if (dice.often(0.4)) makeOddFile(dice, home, state);
  return home;
}

interface Making {
  readonly dice: Dice;
  readonly state: string;
  readonly outside: string;
  readonly write: (path: string, text: string) => void;
}

function makePrivate(making: Making): void {
  const { dice, state, outside, write } = making;
  const own = join(state, ".openclaw-setup");
  if (dice.often(0.05)) {
    const make = dice.one([
      () => symlinkSync(outside, own),
      () => write(own, "a file"),
      () => void execFileSync("mkfifo", [own]),
    ]);
    make();
    return;
  }
  mkdirSync(own, { mode: dice.one([0o700, 0o755, 0o777]) });
  for (const name of ["transactions", "lock", "kept"]) {
    if (dice.often(0.06))
      symlinkSync(join(outside, dice.one(["transactions", "none"])), join(own, name));
    else if (dice.often(0.7)) mkdirSync(join(own, name), { mode: 0o700 });
  }
  for (let count = dice.below(5); count > 0; count -= 1) makeRecord(making, own);
  if (dice.often(0.3)) makeLock(making, own);
  if (dice.often(0.3)) makeKept(making, own);
}

/** Nothing behind a link is made: what lies there belongs to somebody. */
function isLink(path: string): boolean {
  try {
    return readlinkSync(path) !== "";
  } catch {
    return false;
  }
}

function makeRecord({ dice, state, outside, write }: Making, own: string): void {
  const id = dice.one([
    () => ownId(dice.below(50)),
    () =>
      `${String(dice.below(1e8)).padStart(8, "0")}-${digest(String(dice.below(1e9))).slice(0, 16)}`,
    () => `0000000${dice.below(10)}-0000cafe`,
    () => "99999999-ffffffffffffffff",
    () => dice.one(["..x", "x y", "transactions", "é", "-rf", "a".repeat(200)]),
  ])();
  if (isLink(join(own, "transactions"))) return;
  const folder = join(own, "transactions", id);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  if (dice.often(0.05)) {
    try {
      symlinkSync(outside, folder);
    } catch {
      // There is one of that name.
    }
    return;
  }
  if (isLink(folder)) return;
  const target = dice.one([
    join(state, "openclaw.json"),
    join(state, ".env"),
    join(outside, "known"),
    "/etc/passwd",
    join(state, "..", "x"),
  ]);
  const before = dice.one([null, "forged\n"]);
  const after = dice.one([null, KNOWN, "OPENAI_API_KEY=mine\n"]);
  const side = (text: string | null) => text && { sha256: digest(text), mode: 0o600, gid: 0 };
  const holder = {
    pid: dice.one([1, process.pid, 4_000_000]),
    started: dice.one([null, "1"]),
    boot: dice.one([null, "another"]),
    namespace: null,
    host: "other",
  };
  const journal = {
    version: dice.one([1, 2]),
    id,
    at: dice.one(["2026-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z"]),
    label: dice.one(["write", "\u001b[2J\u202e", "x".repeat(1000)]),
    root: dice.one([state, "/", outside]),
    undoes: dice.one([null, []]),
    step: dice.one([null, { holder, since: 0, inode: 1, directories: [] }]),
    createdDirectories: dice.one([[], [outside]]),
    removeDirectories: dice.one([[], [outside]]),
    files: dice.one([
      [],
      [
        {
          path: target,
          target,
          temporary: join(dirname(target), `.openclaw-setup-${id}-0.tmp`),
          backup: before === null ? null : "0.before",
          before: side(before),
          after: side(after),
        },
      ],
    ]),
  };
  const text = dice.one([
    () => JSON.stringify(journal),
    () => JSON.stringify({ seal: digest(id), record: journal }),
    () => JSON.stringify(journal).slice(0, dice.below(200)),
    () => "[".repeat(100_000),
    () => "\0".repeat(1 << 20),
    () => "",
  ])();
  if (dice.often(0.6)) write(join(folder, "0.before"), "forged\n");
  // In a folder of ours a torn record is one of a write that never began, which a recovery clears away.
  const torn = ownNumber(id) === null && dice.often(0.25);
  const name = `${dice.one(PHASES)}.json${torn ? ".part" : ""}`;
  if (dice.often(0.1)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    makeOdd(dice, join(folder, name));
  } else write(join(folder, name), text);
}

function makeLock({ dice, write }: Making, own: string): void {
  if (isLink(join(own, "lock"))) return;
  const hold = join(own, "lock", `hold-${dice.one([1, 2, 7, 999_999_999_999_999])}`);
  const holder = { pid: 1, started: null, boot: null, namespace: null, host: "other" };
  const path = join(hold, "holder.json");
  if (dice.often(0.2)) {
    mkdirSync(hold, { recursive: true, mode: 0o700 });
    makeOdd(dice, path);
    return;
  }
  write(path, dice.one([JSON.stringify(holder), "{", ""]));
  setTime(dice, path);
}

function makeKept({ dice, outside, write }: Making, own: string): void {
  if (isLink(join(own, "kept"))) return;
  const path = join(own, "kept", dice.one(["x", "1-cafe"]), dice.one(["open.json", "done.json"]));
  const holder = { pid: 1, started: null, boot: null, namespace: null, host: "other" };
  const file = { path: "../elsewhere/known", sha256: digest("forged\n"), mode: 0o600, copy: "0" };
  const files = dice.one([[], [file]]);
  write(path, JSON.stringify({ holder, label: "z", files, directories: [] }));
  write(join(dirname(path), "0"), "forged\n");
  if (dice.often(0.2)) symlinkSync(outside, join(dirname(path), "link"));
  setTime(dice, path);
}

function setTime(dice: Dice, path: string): void {
  const time = new Date(Date.now() + dice.one([-172_800, -700, 0, 700, 31_536_000]) * 1000);
  utimesSync(path, time, time);
}

/** What a start reads, and what stands in its place. */
function makeOddFile(dice: Dice, home: string, state: string): void {
  const path = dice.one([
    join(state, ".env"),
    join(state, "openclaw.json.bak"),
    join(state, "openclaw.json"),
    join(state, "agents/main/agent/auth-profiles.json"),
    join(state, "agents/main/agent/auth-state.json"),
    join(home, ".config/openclaw/gateway.env"),
    join(home, ".npmrc"),
    join(home, ".codex/auth.json"),
    join(home, ".npm-global/lib/node_modules/openclaw/package.json"),
  ]);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  execFileSync("rm", ["-f", path]);
  makeOdd(dice, path);
}

function makeOdd(dice: Dice, path: string): void {
  if (isThere(path)) return;
  dice.one([
    () => void execFileSync("mkfifo", [path]),
    () => symlinkSync("/dev/zero", path),
    () => symlinkSync("/dev/tty", path),
    () => symlinkSync(path, path),
    () => void mkdirSync(path),
    () => {
      writeFileSync(path, "", { mode: 0o600 });
      truncateSync(path, 1.9e9);
    },
  ])();
}
