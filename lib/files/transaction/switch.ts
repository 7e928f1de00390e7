/** Replaces one target at a time, or restores it, after a last check and without needing disk space. */

import { chmodSync, chownSync, linkSync, realpathSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  isThere,
  LARGEST_OF_STEP,
  look,
  removeIfPresent,
  statOrNull,
  syncDirectory,
  writeNewFile,
} from "@/lib/files/disk";
import { Refused } from "@/lib/files/refused";
import { type JournalFile, type Transaction, temporaryPath } from "@/lib/files/transaction/journal";
import { errnoOf } from "@/lib/system/errno";

/** The SHA-256 of a regular file; `null` for no file; `"other"` for anything else. */
export function digestAt(path: string): string | null {
  const present = look(path, LARGEST_OF_STEP);
  if (present.kind === "absent") return null;
  return present.kind === "file" ? present.file.sha256 : "other";
}

function isOld(file: JournalFile): boolean {
  return digestAt(file.target) === (file.before?.sha256 ?? null);
}

function isNew(file: JournalFile): boolean {
  return digestAt(file.target) === (file.after?.sha256 ?? null);
}

function changed(file: JournalFile): Refused {
  return new Refused(
    "changed-since-preview",
    file.path,
    "another program changed the file at the last moment",
  );
}

/** Moves without overwriting. Throws EEXIST if `to` exists. */
function moveToFreeName(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    // Without hard links, the check and the move are two separate steps.
    const without = ["EPERM", "EACCES", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];
    if (!without.includes(errnoOf(error) ?? "")) throw error;
    if (isThere(to)) throw new Refused("changed-since-preview", to, "the file exists now");
    renameSync(from, to);
    return;
  }
  removeIfPresent(from);
}

export function switchToNew(file: JournalFile): void {
  const folder = dirname(file.target);
  if (realpathSync.native(folder) !== folder || !isOld(file)) throw changed(file);
  if (file.after === null) {
    renameSync(file.target, file.temporary);
    // Checks the moved file again, because another program may have replaced it meanwhile.
    if (digestAt(file.temporary) === file.before?.sha256) return;
    moveToFreeName(file.temporary, file.target);
    throw changed(file);
  }
  if (file.before === null) moveToFreeName(file.temporary, file.target);
  else renameSync(file.temporary, file.target);
}

export type Progress = "new" | "ready" | "stuck" | "foreign";

/** `new`: done. `ready`: old and replaceable. `stuck`: new content lost. `foreign`: changed by another program. */
export function progressOf(file: JournalFile): Progress {
  const prepared = digestAt(file.temporary);
  if (file.after === null) {
    if (prepared !== null) return prepared === file.before?.sha256 ? "new" : "foreign";
    return isOld(file) ? "ready" : isNew(file) ? "new" : "foreign";
  }
  if (prepared === null) return isOld(file) && !isNew(file) ? "stuck" : "new";
  if (isNew(file) && file.before?.sha256 !== file.after.sha256) return "new";
  if (!isOld(file)) return "foreign";
  return prepared === file.after.sha256 ? "ready" : "stuck";
}

/** Restores one target, repeatably. Returns false, leaving the target alone, if another program changed it. */
export async function switchToOld(
  transaction: Transaction,
  file: JournalFile,
  index: number,
): Promise<boolean> {
  if (file.after === null) {
    if (isThere(file.temporary) && !isThere(file.target))
      moveToFreeName(file.temporary, file.target);
  } else if (file.before === null) {
    if (isNew(file) && isOurs(file)) removeIfPresent(file.target);
  } else if (isNew(file)) {
    await restoreBackup(transaction, file, index);
  }
  const old = isOld(file);
  removeIfPresent(file.temporary);
  return old;
}

/** A created file is ours only if its temporary name is the same file. */
function isOurs(file: JournalFile): boolean {
  const [temporary, target] = [statOrNull(file.temporary), statOrNull(file.target)];
  return temporary === null || (temporary.ino === target?.ino && temporary.dev === target.dev);
}

async function restoreBackup(
  transaction: Transaction,
  file: JournalFile,
  index: number,
): Promise<void> {
  const { before, backup } = file;
  if (before === null || backup === null) return;
  const kept = join(transaction.directory, backup);
  const present = look(kept, LARGEST_OF_STEP);
  // The backup is moved onto the target, so a missing backup means the work is done.
  if (present.kind === "absent" && isOld(file)) return;
  if (present.kind !== "file" || present.file.sha256 !== before.sha256)
    throw new Refused("backup-damaged", file.path, `${kept} is not what was saved`);
  try {
    const gid = present.file.stat.gid;
    if (gid !== before.gid) chownSync(kept, present.file.stat.uid, before.gid);
    chmodSync(kept, before.mode);
    renameSync(kept, file.target);
  } catch (error) {
    if (errnoOf(error) !== "EXDEV" && errnoOf(error) !== "EPERM") throw error;
    // The backup is on another file system, or its group cannot be set: copy, then rename.
    const copy = temporaryPath(file.target, transaction.journal.id, index);
    removeIfPresent(copy);
    await writeNewFile(copy, { bytes: present.file.bytes, mode: before.mode, gid: before.gid });
    renameSync(copy, file.target);
  }
  await syncDirectory(dirname(file.target));
}
