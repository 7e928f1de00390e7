/** Packs an export's files into a reproducible zip archive. */

import { type Zippable, zipSync } from "fflate";
import type { ExportFile } from "@/lib/setup/export/types";

const UNIX = 3;
/** The earliest date of the zip format. */
const NO_DAY = new Date(1980, 0, 1);

export function archiveOf(folder: string, files: readonly ExportFile[]): Uint8Array {
  const entries = files.map(({ path, text, mode }): [string, Zippable[string]] => [
    `${folder}/${path}`,
    [
      new TextEncoder().encode(text),
      { os: UNIX, attrs: ((0o100000 | mode) << 16) >>> 0, mtime: NO_DAY },
    ],
  ]);
  return zipSync(Object.fromEntries(entries));
}
