/** Reads the places for which a release's doctor wrote nothing. Pure. */

import type { ConfigPath } from "@/lib/text/json5/types";

const START = "still fails validation. ";

/**
 * 2026.9.6 writes all of its changes or none, and then lists the failing places:
 * "Doctor could not apply config fixes: the repaired config still fails validation."
 */
export function unwrittenFor(words: string): readonly ConfigPath[] {
  const text = words.replaceAll("│\n│", " ").replace(/\s+/gu, " ");
  const start = text.indexOf(START);
  const end = text.indexOf(" No config changes were written", start);
  return (start < 0 || end < 0 ? "" : text.slice(start + START.length, end))
    .split(/(?:^| )- (?=[\w<])/u)
    .flatMap((line) => /^(?<path>[^\s:]+):/u.exec(line)?.groups?.["path"] ?? [])
    .map((path) => path.replace(/\[(\d+)\]/gu, ".$1").split("."))
    .map((path) => path.map((part) => (/^\d+$/u.test(part) ? Number(part) : part)));
}
