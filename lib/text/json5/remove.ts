/** Removes an entry with its line, its comma and the comment on that line. */

import { commentEnd, isBlank, isNewline } from "@/lib/text/json5/characters";
import type { Splice } from "@/lib/text/json5/insert";
import { startsLine } from "@/lib/text/json5/style";
import type { Container, Entry } from "@/lib/text/json5/tree";

/** Computes the cuts in order. `from` is the start of the comments above that go too; others stay. */
export function removeEntry(
  text: string,
  container: Container,
  index: number,
  from: number | null = null,
): Splice[] {
  const entry = container.entries[index];
  if (entry === undefined) return [];
  const previous = container.entries[index - 1];
  const cuts: Splice[] = [];
  // A container without a trailing comma must not gain one.
  if (index === container.entries.length - 1 && previous !== undefined && entry.comma < 0) {
    cuts.push(cut(previous.comma, previous.comma + 1));
  }
  const commaBelow = entry.comma >= 0 && hasLineEnding(text, entry.value.end, entry.comma);
  const end = entry.comma < 0 || commaBelow ? entry.value.end : entry.comma + 1;
  if (from !== null && from < entry.lineStart) cuts.push(cut(from, entry.lineStart));
  cuts.push(entryCut(text, container, entry, end));
  if (commaBelow) cuts.push(cut(entry.comma, entry.comma + 1));
  const inner = cut(container.start + 1, container.end - 1);
  return isEmptied(text, inner, cuts) ? [inner] : cuts;
}

function cut(start: number, end: number): Splice {
  return { start, end, text: "" };
}

function entryCut(text: string, container: Container, entry: Entry, end: number): Splice {
  const { own, next } = ownTail(text, end);
  const endsLine = isNewline(text[next]);
  if (startsLine(text, entry)) {
    if (endsLine) return cut(entry.lineStart, pastNewline(text, next));
    return next === container.end - 1 ? cut(entry.lineStart, next) : cut(entry.start, next);
  }
  if (!endsLine && next !== container.end - 1) return cut(entry.start, next);
  let start = entry.start;
  while (start > container.start + 1 && isBlank(text[start - 1])) start -= 1;
  return cut(start, endsLine ? next : own);
}

/** `own` ends the entry's comments on its line; `next` is the first thing that stays. */
function ownTail(text: string, end: number): { own: number; next: number } {
  let own = end;
  let next = end;
  const skipBlanks = (): void => {
    while (isBlank(text[next])) next += 1;
  };
  skipBlanks();
  const first = next;
  while (text[next] === "/") {
    const past = commentEnd(text, next);
    if (hasLineEnding(text, next, past)) return { own: end, next: first };
    next = past;
    own = past;
    skipBlanks();
  }
  const closes = text[next] === "}" || text[next] === "]";
  return isNewline(text[next]) || closes ? { own, next } : { own: end, next: first };
}

function hasLineEnding(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isNewline(text[at])) return true;
  return false;
}

function pastNewline(text: string, at: number): number {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}

function isEmptied(text: string, inner: Splice, cuts: readonly Splice[]): boolean {
  let at = inner.start;
  for (const { start, end } of [...cuts, cut(inner.end, inner.end)]) {
    for (; at < start; at += 1) if (!isBlank(text[at]) && !isNewline(text[at])) return false;
    at = end;
  }
  return true;
}
