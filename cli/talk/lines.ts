/** Parts of both askers: printed lines, a typed line and a typed secret. */

import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { isColoured } from "@/cli/say/colour";
import { wrapped } from "@/cli/say/wrap";
import type { Terminal } from "@/cli/terminal";

export function columnsOf({ stdout }: Pick<Terminal, "stdout">): number {
  return "columns" in stdout && typeof stdout.columns === "number" && stdout.columns > 0
    ? stdout.columns
    : 80;
}

export function sayWords(terminal: Terminal, lines: readonly string[]): void {
  const columns = columnsOf(terminal);
  showRaw(
    terminal,
    lines.flatMap((line) => wrapped(line, columns)),
  );
}

export function sayTitle(terminal: Terminal, text: string): void {
  const [on, off] = isColoured(terminal) ? ["\u001b[1m", "\u001b[0m"] : ["", ""];
  showRaw(
    terminal,
    wrapped(text, columnsOf(terminal)).map((line) => `${on}${line}${off}`),
  );
}

export function showRaw({ stdout }: Terminal, lines: readonly string[]): void {
  for (const line of lines) stdout.write(`${line}\n`);
}

/** Null if the user ended it. Uses the terminal's own echo, without moving the cursor. */
export async function typedLine(terminal: Terminal, question: string): Promise<string | null> {
  return typed(terminal, question, false);
}

/** Secret. */
export async function typedSecret(terminal: Terminal, question: string): Promise<string | null> {
  const text = await typed(terminal, question, true);
  terminal.stdout.write("\n");
  return text;
}

async function typed(
  terminal: Terminal,
  question: string,
  isHidden: boolean,
): Promise<string | null> {
  const { stdin, stdout, signal } = terminal;
  if (signal.aborted) return null;
  // Suppresses the reader's echo.
  const output = new Writable({ write: (_text, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output, terminal: isHidden, historySize: 0 });
  const closed = new Promise<null>((resolve) => reader.once("close", () => resolve(null)));
  // Prints the question last, because the terminal echoes until the reader takes over.
  const lines = wrapped(question, columnsOf(terminal) - 1);
  stdout.write(`${lines.join("\n")} `);
  try {
    return await Promise.race([reader.question("", { signal }), closed]);
  } catch {
    return null;
  } finally {
    reader.close();
  }
}
