/** Shortens what Next.js prints about broken requests to one line instead of a stack. */

import { format } from "node:util";
import { redactWords } from "@/lib/secrets/redact";
import { visible } from "@/lib/text/visible";

const AGAIN_MS = 3000;

/** Redirects `console` to standard error without secrets, since errors quote form data. */
export function printOneLine(): void {
  let last = { line: "", at: 0 };
  const printed = new WeakSet<Error>();
  for (const level of ["debug", "error", "info", "log", "trace", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      // Several parts of Next.js print the same error, on a busy machine seconds apart.
      const errors = words.filter((word) => word instanceof Error);
      if (errors.length > 0 && errors.every((error) => printed.has(error))) return;
      for (const error of errors) printed.add(error);
      const [line] = words.map(sentenceOf).join(" ").trim().split("\n");
      if (!line) return;
      const now = performance.now();
      if (line !== last.line || now - last.at > AGAIN_MS)
        process.stderr.write(`${visible(redactWords(line, []))}\n`);
      last = { line, at: now };
    };
  }
}

function sentenceOf(word: unknown): string {
  return word instanceof Error ? `${word.name}: ${word.message}` : format(word);
}
