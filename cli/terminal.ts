/** A command's interface to the terminal or script that started it. */

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { wrapped } from "@/cli/say/wrap";
import type { Words } from "@/lib/i18n/words";
import type { Environment } from "@/lib/openclaw/places/home";
import { LARGEST_FILE } from "@/lib/system/read.mjs";

export interface Terminal {
  readonly env: Environment;
  readonly words: Words;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly isInteractive: boolean;
  /** Plain lines: no colours, QR codes or cursor movement. */
  readonly isPlain: boolean;
  /** Opens the page after the command; null if not offered. */
  readonly goToPage: (() => void) | null;
  /** Aborted when the user ends the program. */
  readonly signal: AbortSignal;
}

export function sayLine({ stdout }: Terminal, text: string): void {
  stdout.write(`${text}\n`);
}

/** Calls `end` when the user ends the program, or at once if that has happened. */
export function onEnd({ signal }: Pick<Terminal, "signal">, end: () => void): void {
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
}

/** Writes to standard error, since programs read standard output. Wraps in a terminal. */
export function noteLine({ stderr }: Terminal, text: string): void {
  const columns = "columns" in stderr && typeof stderr.columns === "number" ? stderr.columns : 0;
  const isCoded = text.includes("\u001b");
  const lines =
    columns > 0 && !isCoded ? text.split("\n").flatMap((one) => wrapped(one, columns)) : [text];
  stderr.write(`${lines.join("\n")}\n`);
}

/** Does not wrap, for diffs and commands. */
export function noteRaw({ stderr }: Terminal, text: string): void {
  stderr.write(`${text}\n`);
}

/** Null in a terminal. Text beyond 8 MiB is truncated, which makes it invalid. */
export async function readInput({ stdin }: Terminal): Promise<string | null> {
  if (stdin.isTTY) return null;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stdin) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
    if (length > LARGEST_FILE) break;
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Only "yes" counts. Requires `isInteractive`. */
export async function askYes(terminal: Terminal, question: string): Promise<boolean> {
  const asked = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    const answer = await asked.question(`${question} [y/N] `, { signal: terminal.signal });
    return /^y(?:es)?$/iu.test(answer.trim());
  } catch {
    return false;
  } finally {
    asked.close();
  }
}

/** Shows and keeps nothing; null if nothing was typed. Requires `isInteractive`. */
export async function askSecret(terminal: Terminal, question: string): Promise<string | null> {
  // Suppresses the reader's echo.
  const output = new Writable({ write: (_text, _encoding, done) => done() });
  const asked = createInterface({ input: terminal.stdin, output, terminal: true, historySize: 0 });
  terminal.stderr.write(`${question} `);
  try {
    const answer = await asked.question("", { signal: terminal.signal });
    return answer.trim() === "" ? null : answer.trim();
  } catch {
    return null;
  } finally {
    asked.close();
    terminal.stderr.write("\n");
  }
}
