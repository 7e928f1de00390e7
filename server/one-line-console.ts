/** What Next.js prints of a request that it cannot understand: a line, in place of a stack for each. */

import { format } from "node:util";
import { redactWords } from "@/lib/secrets/redact";
import { visible } from "@/lib/text/visible";

/**
 * From now on whatever is printed by way of `console` is one line on standard error, without secrets: an error
 * quotes what it could not read, which a form may have held. This project itself prints nothing that way.
 */
export function printOneLine(): void {
  for (const level of ["debug", "error", "info", "log", "trace", "warn"] as const) {
    console[level] = (...words: unknown[]) => {
      const [line] = words.map(sentenceOf).join(" ").trim().split("\n");
      if (line) process.stderr.write(`${visible(redactWords(line, []))}\n`);
    };
  }
}

function sentenceOf(word: unknown): string {
  return word instanceof Error ? `${word.name}: ${word.message}` : format(word);
}
