/** Separates this installation's records from those copied, synced or forged into the state directory. */

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

const known = new Map<string, Buffer>();
/** Used when no file outside the state directory can be written. */
const fallback = randomBytes(KEY_BYTES);

/** The XDG state folder is separate from OpenClaw's files. */
function keyPath(): string {
  const { XDG_STATE_HOME: named, HOME: home } = process.env;
  const state = named && isAbsolute(named) ? named : join(home || homedir(), ".local", "state");
  return join(state, "openclaw-setup", "record-key");
}

/** Follows no link, and accepts only a file that no other user can read or write. */
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

/** Makes a missing or untrusted key durable. If it cannot be stored, records are valid until this process ends. */
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

/** One of two concurrent first writes names the key; an untrusted file is replaced. */
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

/** Builds a name that only this user and installation on this host can make. */
export function ownId(number: number): string {
  const start = `${String(number).padStart(8, "0")}-${randomBytes(4).toString("hex")}`;
  return `${start}${codeOf("id", `${start} ${identifySelf().host}`).slice(0, 8)}`;
}

export function ownNumber(id: string): number | null {
  const [, start, code] = ID.exec(id) ?? [];
  if (start === undefined) return null;
  const own = codeOf("id", `${start} ${identifySelf().host}`).slice(0, 8) === code;
  return own ? Number(start.slice(0, 8)) : null;
}

export function seal(record: object): Buffer {
  const code = codeOf("record", JSON.stringify(record));
  return Buffer.from(`${JSON.stringify({ seal: code, record })}\n`);
}

/** Returns the unvalidated record, or `undefined` unless `seal` wrote it. */
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
