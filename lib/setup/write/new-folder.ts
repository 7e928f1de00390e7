/** Writes a new folder completely or not at all. */

import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { err, ok, type Result } from "@/lib/result";
import { errnoOf } from "@/lib/system/errno";

export interface NewFile {
  /** Below the folder, with "/". */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

export interface NewFolderRefusal {
  readonly code: "exists" | "not-writable";
  readonly path: string;
  readonly detail: string;
}

/** `folder` is absolute and may exist if empty. Creates missing parents. */
export async function writeNewFolder(
  folder: string,
  files: readonly NewFile[],
): Promise<Result<string, NewFolderRefusal>> {
  let beside: string | null = null;
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    beside = await mkdtemp(path.join(path.dirname(folder), `.${path.basename(folder)}-`));
    for (const file of files) await writeWhole(path.join(beside, file.path), file);
    await chmod(beside, 0o755);
    await rename(beside, folder);
    return ok(folder);
  } catch (error) {
    if (beside !== null) await rm(beside, { recursive: true, force: true });
    const code = /^(?:ENOTEMPTY|EEXIST|ENOTDIR)$/u.test(errnoOf(error) ?? "")
      ? "exists"
      : "not-writable";
    return err({ code, path: folder, detail: error instanceof Error ? error.message : "" });
  }
}

async function writeWhole(file: string, { text, mode }: NewFile): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx", mode, flush: true });
}
