/** Reads the state database's schema version from its header, without opening the database. */

import path from "node:path";
import { readBeginning } from "@/lib/system/read.mjs";

/** The offset of the big-endian `user_version` (SQLite, "The Database Header"). */
const USER_VERSION_AT = 60;
const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

export function stateSchema(stateDir: string): number | null {
  const header = readBeginning(path.join(stateDir, "state", "openclaw.sqlite"), HEADER_BYTES);
  if (header === null || header.length < HEADER_BYTES) return null;
  return header.toString("latin1", 0, MAGIC.length) === MAGIC
    ? header.readUInt32BE(USER_VERSION_AT)
    : null;
}
