/** What a release's own doctor says of the places for which it wrote nothing at all. Pure. */

import type { ConfigPath } from "@/lib/text/json5/types";

/**
 * 2026.9.6 writes all of its changes or none: "Doctor could not apply config fixes: the repaired config still fails
 * validation.", and the places, in a frame. Empty where it says nothing like it.
 */
export function unwrittenFor(words: string): readonly ConfigPath[] {
  const text = words.replace(/ *│\n│ */gu, " ").replace(/\s+/gu, " ");
  const list = /still fails validation\. (?<list>.*?) No config changes were written/u.exec(text);
  return (list?.groups?.["list"] ?? "")
    .split(/(?:^| )- (?=[\w<])/u)
    .flatMap((line) => /^(?<path>[^\s:]+):/u.exec(line)?.groups?.["path"] ?? [])
    .map((path) => path.replace(/\[(\d+)\]/gu, ".$1").split("."))
    .map((path) => path.map((part) => (/^\d+$/u.test(part) ? Number(part) : part)));
}
