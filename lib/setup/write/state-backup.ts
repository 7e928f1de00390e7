/** Limits a step of OpenClaw in its own stores, and handles interrupted ones. */

import { lstatSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { placeAt } from "@/lib/files/place";
import { type CutOffStep, notedCommand, type Step } from "@/lib/files/step";
import { listBelow, type Skip } from "@/lib/files/transaction/step-files";
import { maskFile } from "@/lib/secrets/mask";
import { isRunning } from "@/lib/system/process-identity";

/** A step's undo ignores work, conversations, logs and downloads. */
const SKIPPED = /^(?:\.openclaw-setup|workspace.*|sessions|logs|node_modules|media|browser|tmp)$/u;
const LONGEST_STEP_MS = 6 * 60_000;

/** Agents below `agents` may have any name. */
export const skipped: Skip = (parts) =>
  parts.some((part, at) => SKIPPED.test(part) && !(at === 1 && parts[0] === "agents"));

/** A command that outlived its starter would keep changing restored files. */
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

/** Whether files changed long after the step, so that restoring copies would lose newer work. */
export function usedSince({ root, since }: CutOffStep): boolean {
  const until = since + LONGEST_STEP_MS;
  const { files } = listBelow(placeAt(root).root, skipped);
  return files.some((path) => lstatSync(path).mtimeMs > until);
}

const DATABASE = "SQLite format 3\0";

/** Skips databases, whose pages may split a login. */
export function holdsCredential(secrets: readonly string[]) {
  return (path: string, bytes: Uint8Array): boolean => {
    const text = Buffer.from(bytes).toString("utf8");
    const isDatabase = text.startsWith(DATABASE) || /\.sqlite(?:-wal|-shm|-journal)?$/u.test(path);
    const language = /\.env$/u.test(path) ? "dotenv" : "json5";
    return isDatabase || maskFile(text, language, secrets).some(({ hidden }) => hidden !== null);
  };
}

/** Overwrites or removes a file that OpenClaw made from ours, so that no token stays. */
export function replaceLeftover(path: string, bytes: Uint8Array | null): void {
  if (bytes === null) rmSync(path, { force: true });
  else writeFileSync(path, bytes, { mode: 0o600 });
}
