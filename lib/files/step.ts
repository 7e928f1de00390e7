/** Treats another program's changes to the state directory as a transaction that can be undone. */

import { lstatSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  allDone,
  makeDirectory,
  removeIfEmpty,
  removeIfPresent,
  syncDirectories,
  syncDirectory,
} from "@/lib/files/disk";
import { type Place, placeAt } from "@/lib/files/place";
import { openSteps } from "@/lib/files/recover";
import { Refused, refusalFrom } from "@/lib/files/refused";
import { type Alone, alone } from "@/lib/files/transaction/alone";
import {
  beginTransaction,
  COMMAND,
  deleteTransaction,
  type Journal,
  nextId,
  readTransactionDirectory,
  type Transaction,
  writeRecord,
} from "@/lib/files/transaction/journal";
import { reverse } from "@/lib/files/transaction/reverse";
import { runTransaction } from "@/lib/files/transaction/run";
import { openSeal, seal } from "@/lib/files/transaction/seal";
import {
  changesOf,
  copyAll,
  demandTrue,
  listBelow,
  type Skip,
} from "@/lib/files/transaction/step-files";
import type { AppliedTransaction, WriteRefusal } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import {
  identify,
  identifySelf,
  isGone,
  type ProcessIdentity,
  processIdentitySchema,
} from "@/lib/system/process-identity";
import { readText } from "@/lib/system/read.mjs";

/** After a successful end, its id is valid for `undoTransactions`. */
export interface Step {
  readonly root: string;
  readonly id: string;
}

/** Copies everything that the step may change, owner-only and durable. If that fails, no step begins. */
export async function beginStep(
  root: string,
  label: string,
  skip: Skip,
): Promise<Result<Step, WriteRefusal>> {
  try {
    const place = placeAt(root);
    return await alone(place, async (held) => {
      const id = nextId(place);
      await open(place, id, { label, skip, ...held });
      return ok({ root: place.root, id });
    });
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}

interface Opening extends Pick<Alone, "unsynced" | "sealed"> {
  readonly label: string;
  readonly skip: Skip;
}

async function open(place: Place, id: string, opening: Opening): Promise<void> {
  const { label, skip, unsynced, sealed } = opening;
  const directory = join(place.transactions, id);
  makeDirectory(directory);
  try {
    const { ino: inode, mtimeMs: since } = lstatSync(directory);
    const { files, directories } = listBelow(place.root, skip);
    const journal: Journal = {
      version: 2,
      id,
      at: new Date().toISOString(),
      label,
      root: place.root,
      undoes: [],
      step: { holder: identifySelf(), since, inode, directories: [...directories] },
      createdDirectories: [],
      removeDirectories: [],
      files: await copyAll(files, directory, id),
    };
    const folders = syncDirectories([directory, dirname(directory), ...unsynced]);
    await allDone([writeRecord(directory, journal), folders, sealed]);
    beginTransaction(directory, journal, "open");
    await syncDirectory(directory);
  } catch (error) {
    await deleteTransaction({ directory, journal: null });
    throw error;
  }
}

/** Records what the step changed. `apart` is a transaction during the step that is undone separately. */
export async function endStep(
  step: Step,
  skip: Skip,
  apart: string | null,
): Promise<Result<null, WriteRefusal>> {
  try {
    const place = placeAt(step.root);
    const transaction = openStep(place, step.id);
    const written = apart === null ? null : readTransactionDirectory(place, apart)?.journal;
    const except = new Set(written?.files.map(({ target }) => target));
    await close(transaction, changesOf(transaction, place, skip, except));
    return ok(null);
  } catch (error) {
    return err(refusalFrom(error, step.root));
  }
}

/** Restores all differences from the step's copies. Refuses an implausible record (`recovery-needed`). */
export async function takeBackStep(
  step: Step,
  skip: Skip,
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  try {
    const place = placeAt(step.root);
    const transaction = openStep(place, step.id);
    const changes = changesOf(transaction, place, skip, new Set());
    demandTrue(transaction, changes);
    const undone = await runTransaction(reverse(changes, place), place, {
      label: `undo ${step.id}`,
      undoes: [step.id],
      removeDirectories: changes.createdDirectories,
    });
    if (!undone.ok) return undone;
    // Folders were not cleaned up if no file had to change.
    for (const path of [...changes.createdDirectories].sort().reverse()) removeIfEmpty(path);
    await close(transaction, changes);
    return undone;
  } catch (error) {
    return err(refusalFrom(error, step.root));
  }
}

function openStep(place: Place, id: string): Transaction {
  const found = readTransactionDirectory(place, id);
  if (found === null || found.journal === null || found.phase !== "open")
    throw new Refused("backup-damaged", join(place.transactions, id), "no record of the copies");
  return found;
}

async function close({ directory, journal }: Transaction, changes: Journal): Promise<void> {
  removeIfPresent(join(directory, "prepare.json.part"));
  await writeRecord(directory, changes);
  beginTransaction(directory, changes, "done");
  await syncDirectory(directory);
  const needed = new Set(changes.files.map(({ backup }) => backup));
  const copies = journal.files
    .map(({ backup }) => backup ?? "")
    .filter((name) => !needed.has(name));
  for (const name of ["open.json", COMMAND, ...copies]) removeIfPresent(join(directory, name));
}

export interface CutOffStep extends Step {
  readonly label: string;
  readonly directory: string;
  readonly since: number;
}

/** Refuses if our folders cannot be trusted or a record is unreadable. */
export function cutOffSteps(root: string): Result<CutOffStep[], WriteRefusal> {
  try {
    const place = placeAt(root);
    const gone = openSteps(place).filter(({ holder, since }) => isGone(holder, Date.now() - since));
    return ok(
      gone.map(({ id, label, directory, since }) => ({
        root: place.root,
        id,
        label,
        directory,
        since,
      })),
    );
  } catch (error) {
    return err(refusalFrom(error, root));
  }
}

/** Records the process group leader that makes the step, for recovery after a crash. */
export function noteCommand({ root, id }: Step, pid: number): void {
  const path = join(placeAt(root).transactions, id, COMMAND);
  writeFileSync(path, seal({ id, command: identify(pid) }), { mode: 0o600 });
}

/** A command that may have outlived its starter; `null` if we recorded none. */
export function notedCommand({ root, id }: Step): ProcessIdentity | null {
  const path = join(placeAt(root).transactions, id, COMMAND);
  const noted = openSeal(readText(path, { links: "refuse" }) ?? "");
  if (typeof noted !== "object" || noted === null || !("id" in noted) || noted.id !== id)
    return null;
  const command = processIdentitySchema.safeParse("command" in noted ? noted.command : null);
  return command.success ? command.data : null;
}
