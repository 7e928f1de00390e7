/** The schema of OpenClaw's state database, read from the header of the file: no database is opened or locked. */

import path from "node:path";
import { readBeginning } from "@/lib/system/read.mjs";

/** Where SQLite keeps `user_version`, in big-endian order (its documentation, "The Database Header"). */
const USER_VERSION_AT = 60;
const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

/** Null where there is no such file, or it is no database. */
export function stateSchema(stateDir: string): number | null {
  const header = readBeginning(path.join(stateDir, "state", "openclaw.sqlite"), HEADER_BYTES);
  if (header === null || header.length < HEADER_BYTES) return null;
  return header.toString("latin1", 0, MAGIC.length) === MAGIC
    ? header.readUInt32BE(USER_VERSION_AT)
    : null;
}
