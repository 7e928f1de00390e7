/** Handles OpenClaw's backup of an earlier config, which OpenClaw may restore over the new one. */

import type { Choices } from "@/lib/setup/choices";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Repair } from "@/lib/setup/types";
import { parseConfig } from "@/lib/text/json5/parse";
import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

/** OpenClaw ignores the size of smaller backups. */
const LEAST_BYTES = 512;

export function backupPathOf(configPath: string): string {
  return `${configPath}.bak`;
}

export function olderValue({ backupBytes }: Pick<Snapshot, "backupBytes">): Json {
  const parsed = backupBytes === null ? null : parseConfig(backupBytes);
  return parsed?.ok ? parsed.value.value : {};
}

/** Whether the release would take this config for damaged and restore its backup. Pure. */
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

/** Replaces OpenClaw's backup with the new config; our own backups keep the older one. */
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
