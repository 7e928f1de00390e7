/**
 * The record of a transaction on disk. Its content is written once, before anything else happens;
 * how far the transaction has come is the name of the file, so that every step on is one rename.
 */

import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import * as z from "zod";
import { removeIfPresent, syncDirectory, writeNewFile } from "@/lib/files/disk";
import { isWithin, type Place, PRIVATE_NAME } from "@/lib/files/place";
import { isMissing, Refused } from "@/lib/system/errno";
import { readFound } from "@/lib/system/read.mjs";

/**
 * prepare: only temporary files and backups are being made. commit: targets are being replaced.
 * cleanup: all targets are new, something is left to tidy. rollback: targets are being put back.
 * done: kept for undo.
 */
export const phases = ["prepare", "commit", "cleanup", "rollback", "done"] as const;
export type Phase = (typeof phases)[number];

const absolutePath = z.string().refine((path) => isAbsolute(path) && !path.includes("\0"));
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const mode = z.number().int().min(0).max(0o7777);

const journalFileSchema = z.object({
  /** As the person knows it. */
  path: z.string(),
  /** The real file, links resolved. */
  target: absolutePath,
  /** Beside the target: its new content until the rename, or the removed file after it. */
  temporary: absolutePath,
  /** In the transaction's own folder. */
  backup: z
    .string()
    .regex(/^\d{1,9}\.before$/)
    .nullable(),
  before: z.object({ sha256: digest, mode, gid: z.number().int() }).nullable(),
  after: z.object({ sha256: digest, mode }).nullable(),
});

const journalSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^\d{8}-[0-9a-f]{8}$/),
  at: z.iso.datetime(),
  label: z.string(),
  /** The state directory at that time, links resolved. */
  root: absolutePath,
  undoes: z.string().nullable(),
  createdDirectories: z.array(absolutePath),
  removeDirectories: z.array(absolutePath),
  files: z.array(journalFileSchema),
});

export type Journal = z.infer<typeof journalSchema>;
export type JournalFile = z.infer<typeof journalFileSchema>;

export interface Transaction {
  /** Its own folder, holding the record and the backups. */
  readonly directory: string;
  readonly journal: Journal;
  phase: Phase;
}

/** The folder of a transaction whose record is not there: cut off before it, or while deleting. */
export interface Remains {
  readonly directory: string;
  readonly journal: null;
}

const idPattern = /^(\d{8})-[0-9a-f]{8}$/;
const recordName = (phase: Phase) => `${phase}.json`;
const UNFINISHED_RECORD = "prepare.json.part";

export function temporaryPath(target: string, id: string, index: number): string {
  return join(dirname(target), `${PRIVATE_NAME}-${id}-${index}.tmp`);
}

