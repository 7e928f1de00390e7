/** Finds the JSON answer in output that may contain log lines. */

import type { z } from "zod";
import { parseJson } from "@/lib/text/json";

/** A text that needs more steps is a flood of braces. */
const MOST_STEPS = 50_000_000;

/** Needs both outputs: 2026.4.15 answers on standard error, and 2026.2.9 draws boxes first. */
export function findJson<T>(texts: readonly string[], schema: z.ZodType<T>): T | null {
  let steps = 0;
  for (const text of texts) {
    for (const start of lineStarts(text)) {
      if (steps > MOST_STEPS) return null;
      const end = objectEnd(text, start);
      steps += (end ?? text.length) - start;
      if (end === null) continue;
      const parsed = schema.safeParse(parseJson(text.slice(start, end)));
      if (parsed.success) return parsed.data;
    }
  }
  return null;
}

function* lineStarts(text: string): Generator<number> {
  for (const match of text.matchAll(/^[ \t]*\{/gm)) yield match.index + match[0].length - 1;
}

function objectEnd(text: string, start: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth += 1;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return null;
}
