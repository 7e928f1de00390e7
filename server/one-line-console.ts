/** What Next.js prints of a request that it cannot understand: a line, in place of a stack for each. */

import { format } from "node:util";
import { redactWords } from "@/lib/secrets/redact";
import { visible } from "@/lib/text/visible";

const AGAIN_MS = 500;

/**
 * From now on whatever is printed by way of `console` is one line on standard error, without secrets: an error
 * quotes what it could not read, which a form may have held. This project itself prints nothing that way.
 */
export function printOneLine(): void {
  let last = { line: "", at: 0 };
  for (const level of ["debug", "error", "info", "log", "trace", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      const [line] = words.map(sentenceOf).join(" ").trim().split("\n");
      if (!line) return;
      const now = performance.now();
      // The same error is printed by each part of Next.js that it passes.
      if (line !== last.line || now - last.at > AGAIN_MS)
        process.stderr.write(`${visible(redactWords(line, []))}\n`);
      last = { line, at: now };
    };
  }
}

function sentenceOf(word: unknown): string {
  return word instanceof Error ? `${word.name}: ${word.message}` : format(word);
}
