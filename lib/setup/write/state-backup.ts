/**
 * Keeps copies of files that another program is about to change, and puts them back to the byte: for a
 * step that a command of OpenClaw makes in its own stores, which no transaction of ours can hold.
 */

import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import * as z from "zod";
import { sha256, syncDirectories, syncDirectory, writeNewFile } from "@/lib/files/disk";
import { locate } from "@/lib/files/locate";
import {
  ensurePrivateDirectory,
  hasPrivateDirectory,
  type Place,
  placeAt,
} from "@/lib/files/place";
import type { WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { Refused, refusalFrom } from "@/lib/system/errno";
import {
  identify,
  identifySelf,
  isGone,
  isRunning,
  type ProcessIdentity,
  processIdentitySchema,
} from "@/lib/system/process-identity";
import { readFound, readText } from "@/lib/system/read.mjs";

/** What a step of OpenClaw does not need to be taken back for: work, conversations, logs, downloads. */
const SKIPPED = /^(?:\.openclaw-setup|workspace.*|sessions|logs|node_modules|media|browser|tmp)$/u;
const isSkipped = (parts: readonly string[]) =>
  // Below `agents` is whatever agents are called.
  parts.some((part, at) => SKIPPED.test(part) && !(at === 1 && parts[0] === "agents"));
/** Bytes in all; beyond it nothing is started. */
const MOST_BYTES = 512 * 1024 * 1024;
const KEPT = 3;
const LONGEST_STEP_MS = 6 * 60_000;

/** As `list` finds them: the record may have come with a state directory of somebody else's. */
const within = z.string().refine((path) => {
  const parts = path.split(sep);
  const plain = parts.every((part) => !["", ".", ".."].includes(part)) && !isSkipped(parts);
  return plain && !isAbsolute(path) && !path.includes("\0");
});
const entrySchema = z.object({
  path: within,
  sha256: z.string(),
  mode: z.number().int(),
  copy: z.string().regex(/^\d{1,9}$/u),
});
const journalSchema = z.object({
  holder: processIdentitySchema,
  /** A step that ends well ends with a transaction under this label. */
  label: z.string(),
  files: z.array(entrySchema),
  directories: z.array(within),
});
type Journal = z.infer<typeof journalSchema>;

/** Copies that were taken; `changed` is known once the step has ended well. */
export interface Kept {
  readonly root: string;
  readonly directory: string;
  /** Relative paths that the step changed, made or removed. */
  readonly changed: readonly string[];
}

interface Listing {
  readonly files: string[];
  readonly directories: string[];
}

/** Copies every file of the state directory that OpenClaw's own step may change; owner-only, synced. */
export async function keepFiles(root: string, label: string): Promise<Result<Kept, WriteRefusal>> {
  try {
    const place = placeAt(root);
    await syncDirectories(await ensurePrivateDirectory(place));
    const all = keepsIn(place);
    mkdirSync(all, { recursive: true, mode: 0o700 });
    const directory = join(all, `${Date.now()}-${randomBytes(4).toString("hex")}`);
    mkdirSync(directory, { mode: 0o700 });
    chmodSync(directory, 0o700);
    const listing = list(place.root);
    const files: Journal["files"] = [];
    let size = 0;
    for (const [index, path] of listing.files.entries()) {
      const source = join(place.root, path);
      size += statSync(source).size;
      if (size > MOST_BYTES)
        throw new Refused("too-large", source, `more than ${MOST_BYTES} bytes`);
      const bytes = readWhole(source);
      const mode = statSync(source).mode & 0o7777;
      await writeNewFile(join(directory, `${index}`), { bytes, mode: 0o600, gid: null });
      files.push({ path, sha256: sha256(bytes), mode, copy: `${index}` });
    }
    const journal: Journal = {
      holder: identifySelf(),
      label,
      files,
      directories: listing.directories,
    };
    const open = join(directory, "open.json");
    const bytes = Buffer.from(JSON.stringify(journal));
    await writeNewFile(open, { bytes, mode: 0o600, gid: null });
    await syncDirectory(directory);
    return ok({ root: place.root, directory, changed: [] });
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}

/** The step ended well: notes what it changed, so that exactly this can be taken back later. */
export async function settleKept(kept: Kept): Promise<Kept> {
  const journal = journalOf(kept.directory, "open.json");
  const before = new Map(journal?.files.map((file) => [file.path, file.sha256]));
  const now = list(kept.root).files;
  const changed = [
    ...now.filter((path) => before.get(path) !== sha256(readWhole(join(kept.root, path)))),
    ...[...before.keys()].filter((path) => !now.includes(path)),
  ];
  renameSync(join(kept.directory, "open.json"), join(kept.directory, "done.json"));
  await syncDirectory(kept.directory);
  const all = dirname(kept.directory);
  for (const old of readdirSync(all).sort().slice(0, -KEPT)) {
    if (existsSync(join(all, old, "done.json"))) rmSync(join(all, old), { recursive: true });
  }
  return { ...kept, changed };
}

/**
 * Puts the copies back: all that differs while the step is still open, afterwards what it changed (and
 * the side files of its databases). Files and folders that came into being with it go.
 */
export async function restoreKept(kept: Kept): Promise<Result<null, WriteRefusal>> {
  try {
    const open = journalOf(kept.directory, "open.json");
    const journal = open ?? journalOf(kept.directory, "done.json");
    if (!journal) throw new Refused("backup-damaged", kept.directory, "no record of the copies");
    const changed = new Set(kept.changed.map(database));
    const place = placeAt(kept.root);
    const concerned = (path: string) => open !== null || changed.has(database(path));
    const copies = journal.files.map((file) => {
      const bytes = readWhole(join(kept.directory, file.copy));
      if (sha256(bytes) !== file.sha256)
        throw new Refused("backup-damaged", join(kept.directory, file.copy), "not what was saved");
      const target = join(kept.root, file.path);
      if (locate(target, place).target !== target)
        throw new Refused("symlink-outside", target, "a link has taken its place");
      return { ...file, bytes };
    });
    const now = list(kept.root);
    const known = new Set(copies.map(({ path }) => path));
    for (const path of now.files) {
      if (!known.has(path) && concerned(path)) rmSync(join(kept.root, path));
    }
    for (const { path, bytes, mode } of copies) {
      const target = join(kept.root, path);
      if (!concerned(path) || (existsSync(target) && readWhole(target).equals(bytes))) continue;
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
      const temporary = `${target}.openclaw-setup-${randomBytes(4).toString("hex")}.tmp`;
      await writeNewFile(temporary, { bytes, mode: mode & 0o777, gid: null });
      renameSync(temporary, target);
      await syncDirectory(dirname(target));
    }
    for (const path of now.directories.reverse()) {
      if (!journal.directories.includes(path)) removeIfEmpty(join(kept.root, path));
    }
    rmSync(kept.directory, { recursive: true });
    return ok(null);
  } catch (error) {
    return err(refusalFrom(error, kept.root));
  }
}

/** Steps that a crash cut off: their process is gone and no end was noted; with their labels. */
export function cutOff(root: string): ReadonlyArray<Kept & { readonly label: string }> {
  const place = placeAt(root);
  if (!hasPrivateDirectory(place) || !existsSync(keepsIn(place))) return [];
  return readdirSync(keepsIn(place)).flatMap((name) => {
    const directory = join(keepsIn(place), name);
    const mark = join(directory, "open.json");
    const journal = journalOf(directory, "open.json");
    if (!journal) return [];
    const age = Date.now() - statSync(mark).mtimeMs;
    if (!isGone(journal.holder, age)) return [];
    return [{ root: place.root, directory, changed: [], label: journal.label }];
  });
}

/** Notes the command that makes the step, a leader of its own group, for a start after a crash. */
export function noteCommand(kept: Kept, pid: number): void {
  const text = JSON.stringify(identify(pid));
  writeFileSync(join(kept.directory, "command.json"), text, { mode: 0o600 });
}

/** A command that outlived the program that started it would go on changing what is put back. */
export async function endCommand(kept: Kept): Promise<void> {
  let command: ProcessIdentity;
  try {
    const text = readText(join(kept.directory, "command.json"), { links: "refuse" }) ?? "";
    command = processIdentitySchema.parse(JSON.parse(text));
  } catch {
    return;
  }
  for (let tries = 0; isRunning(command) && tries < 100; tries++) {
    try {
      process.kill(process.platform === "win32" ? command.pid : -command.pid, "SIGKILL");
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A database is one thing with its side files. */
function database(path: string): string {
  return path.replace(/-(?:wal|shm|journal)$/u, "");
}

/**
 * Whether the files went on being used long after the step can have been at work: putting the copies
 * back would then take newer work away.
 */
export function usedSince(kept: Kept): boolean {
  const until = statSync(join(kept.directory, "open.json")).mtimeMs + LONGEST_STEP_MS;
  return list(kept.root).files.some((path) => statSync(join(kept.root, path)).mtimeMs > until);
}

function keepsIn(place: Place): string {
  return join(place.privateDirectory, "kept");
}

function journalOf(directory: string, name: string): Journal | null {
  try {
    return journalSchema.parse(
      JSON.parse(readText(join(directory, name), { links: "refuse" }) ?? ""),
    );
  } catch {
    return null;
  }
}

function list(root: string): Listing {
  const found: Listing = { files: [], directories: [] };
  const walk = (relative: string) => {
    for (const entry of readdirSync(join(root, relative), { withFileTypes: true })) {
      const path = join(relative, entry.name);
      if (isSkipped(path.split(sep))) continue;
      if (entry.isDirectory()) {
        found.directories.push(path);
        walk(path);
      } else if (entry.isFile() && lstatSync(join(root, path)).nlink === 1) {
        found.files.push(path);
      }
    }
  };
  walk("");
  return found;
}

function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Something else is in it by now.
  }
}

/** Writes over a file that OpenClaw made from ours, or removes it: no copy of a token stays behind. */
export function replaceLeftover(path: string, bytes: Uint8Array | null): void {
  if (bytes === null) rmSync(path, { force: true });
  else writeFileSync(path, bytes, { mode: 0o600 });
}

function readWhole(path: string): Buffer {
  const found = readFound(path, { largest: MOST_BYTES, links: "refuse" });
  if (found.kind === "file") return found.bytes;
  throw new Refused("changed-since-preview", path, "no file that can be read");
}
