/** Computes the splices that replace a value or insert a member or item. */

import { commentEnd, indentAt, isBlank, isNewline } from "@/lib/text/json5/characters";
import { printKey, printValue, type Style } from "@/lib/text/json5/print";
import { hasNewline, isMultiline, slotStart, startsLine, styleAt } from "@/lib/text/json5/style";
import type { Container, Entry, Node, Range, Scan } from "@/lib/text/json5/tree";
import type { Json } from "@/lib/text/json5/types";

/** Replaces `[start, end)`. The splices of one edit are ordered and disjoint. */
export interface Splice extends Range {
  readonly text: string;
}

/**
 * Replaces a value and nothing around it.
 * @param chain the containers from the root to the one that holds the value
 * @param entry the entry that holds it, null for the root
 */
export function replaceValue(
  text: string,
  scan: Scan,
  chain: readonly Container[],
  entry: Entry | null,
  value: Json,
): Splice[] {
  const node = entry === null ? scan.root : entry.value;
  const style = styleAt(text, scan, chain);
  const old = text[node.start];
  const quote = old === '"' || old === "'" ? old : style.quote;
  const lineStart = entry?.lineStart ?? (node.kind === "scalar" ? 0 : node.lineStart);
  const indent = isSpread(text, chain, node) ? indentAt(text, lineStart) : null;
  return [{ ...rangeOf(node), text: printValue(value, { ...style, quote }, indent) }];
}

function isSpread(text: string, chain: readonly Container[], node: Node): boolean {
  const own = node.kind === "scalar" ? null : isMultiline(text, node);
  const around = chain.at(-1);
  return own ?? (around === undefined || isMultiline(text, around) !== false);
}

function rangeOf(node: Range): Range {
  return { start: node.start, end: node.end };
}

export interface Print {
  readonly entry: (style: Style, indent: string | null) => string;
  /** Comments after the comma, with the blank before them. */
  readonly beside: string;
  readonly needsLines: boolean;
}

/** Appends an entry. `key` is null for an array item. */
export function insertEntry(
  text: string,
  scan: Scan,
  chain: readonly Container[],
  key: string | null,
  value: Json,
): Splice[] {
  const entry = (style: Style, indent: string | null): string =>
    (key === null ? "" : printKey(key, style) + style.colon) + printValue(value, style, indent);
  return insertPrinted(text, scan, chain, { entry, beside: "", needsLines: false });
}

export function insertPrinted(
  text: string,
  scan: Scan,
  chain: readonly Container[],
  print: Print,
): Splice[] {
  const container = chain.at(-1);
  if (container === undefined) return [];
  const style = styleAt(text, scan, chain);
  const last = container.entries.at(-1);
  if (last === undefined) return fillEmpty(text, container, chain.at(-2), style, print);
  return isMultiline(text, container)
    ? appendLine(text, container, last, style, print)
    : appendInline(text, container, last, style, print);
}

function appendLine(
  text: string,
  container: Container,
  last: Entry,
  style: Style,
  { entry, beside }: Print,
): Splice[] {
  const after = last.comma < 0 ? last.value.end : last.comma + 1;
  const at = tailOf(text, after);
  const indent = entryIndent(text, container) ?? indentAt(text, container.lineStart) + style.unit;
  const line = `${style.eol}${indent}${entry(style, indent)}`;
  // A line comment would swallow what follows on the line.
  const end = beside.includes("//") && !isNewline(text[at]) ? style.eol : "";
  if (last.comma >= 0) return [{ start: at, end: at, text: `${line},${beside}${end}` }];
  if (at === after) return [{ start: at, end: at, text: `,${line}${beside}${end}` }];
  return [
    { start: after, end: after, text: "," },
    { start: at, end: at, text: `${line}${beside}${end}` },
  ];
}

function appendInline(
  text: string,
  container: Container,
  last: Entry,
  style: Style,
  { entry, beside, needsLines }: Print,
): Splice[] {
  const at = tailOf(text, last.comma < 0 ? last.value.end : last.comma + 1);
  const base = indentAt(text, container.lineStart);
  const indent = base + style.unit;
  const gap = container.entries.length > 1 ? style.gap : soloGap(text, container, style);
  const lead = needsLines ? style.eol + indent : gap;
  const end = needsLines ? style.eol + base : "";
  const printed = `${lead}${entry(style, needsLines ? indent : null)}`;
  const body = last.comma < 0 ? `,${printed}${beside}` : `${printed},${beside}`;
  return [{ start: at, end: at, text: body + end }];
}

/** With one entry, a blank after the bracket or colon suggests blanks. */
function soloGap(text: string, container: Container, style: Style): string {
  if (container.kind === "array") return style.gap;
  return isBlank(text[container.start + 1]) || style.colon.endsWith(" ") ? " " : "";
}

function fillEmpty(
  text: string,
  container: Container,
  parent: Container | undefined,
  style: Style,
  { entry, beside, needsLines }: Print,
): Splice[] {
  const close = container.end - 1;
  const { at, lineStart } = lastComment(text, container);
  const hasComment = at > container.start + 1;
  const multiline =
    needsLines ||
    hasNewline(text, container.start + 1, close) ||
    parent === undefined ||
    isMultiline(text, parent) !== false;
  if (!multiline) {
    const pad = container.kind === "object" ? style.objectPad : style.arrayPad;
    const lead = hasComment ? " " : pad;
    return [{ start: at, end: close, text: lead + entry(style, null) + beside + pad }];
  }
  const base = indentAt(text, container.lineStart);
  const own = lineStart > container.lineStart ? indentAt(text, lineStart) : "";
  const indent = own.length > base.length ? own : base + style.unit;
  const comma = style.trailingComma ? "," : "";
  const line = `${style.eol}${indent}${entry(style, indent)}${comma}${beside}`;
  // Blanks before an existing line ending stay; otherwise the bracket gets its own line.
  if (hasNewline(text, at, close)) return [{ start: at, end: at, text: line }];
  return [{ start: at, end: close, text: line + style.eol + base }];
}

/** The end of the last comment in an empty container, and the start of its line. */
function lastComment(text: string, container: Container): { at: number; lineStart: number } {
  let at = container.start + 1;
  let lineStart = container.lineStart;
  let found = { at, lineStart };
  while (at < container.end - 1) {
    if (text[at] === "/") {
      at = commentEnd(text, at);
      found = { at, lineStart };
    } else {
      at += 1;
      if (isNewline(text[at - 1])) lineStart = at;
    }
  }
  return found;
}

/** Where text after an entry goes: behind comments and trailing blanks of its line. */
function tailOf(text: string, from: number): number {
  let tail = from;
  for (let at = from; ; ) {
    if (isBlank(text[at])) at += 1;
    else if (text[at] === "/") {
      at = commentEnd(text, at);
      tail = at;
    } else return isNewline(text[at]) ? at : tail;
  }
}

function entryIndent(text: string, container: Container): string | null {
  for (let i = container.entries.length - 1; i >= 0; i -= 1) {
    const entry = container.entries[i];
    if (entry === undefined || entry.lineStart === container.lineStart) return null;
    const indent = indentAt(text, entry.lineStart);
    const leads = startsLine(text, entry) || text[entry.lineStart + indent.length] === "/";
    if (leads && hasNewline(text, slotStart(container, i), entry.start)) return indent;
  }
  return null;
}
