/** The record of a transaction on disk: its content is fixed, and its file name tells the phase. */

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
 * prepare: temporary files and backups are being made. commit: targets are being replaced.
 * cleanup: all targets are new. rollback: targets are being restored. done: kept for undo.
 * open: another program is changing files that are all backed up.
 */
export const phases = ["prepare", "commit", "cleanup", "rollback", "done", "open"] as const;
export type Phase = (typeof phases)[number];

const absolutePath = z.string().refine((path) => isAbsolute(path) && !path.includes("\0"));
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const mode = z.number().int().min(0).max(0o7777);

const journalFileSchema = z.object({
  path: z.string(),
  target: absolutePath,
  /** Beside the target: the new content before the rename, or the removed file after it. */
  temporary: absolutePath,
  backup: z
    .string()
    .regex(/^\d{1,9}\.before$/)
    .nullable(),
  before: z.object({ sha256: digest, mode, gid: z.number().int() }).nullable(),
  after: z.object({ sha256: digest, mode }).nullable(),
});

const stepSchema = z.object({
  holder: processIdentitySchema,
  since: z.number(),
  /** The inode of the transaction's folder, which a restored copy would not share. */
  inode: z.number(),
  directories: z.array(absolutePath),
});

const journalSchema = z.object({
  version: z.literal(2),
  id: z.string(),
  at: z.iso.datetime(),
  label: z.string(),
  root: absolutePath,
  undoes: z.array(z.string()),
  /** Set for a step of another program; `null` for our own write. */
  step: stepSchema.nullable(),
  createdDirectories: z.array(absolutePath),
  removeDirectories: z.array(absolutePath),
  files: z.array(journalFileSchema),
});

export type Journal = z.infer<typeof journalSchema>;
export type JournalFile = z.infer<typeof journalFileSchema>;

export interface Transaction {
  readonly directory: string;
  readonly journal: Journal;
  phase: Phase;
}

/** A folder without a record, interrupted before writing it or while deleting. */
export interface Remains {
  readonly directory: string;
  readonly journal: null;
}

const recordName = (phase: Phase) => `${phase}.json`;
const UNFINISHED_RECORD = "prepare.json.part";
export const COMMAND = "command.json";
const LAST_NUMBER = 99_999_999;

export function temporaryPath(target: string, id: string, index: number): string {
  return join(dirname(target), `${PRIVATE_NAME}-${id}-${index}.tmp`);
}

export function transactionIds(place: Place): string[] {
  return namesIn(place.transactions)
    .filter((name) => ownNumber(name) !== null)
    .sort();
}

/** Paths that other installations left here, without hidden files of file managers. */
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

/** Counts up because clocks may go back; the random part separates reuses of a rolled-back number. */
export function nextId(place: Place): string {
  const last = transactionIds(place).at(-1);
  const number = last === undefined ? 1 : (ownNumber(last) ?? 0) + 1;
  // Recovery would not find a longer number; nobody writes that often.
  if (last !== undefined && number > LAST_NUMBER)
    throw new Refused(
      "recovery-needed",
      join(place.transactions, last),
      "the last number is taken",
    );
  return ownId(number);
}

/** Uses the name that marks a record as possibly torn. */
export async function writeRecord(directory: string, journal: Journal): Promise<void> {
  const bytes = seal(journal);
  if (bytes.length > LARGEST_FILE)
    throw new Refused("too-large", journal.root, `a record of more than ${LARGEST_FILE} bytes`);
  await writeNewFile(join(directory, UNFINISHED_RECORD), { bytes, mode: 0o600, gid: null });
}

/** Gives a record its final name, which may stay unsynced because recovery accepts both names. */
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

/** Does not wait for the disk, for a mark whose loss does no harm. */
export function markPhase(transaction: Transaction, phase: Phase): void {
  const from = join(transaction.directory, recordName(transaction.phase));
  renameSync(from, join(transaction.directory, recordName(phase)));
  transaction.phase = phase;
}

/**
 * `null` for anything but a transaction, and for an unreadable finished one.
 * Throws `recovery-needed` for an unreadable unfinished one, since a guess could mix old and new.
 */
export function readTransactionDirectory(place: Place, id: string): Transaction | Remains | null {
  const directory = join(place.transactions, id);
  const stat = statOrNull(directory);
  if (stat === null || !stat.isDirectory() || !isOwn(stat, 0)) return null;
  for (const phase of phases) {
    const path = join(directory, recordName(phase));
    const text = textAt(path);
    if (text === null) continue;
    const journal = parseJournal(text, id);
    if (journal === null || (phase === "open" && journal.step?.inode !== stat.ino)) {
      // An unreadable finished transaction only loses its undo.
      if (phase === "done") return null;
      throw new Refused("recovery-needed", path, "the journal of a transaction cannot be read");
    }
    return { directory, journal: rebased(journal, place.root), phase };
  }
  return unfinishedRecord(place, id) ?? { directory, journal: null };
}

/** A whole record that lost its final name in a power cut; `null` for a torn one or a step, which had not begun. */
function unfinishedRecord(place: Place, id: string): Transaction | null {
  const directory = join(place.transactions, id);
  const text = textAt(join(directory, UNFINISHED_RECORD));
  const journal = text === null ? null : parseJournal(text, id);
  if (journal === null || journal.step !== null) return null;
  return { directory, journal: rebased(journal, place.root), phase: "prepare" };
}

function textAt(path: string): string | null {
  const found = readFound(path, { links: "refuse" });
  if (found.kind === "absent") return null;
  return found.kind === "file" ? found.bytes.toString("utf8") : "";
}

function parseJournal(text: string, id: string): Journal | null {
  const journal = journalSchema.safeParse(openSeal(text));
  if (!journal.success || journal.data.id !== id) return null;
  // Recovery derives the paths it acts on and never trusts the recorded ones.
  const derived = journal.data.files.every(
    (file, index) => file.temporary === temporaryPath(file.target, id, index),
  );
  return derived ? journal.data : null;
}

/** Follows a moved state directory, so that a copy never acts on the original. */
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
      // The user's path may lead through a link to the old place.
      const path = target === file.target ? file.path : target;
      return { ...file, path, target, temporary: moved(file.temporary) };
    }),
  };
}

/** Deletes a transaction's own files; its folder stays if it holds anything else. */
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
    // Sync first, or the next recovery could find and roll back this transaction again.
    if (gone.phase !== "done") await syncDirectory(gone.directory);
  }
  try {
    rmdirSync(gone.directory);
  } catch {
    // The folder holds somebody else's files.
  }
}
