/** OpenClaw's own copy of an earlier config, which it may put back in the place of what is written here. */

import type { Choices, Repair, Snapshot } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

/** Smaller copies are not weighed. */
const LEAST_BYTES = 512;

export function backupPathOf(configPath: string): string {
  return `${configPath}.bak`;
}

/** What it holds; empty where it is none or cannot be read. */
export function olderValue({ backupBytes }: Pick<Snapshot, "backupBytes">): Json {
  const parsed = backupBytes === null ? null : parseConfig(backupBytes);
  return parsed?.ok ? parsed.value.value : {};
}

/** Whether the next command of the installed release would take this config for damaged. Pure. */
export function wouldBePutBack(
  { era, backupBytes }: Pick<Snapshot, "era" | "backupBytes">,
  config: string,
  value: Json,
): boolean {
  if (!era.putsBackupBack || backupBytes === null) return false;
  const backup = olderValue({ backupBytes });
  if (!isJsonObject(backup) || Object.keys(backup).length === 0) return false;
  const size = new TextEncoder().encode(config).length;
  const isHalved = backupBytes.length >= LEAST_BYTES && size < Math.floor(backupBytes.length / 2);
  const lost = (has: (config: Json) => boolean) => has(backup) && !has(value);
  return (
    isHalved ||
    lost((one) => isJsonObject(valueAt(one, ["meta"]))) ||
    lost((one) => typeof valueAt(one, ["gateway", "mode"]) === "string")
  );
}

/** The older config is among the backups of this write; as OpenClaw's copy stands what is written now. */
export function olderBackup(
  snapshot: Pick<Snapshot, "era" | "backupBytes">,
  { declined }: Pick<Choices, "declined">,
  after: string,
  value: Json,
): Repair | null {
  if (!wouldBePutBack(snapshot, after, value)) return null;
  const id = "older-backup";
  const accepted = !declined.includes(id);
  return { id, kind: id, data: {}, important: true, onRequest: false, blocked: null, accepted };
}