/** Ids of the transactions kept, oldest first. */
export function transactionIds(place: Place): string[] {
  try {
    return readdirSync(place.transactions)
      .filter((name) => idPattern.test(name))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Counting up, as clocks may go back; random at the end, as a rolled back number is used again. */
export function nextId(place: Place): string {
  const last = transactionIds(place).at(-1);
  const number = last === undefined ? 1 : Number(last.slice(0, 8)) + 1;
  // With one digit more, no recovery would find it. Nobody writes that often.
  if (last !== undefined && number > 99_999_999)
    throw new Refused(
      "recovery-needed",
      join(place.transactions, last),
      "the last number is taken",
    );
  return `${String(number).padStart(8, "0")}-${randomBytes(4).toString("hex")}`;
}

/** Writes the record of a new transaction under a name at which a torn one is believed to be torn. */
export function writeRecord(directory: string, journal: Journal): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(journal, null, 1)}\n`);
  return writeNewFile(join(directory, UNFINISHED_RECORD), { bytes, mode: 0o600, gid: null });
}

/**
 * Makes a record count that is on the disk already. The new name need not be: until it is, a recovery
 * finds the old one, which means the same where the record is whole.
 */
export function beginTransaction(directory: string, journal: Journal): Transaction {
  renameSync(join(directory, UNFINISHED_RECORD), join(directory, recordName("prepare")));
  return { directory, journal, phase: "prepare" };
}

export async function enterPhase(transaction: Transaction, phase: Phase): Promise<void> {
  if (transaction.phase === phase) return;
  markPhase(transaction, phase);
  await syncDirectory(transaction.directory);
}

/** The same for a mark that a power cut may take back without harm. */
export function markPhase(transaction: Transaction, phase: Phase): void {
  const from = join(transaction.directory, recordName(transaction.phase));
  renameSync(from, join(transaction.directory, recordName(phase)));
  transaction.phase = phase;
}

/**
 * Reads one transaction. `null` for what is no transaction, or a finished one that cannot be read.
 * Throws `Refused` (`recovery-needed`) for an unfinished one that cannot be understood: guessing could
 * mix old and new.
 */
export function readTransactionDirectory(place: Place, id: string): Transaction | Remains | null {
  const directory = join(place.transactions, id);
  try {
    if (!lstatSync(directory).isDirectory()) return null;
  } catch (error) {
    // Its own process has just taken it back, or made room.
    if (isMissing(error)) return null;
    throw error;
  }
  for (const phase of phases) {
    const path = join(directory, recordName(phase));
    const text = textAt(path);
    if (text === null) continue;
    const journal = parseJournal(text, id);
    if (journal === null) {
      // A finished one that cannot be read is only lost for undo.
      if (phase === "done") return null;
      throw new Refused("recovery-needed", path, "the journal of a transaction cannot be read");
    }
    return { directory, journal: rebased(journal, place.root), phase };
  }
  return unfinishedRecord(place, id) ?? { directory, journal: null };
}

/**
 * A record whose last name a power cut took back, whole: temporary files may be lying about. `null`
 * for a torn one, before whose end none was made.
 */
function unfinishedRecord(place: Place, id: string): Transaction | null {
  const directory = join(place.transactions, id);
  const text = textAt(join(directory, UNFINISHED_RECORD));
  const journal = text === null ? null : parseJournal(text, id);
  return journal && { directory, journal: rebased(journal, place.root), phase: "prepare" };
}

/** `null` where nothing is; no text at all where it is no file of ours: then it cannot be understood. */
function textAt(path: string): string | null {
  const found = readFound(path, { links: "refuse" });
  if (found.kind === "absent") return null;
  return found.kind === "file" ? found.bytes.toString("utf8") : "";
}

function parseJournal(text: string, id: string): Journal | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const journal = journalSchema.safeParse(json);
  if (!journal.success || journal.data.id !== id) return null;
  // Paths that a recovery acts on are derived, never merely believed.
  const derived = journal.data.files.every(
    (file, index) => file.temporary === temporaryPath(file.target, id, index),
  );
  return derived ? journal.data : null;
}

/** Follows a state directory that was moved; a copy of one must never act on the original. */
function rebased(journal: Journal, root: string): Journal {
  if (journal.root === root) return journal;
  const moved = (path: string) =>
    isWithin(journal.root, path) ? join(root, relative(journal.root, path)) : path;
  return {
    ...journal,
    root,
    createdDirectories: journal.createdDirectories.map(moved),
    removeDirectories: journal.removeDirectories.map(moved),
    files: journal.files.map((file) => {
      const target = moved(file.target);
      // The name the person knew may lead through a link to the old place.
      const path = target === file.target ? file.path : target;
      return { ...file, path, target, temporary: moved(file.temporary) };
    }),
  };
}

/**
 * Deletes a transaction's folder: the backups it made, its record last, then the folder unless
 * somebody put something else there.
 */
export async function deleteTransaction(gone: Transaction | Remains): Promise<void> {
  const names =
    gone.journal === null
      ? readdirSync(gone.directory).filter((name) => /^\d{1,9}\.before$/.test(name))
      : gone.journal.files.map((file) => file.backup).filter((name) => name !== null);
  for (const name of names) removeIfPresent(join(gone.directory, name));
  removeIfPresent(join(gone.directory, UNFINISHED_RECORD));
  if (gone.journal !== null) {
    removeIfPresent(join(gone.directory, recordName(gone.phase)));
    // One that was taken back must not be found, and taken back, again after the next write.
    if (gone.phase !== "done") await syncDirectory(gone.directory);
  }
  try {
    rmdirSync(gone.directory);
  } catch {
    // Not empty: not ours to delete.
  }
}
