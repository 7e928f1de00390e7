/** Before all tests: a key for records in a folder of its own, so that none touches the user's. */

import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "openclaw-setup-state-"));
  process.env["XDG_STATE_HOME"] = folder;
  mkdirSync(join(folder, "openclaw-setup"), { mode: 0o700 });
  const key = `${randomBytes(32).toString("base64url")}\n`;
  writeFileSync(join(folder, "openclaw-setup", "record-key"), key, { mode: 0o600 });
  return () => rmSync(folder, { recursive: true, force: true });
}
