/** Picks the style at one place: from neighbours, then the file, then plain JSON. */

import { commentEnd, indentAt, isBlank, isNewline, isPlainKey } from "@/lib/text/json5/characters";
import { PLAIN_JSON, type Quote, type Style } from "@/lib/text/json5/print";
import type { Container, Entry, Scan } from "@/lib/text/json5/tree";

/** The range may hold only blanks, comments and commas. */
export function hasNewline(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    if (isNewline(text[at])) return true;
    at = text[at] === "/" ? commentEnd(text, at) : at + 1;
  }
  return false;
}

export function startsLine(text: string, entry: Entry): boolean {
  let at = entry.lineStart;
  while (at < entry.start && isBlank(text[at])) at += 1;
  return at === entry.start;
}

export function slotStart(container: Container, index: number): number {
  const previous = container.entries[index - 1];
  return previous === undefined ? container.start + 1 : previous.comma + 1;
}

/** Whether the last entry has its own line; null without entries. */
export function isMultiline(text: string, container: Container): boolean | null {
  const last = container.entries.at(-1);
  if (last === undefined) return null;
  return (
    hasNewline(text, slotStart(container, container.entries.length - 1), last.start) ||
    hasNewline(text, last.value.end, container.end - 1)
  );
}

function localEol(text: string, container: Container): string {
  const last = container.entries.at(-1);
  const from = last === undefined ? container.start + 1 : last.value.end;
  for (let at = from; at < container.end; at += 1) {
    if (text[at] === "\n") return "\n";
    if (text[at] === "\r") return text[at + 1] === "\n" ? "\r\n" : "\r";
  }
  const { lineStart } = container;
  if (text[lineStart - 1] === "\n") return text[lineStart - 2] === "\r" ? "\r\n" : "\n";
  return text[lineStart - 1] === "\r" ? "\r" : "";
}

function localUnit(text: string, chain: readonly Container[]): string {
  for (const container of chain.toReversed()) {
    const first = container.entries[0];
    if (first === undefined || first.lineStart === container.lineStart) continue;
    const outer = indentAt(text, container.lineStart);
    const inner = indentAt(text, first.lineStart);
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  }
  return "";
}

function quoteOf(text: string, start: number): Quote | null {
  const char = text[start];
  return char === '"' || char === "'" ? char : null;
}

function localQuote(text: string, container: Container | undefined): Quote | null {
  for (const entry of (container?.entries ?? []).toReversed()) {
    const quote = quoteOf(text, entry.value.start);
    if (quote !== null) return quote;
  }
  return null;
}

function localBareKeys(text: string, container: Container | undefined): boolean | null {
  for (const entry of (container?.entries ?? []).toReversed()) {
    if (entry.key === null) return null;
    if (isPlainKey(entry.key)) return quoteOf(text, entry.start) === null;
  }
  return null;
}

function localKeyQuote(text: string, container: Container | undefined): Quote | null {
  for (const entry of (container?.entries ?? []).toReversed()) {
    if (entry.key === null) return null;
    const quote = quoteOf(text, entry.start);
    if (quote !== null) return quote;
  }
  return null;
}

/** With at most one blank on each side. */
function localColon(text: string, container: Container | undefined): string | null {
  const last = container?.entries.at(-1);
  if (last === undefined || last.key === null) return null;
  const between = text.slice(last.keyEnd, last.value.start);
  const plain = /^([ \t]?)[ \t]*:([ \t]?)[ \t]*$/.exec(between);
  return plain === null ? null : `${plain[1] ?? ""}:${plain[2] ?? ""}`;
}

/**
 * The style for new text inside a container.
 * @param chain the containers from the root to the one that is changed
 */
export function styleAt(text: string, scan: Scan, chain: readonly Container[]): Style {
  const { habits } = scan;
  const here = chain.at(-1);
  const fileQuote: Quote =
    habits.singleStrings > habits.doubleStrings ||
    (habits.singleStrings + habits.doubleStrings === 0 && habits.singleKeys > habits.doubleKeys)
      ? "'"
      : '"';
  const fileKeyQuote: Quote =
    habits.doubleKeys === habits.singleKeys
      ? fileQuote
      : habits.singleKeys > habits.doubleKeys
        ? "'"
        : '"';
  const tight = habits.tightColons > habits.spacedColons;
  const last = here?.entries.at(-1);
  const multiline = here === undefined ? null : isMultiline(text, here);
  return {
    eol: (here && localEol(text, here)) || habits.eol || PLAIN_JSON.eol,
    unit: localUnit(text, chain) || habits.unit || PLAIN_JSON.unit,
    bareKeys: localBareKeys(text, here) ?? habits.bareKeys > habits.quotedPlainKeys,
    keyQuote: localKeyQuote(text, here) ?? fileKeyQuote,
    quote: localQuote(text, here) ?? fileQuote,
    colon: localColon(text, here) ?? (tight ? ":" : ": "),
    trailingComma:
      last !== undefined && multiline === true
        ? last.comma >= 0
        : habits.trailingCommas > habits.noTrailingCommas,
    gap: localGap(text, here) ?? (tight ? "" : " "),
    objectPad:
      habits.paddedObjects === habits.tightObjects
        ? tight
          ? ""
          : " "
        : habits.paddedObjects > habits.tightObjects
          ? " "
          : "",
    arrayPad: habits.paddedArrays > habits.tightArrays ? " " : "",
  };
}

function localGap(text: string, container: Container | undefined): string | null {
  const last = container?.entries.at(-1);
  if (container === undefined || last === undefined || container.entries.length < 2) return null;
  const gap = text.slice(slotStart(container, container.entries.length - 1), last.start);
  return /^ ?$/.test(gap) ? gap : null;
}
