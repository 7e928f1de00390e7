/** Finds the JSON answer in a program's output that may have log lines around it. */

import type { z } from "zod";
import { parseJson } from "@/lib/text/json";

/** Characters looked at in all; what needs more than this is a flood of braces, not an answer. */
const MOST_STEPS = 50_000_000;

/**
 * The first JSON object in the texts, in their order, that begins a line and that the schema accepts.
 * 2026.4.15 writes its answer to standard error, 2026.2.9 draws boxes before it: give both outputs.
 */
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

/** Offsets of the braces that are the first character of a line. */
function* lineStarts(text: string): Generator<number> {
  for (const match of text.matchAll(/^[ \t]*\{/gm)) yield match.index + match[0].length - 1;
}

/** One past the brace that closes the one at `start`; null when none does. */
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
