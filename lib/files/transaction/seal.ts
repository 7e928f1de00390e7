/**
 * Tells what this installation has recorded from what was merely found: a state directory can be
 * copied, synced or unpacked, and its records then tell of another machine, or of nothing that happened.
 */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import {
  allDone,
  isOwn,
  removeIfPresent,
  statOrNull,
  syncDirectory,
  syncFile,
} from "@/lib/files/disk";
import { errnoOf } from "@/lib/system/errno";
import { identifySelf } from "@/lib/system/process-identity";
import { readFound } from "@/lib/system/read.mjs";

const KEY_BYTES = 32;
const FORM = /^[\w-]{43}\n$/u;
const ID = /^(\d{8}-[0-9a-f]{8})([0-9a-f]{8})$/u;

/** By path; a key does not change while it can be trusted. */
const known = new Map<string, Buffer>();
/** For a machine on which no file outside the state directory can be written. */
const fallback = randomBytes(KEY_BYTES);

/** What a program remembers between runs lies there by the XDG rule, beside no file of OpenClaw's. */
function keyPath(): string {
  const { XDG_STATE_HOME: named, HOME: home } = process.env;
  const state = named && isAbsolute(named) ? named : join(home || homedir(), ".local", "state");
  return join(state, "openclaw-setup", "record-key");
}

/** Through no link, and only what no other user can have read or written. */
function keyAt(path: string): Buffer | null {
  const present = known.get(path);
  if (present !== undefined) return present;
  try {
    const folder = statOrNull(dirname(path));
    if (folder === null || !folder.isDirectory() || !isOwn(folder, 0o022)) return null;
    const found = readFound(path, { largest: 100, links: "refuse" });
    if (found.kind !== "file" || !isOwn(found.stat, 0o077)) return null;
    const text = found.bytes.toString("latin1");
    if (!FORM.test(text)) return null;
    const key = Buffer.from(text.trim(), "base64url");
    known.set(path, key);
    return key;
  } catch {
    return null;
  }
}

function key(): Buffer {
  return keyAt(keyPath()) ?? fallback;
}

/**
 * Makes the key where there is none that can be trusted, which a first write does and a start never.
 * Resolves once a power cut cannot take it any more. Where no place can be had for it, records count
 * until this process ends.
 */
export async function ensureKey(): Promise<void> {
  const path = keyPath();
  if (keyAt(path) !== null) return;
  const folder = dirname(path);
  const beside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    writeFileSync(beside, `${randomBytes(KEY_BYTES).toString("base64url")}\n`, {
      flag: "wx",
      mode: 0o600,
    });
    chmodSync(beside, 0o600);
    giveName(beside, path);
    removeIfPresent(beside);
    if (keyAt(path) === null) return;
    await allDone([syncFile(path), syncDirectory(folder), syncDirectory(dirname(folder))]);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

/** Of two first writes at once one names the key; a file that cannot be trusted is replaced. */
function giveName(beside: string, path: string): void {
  try {
    linkSync(beside, path);
  } catch {
    if (keyAt(path) === null) renameSync(beside, path);
  }
}

function codeOf(purpose: string, text: string): string {
  return createHmac("sha256", key()).update(`${purpose}\n${text}`).digest("hex");
}

/** A name that only this installation, on this host and as this user, can have given. */
export function ownId(number: number): string {
  const start = `${String(number).padStart(8, "0")}-${randomBytes(4).toString("hex")}`;
  return `${start}${codeOf("id", `${start} ${identifySelf().host}`).slice(0, 8)}`;
}

/** The number in a name that `ownId` has given; `null` for every other. */
export function ownNumber(id: string): number | null {
  const [, start, code] = ID.exec(id) ?? [];
  if (start === undefined) return null;
  const own = codeOf("id", `${start} ${identifySelf().host}`).slice(0, 8) === code;
  return own ? Number(start.slice(0, 8)) : null;
}

/** A record as it is put on the disk: with a code that stands for its whole content. */
export function seal(record: object): Buffer {
  const code = codeOf("record", JSON.stringify(record));
  return Buffer.from(`${JSON.stringify({ seal: code, record })}\n`);
}

/** The record in `text`, of a form not looked at yet; `undefined` unless `seal` has written it. */
export function openSeal(text: string): unknown {
  try {
    const { seal: given, record } = JSON.parse(text) as { seal?: unknown; record?: unknown };
    const right = Buffer.from(codeOf("record", JSON.stringify(record)));
    const said = Buffer.from(String(given));
    return said.length === right.length && timingSafeEqual(said, right) ? record : undefined;
  } catch {
    return undefined;
  }
}
