/** Writes the changed files of an existing deployment as one transaction with backups. */

import path from "node:path";
import { applyTransaction } from "@/lib/files/apply";
import type { AppliedTransaction, WriteRefusal } from "@/lib/files/types";
import type { Result } from "@/lib/result";

export interface ChangedFile {
  /** Below the folder, with "/". */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** `folder` is absolute. Modes are kept; a file that changed meanwhile refuses everything. */
export async function writeDeployment(
  folder: string,
  files: readonly ChangedFile[],
): Promise<Result<AppliedTransaction, WriteRefusal>> {
  const encoder = new TextEncoder();
  const changes = files.map((file) => ({
    path: path.join(folder, file.path),
    before: encoder.encode(file.before),
    after: encoder.encode(file.after),
    mode: 0o666,
  }));
  return applyTransaction(changes, { root: folder, label: "deployment" });
}
