/** The step that a command of OpenClaw makes in its own stores: what it may change, and what was cut off. */

import { lstatSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { placeAt } from "@/lib/files/place";
import { type CutOffStep, notedCommand, type Step } from "@/lib/files/step";
import { listBelow, type Skip } from "@/lib/files/transaction/step-files";
import { maskFile } from "@/lib/secrets/mask";
import { isRunning } from "@/lib/system/process-identity";

/** What a step of OpenClaw does not need to be taken back for: work, conversations, logs, downloads. */
const SKIPPED = /^(?:\.openclaw-setup|workspace.*|sessions|logs|node_modules|media|browser|tmp)$/u;
const LONGEST_STEP_MS = 6 * 60_000;

/** Below `agents` is whatever agents are called. */
export const skipped: Skip = (parts) =>
  parts.some((part, at) => SKIPPED.test(part) && !(at === 1 && parts[0] === "agents"));

/** A command that outlived the program that started it would go on changing what is put back. */
export async function endCommand(step: Step): Promise<void> {
  const command = notedCommand(step);
  if (command === null) return;
  for (let tries = 0; isRunning(command) && tries < 100; tries++) {
    try {
      process.kill(process.platform === "win32" ? command.pid : -command.pid, "SIGKILL");
    } catch {
      return;
    }
    await setTimeout(20);
  }
}

/**
 * Whether the files went on being used long after the step can have been at work: putting the copies
 * back would then take newer work away.
 */
export function usedSince({ root, since }: CutOffStep): boolean {
  const until = since + LONGEST_STEP_MS;
  const { files } = listBelow(placeAt(root).root, skipped);
  return files.some((path) => lstatSync(path).mtimeMs > until);
}

const DATABASE = "SQLite format 3\0";

/**
 * Whether a copy holds a credential: one of `secrets`, what looks like one, or a value at a secret place. A database
 * is not looked into, since its pages may hold a login in parts.
 */
export function holdsCredential(secrets: readonly string[]) {
  return (path: string, bytes: Uint8Array): boolean => {
    const text = Buffer.from(bytes).toString("utf8");
    const isDatabase = text.startsWith(DATABASE) || /\.sqlite(?:-wal|-shm|-journal)?$/u.test(path);
    const language = /\.env$/u.test(path) ? "dotenv" : "json5";
    return isDatabase || maskFile(text, language, secrets).some(({ hidden }) => hidden !== null);
  };
}

/** Writes over a file that OpenClaw made from ours, or removes it: no copy of a token stays behind. */
export function replaceLeftover(path: string, bytes: Uint8Array | null): void {
  if (bytes === null) rmSync(path, { force: true });
  else writeFileSync(path, bytes, { mode: 0o600 });
}
