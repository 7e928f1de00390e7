/**
 * The record of a transaction on disk. Its content is written once, before anything else happens;
 * how far the transaction has come is the name of the file, so that every step on is one rename.
 */

import { readdirSync, renameSync, rmdirSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import * as z from "zod";
import { isOwn, removeIfPresent, statOrNull, syncDirectory, writeNewFile } from "@/lib/files/disk";
import { isWithin, type Place, PRIVATE_NAME } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";
import { openSeal, ownId, ownNumber, seal } from "@/lib/files/transaction/seal";
import { isMissing } from "@/lib/system/errno";
import { processIdentitySchema } from "@/lib/system/process-identity";
import { LARGEST_FILE, readFound } from "@/lib/system/read.mjs";

/**
 * prepare: only temporary files and backups are being made. commit: targets are being replaced.
 * cleanup: all targets are new, something is left to tidy. rollback: targets are being put back.
 * done: kept for undo. open: another program changes files, of which all backups are made.
 */
export const phases = ["prepare", "commit", "cleanup", "rollback", "done", "open"] as const;
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

const stepSchema = z.object({
  /** Who has it made. */
  holder: processIdentitySchema,
  /** When it began, by the clock of the file system; milliseconds. */
  since: z.number(),
  /** Of the transaction's folder: a copy of one, put back at any later time, has another. */
  inode: z.number(),
  /** The folders there were. */
  directories: z.array(absolutePath),
});

const journalSchema = z.object({
  version: z.literal(2),
  id: z.string(),
  at: z.iso.datetime(),
  label: z.string(),
  /** The state directory at that time, links resolved. */
  root: absolutePath,
  /** The transactions it takes back. */
  undoes: z.array(z.string()),
  /** Of a step that another program makes; `null` for a write of ours. */
  step: stepSchema.nullable(),
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

const recordName = (phase: Phase) => `${phase}.json`;
const UNFINISHED_RECORD = "prepare.json.part";
/** Of a step: the process that makes it. */
export const COMMAND = "command.json";
const LAST_NUMBER = 99_999_999;

export function temporaryPath(target: string, id: string, index: number): string {
  return join(dirname(target), `${PRIVATE_NAME}-${id}-${index}.tmp`);
}

/** Ids of the transactions that this installation keeps here, oldest first. */
export function transactionIds(place: Place): string[] {
  return namesIn(place.transactions)
    .filter((name) => ownNumber(name) !== null)
    .sort();
}

/** What lies among them and is not of this installation; paths, without what a file manager leaves. */
export function foreignEntries(place: Place): string[] {
  return namesIn(place.transactions)
    .filter((name) => !name.startsWith(".") && ownNumber(name) === null)
    .map((name) => join(place.transactions, name));
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Counting up, as clocks may go back; random at the end, as a rolled back number is used again. */
export function nextId(place: Place): string {
  const last = transactionIds(place).at(-1);
  const number = last === undefined ? 1 : (ownNumber(last) ?? 0) + 1;
  // With one digit more, no recovery would find it. Nobody writes that often.
  if (last !== undefined && number > LAST_NUMBER)
    throw new Refused(
      "recovery-needed",
      join(place.transactions, last),
      "the last number is taken",
    );
  return ownId(number);
}

/** Writes the record of a new transaction under a name at which a torn one is believed to be torn. */
export async function writeRecord(directory: string, journal: Journal): Promise<void> {
  const bytes = seal(journal);
  if (bytes.length > LARGEST_FILE)
    throw new Refused("too-large", journal.root, `a record of more than ${LARGEST_FILE} bytes`);
  await writeNewFile(join(directory, UNFINISHED_RECORD), { bytes, mode: 0o600, gid: null });
}

/**
 * Makes a record count that is on the disk already. The new name need not be: until it is, a recovery
 * finds the old one, which means the same where the record is whole.
 */
export function beginTransaction(
  directory: string,
  journal: Journal,
  phase: "prepare" | "open" | "done" = "prepare",
): Transaction {
  renameSync(join(directory, UNFINISHED_RECORD), join(directory, recordName(phase)));
  return { directory, journal, phase };
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
 * Reads one transaction by an id of `transactionIds`. `null` for what is no transaction, or a finished
 * one that cannot be read. Throws `Refused` (`recovery-needed`) for an unfinished one that cannot be
 * understood: guessing could mix old and new.
 */
export function readTransactionDirectory(place: Place, id: string): Transaction | Remains | null {
  const directory = join(place.transactions, id);
  const stat = statOrNull(directory);
  // Its own process has just taken it back, or made room.
  if (stat === null || !stat.isDirectory() || !isOwn(stat, 0)) return null;
  for (const phase of phases) {
    const path = join(directory, recordName(phase));
    const text = textAt(path);
    if (text === null) continue;
    const journal = parseJournal(text, id);
    if (journal === null || (phase === "open" && journal.step?.inode !== stat.ino)) {
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
 * for a torn one, before whose end none was made, and for one of a step, which had not begun.
 */
function unfinishedRecord(place: Place, id: string): Transaction | null {
  const directory = join(place.transactions, id);
  const text = textAt(join(directory, UNFINISHED_RECORD));
  const journal = text === null ? null : parseJournal(text, id);
  if (journal === null || journal.step !== null) return null;
  return { directory, journal: rebased(journal, place.root), phase: "prepare" };
}

/** `null` where nothing is; no text at all where it is no file of ours: then it cannot be understood. */
function textAt(path: string): string | null {
  const found = readFound(path, { links: "refuse" });
  if (found.kind === "absent") return null;
  return found.kind === "file" ? found.bytes.toString("utf8") : "";
}

function parseJournal(text: string, id: string): Journal | null {
  const journal = journalSchema.safeParse(openSeal(text));
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
    step: journal.step && { ...journal.step, directories: journal.step.directories.map(moved) },
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
  for (const name of [UNFINISHED_RECORD, COMMAND]) removeIfPresent(join(gone.directory, name));
  if (gone.journal !== null) {
    if (gone.journal.step) removeIfPresent(join(gone.directory, recordName("open")));
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
