/** What a command has of the terminal, or of the script, that started it. */

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
  /** Somebody can be asked. */
  readonly isInteractive: boolean;
  /** Lines alone: no colour, no code of squares, no moving cursor. */
  readonly isPlain: boolean;
  /** Has the page opened once the command has ended; null where that is not on offer. */
  readonly goToPage: (() => void) | null;
  /** Aborted when the person ends the program. */
  readonly signal: AbortSignal;
}

export function sayLine({ stdout }: Terminal, text: string): void {
  stdout.write(`${text}\n`);
}

/** Calls `end` once the user ends the program, at once if that has happened already. */
export function onEnd({ signal }: Pick<Terminal, "signal">, end: () => void): void {
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
}

/** For people alone: a program reads standard output. Broken between words where somebody looks. */
export function noteLine({ stderr }: Terminal, text: string): void {
  const columns = "columns" in stderr && typeof stderr.columns === "number" ? stderr.columns : 0;
  const isCoded = text.includes("\u001b");
  const lines =
    columns > 0 && !isCoded ? text.split("\n").flatMap((one) => wrapped(one, columns)) : [text];
  stderr.write(`${lines.join("\n")}\n`);
}

/** The same as it is: a difference, or a command to copy. */
export function noteRaw({ stderr }: Terminal, text: string): void {
  stderr.write(`${text}\n`);
}

/**
 * All of standard input, or null where that is a terminal, in which nobody is to be waited for. Text beyond 8 MiB is
 * cut off, and then is neither a key nor a file of ours.
 */
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

/** Asks for a yes; anything else is a no. Only where `isInteractive`. */
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

/** Asks for a secret, of which nothing is shown and nothing is kept. Null where none was typed. Only where `isInteractive`. */
export async function askSecret(terminal: Terminal, question: string): Promise<string | null> {
  // What is typed is shown by the reader, and here to nobody.
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
