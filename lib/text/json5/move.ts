/** Moves an entry as written, with its comments, and removes objects it leaves empty. */

import { indentAt, isBlank, isNewline } from "@/lib/text/json5/characters";
import type { Print, Splice } from "@/lib/text/json5/insert";
import { printKey, printValue, type Style } from "@/lib/text/json5/print";
import { removeEntry } from "@/lib/text/json5/remove";
import { slotStart, startsLine } from "@/lib/text/json5/style";
import type { Container, Entry, Range, Scan } from "@/lib/text/json5/tree";
import type { ConfigPath, Json } from "@/lib/text/json5/types";

export interface Carried {
  /** Null if its value changes. */
  readonly text: string | null;
  readonly indent: string;
  /** Each comment gets its own line. */
  readonly above: readonly string[];
  readonly beside: readonly string[];
}

export interface TakenOut {
  readonly splices: readonly Splice[];
  readonly carried: Carried;
}

/** Removes an entry, its comments and up to `emptied` objects that become empty. */
export function takeOut(
  text: string,
  scan: Scan,
  chain: readonly Container[],
  entry: Entry,
  { emptied, isSame }: { readonly emptied: number; readonly isSame: boolean },
): TakenOut {
  const top = steps(chain, entry, emptied).at(-1);
  if (top === undefined) return { splices: [], carried: NOTHING };
  const from = commentsAbove(text, scan, top.holder, top.entry);
  const splices = removeEntry(text, top.holder, top.holder.entries.indexOf(top.entry), from);
  const { value } = entry;
  const comments = scan.comments.filter(
    (one) => splices.some((part) => isIn(one, part)) && !(isSame && isIn(one, value)),
  );
  const isBeside = ({ start }: Range) => start >= value.end && !endsLine(text, value.end, start);
  const words = (ones: readonly Range[]) => ones.map(({ start, end }) => text.slice(start, end));
  return {
    splices,
    carried: {
      text: isSame ? text.slice(value.start, value.end) : null,
      indent: indentAt(text, entry.lineStart),
      above: words(comments.filter((one) => !isBeside(one))),
      beside: words(comments.filter(isBeside)),
    },
  };
}

const NOTHING: Carried = { text: null, indent: "", above: [], beside: [] };

/** Removes an entry and emptied objects; other comments in these stay in place. */
export function removeEmptied(
  text: string,
  scan: Scan,
  chain: readonly Container[],
  entry: Entry,
  emptied: number,
): { readonly splices: readonly Splice[]; readonly kept: readonly string[] } {
  const [own, ...above] = steps(chain, entry, emptied);
  if (own === undefined) return { splices: [], kept: [] };
  const cuts = removeEntry(text, own.holder, own.holder.entries.indexOf(own.entry));
  const top = above.at(-1);
  if (top === undefined) return { splices: cuts, kept: [] };
  const splices = removeEntry(text, top.holder, top.holder.entries.indexOf(top.entry));
  const kept = scan.comments
    .filter((one) => isIn(one, { start: top.entry.start, end: top.entry.value.end }))
    .filter((one) => !cuts.some((part) => isIn(one, part)))
    .map(({ start, end }) => text.slice(start, end));
  if (kept.length === 0) return { splices, kept };
  const at = splices.findIndex((part) => isIn(top.entry.value, part));
  return {
    splices: splices.map((one, i) => (i === at ? filled(text, one, top, kept) : one)),
    kept,
  };
}

/** Keeps comments on their lines, or in place of an entry that shares its line. */
function filled(text: string, part: Splice, { entry }: Step, kept: readonly string[]): Splice {
  const isLines = part.start === entry.lineStart && isNewline(text[part.end - 1]);
  if (!isLines) {
    const isLine = kept.some((one) => one.startsWith("//")) && !isNewline(text[part.end]);
    return { ...part, text: ` ${kept.map(closed).join(" ")}${isLine ? " " : ""}` };
  }
  const eol = text.slice(text[part.end - 2] === "\r" ? part.end - 2 : part.end - 1, part.end);
  const indent = indentAt(text, entry.lineStart);
  return { ...part, text: kept.map((one) => `${indent}${one}${eol}`).join("") };
}

/** Turns a line comment into a block comment, so that code may follow. */
function closed(comment: string): string {
  return comment.startsWith("//") ? `/*${comment.slice(2).replaceAll("*/", "* /")} */` : comment;
}

interface Step {
  readonly holder: Container;
  readonly entry: Entry;
}

function steps(chain: readonly Container[], entry: Entry, emptied: number): Step[] {
  const found: Step[] = [];
  let now: Entry | undefined = entry;
  for (let at = chain.length - 1; at >= 0 && now !== undefined; at -= 1) {
    const holder: Container | undefined = chain[at];
    if (holder === undefined) break;
    found.push({ holder, entry: now });
    const outer: Container | undefined = chain[at - 1];
    const isOnly = holder.kind === "object" && holder.entries.length === 1;
    if (!isOnly || outer?.kind !== "object" || found.length > emptied) break;
    now = outer.entries.find(({ value }) => value === holder);
  }
  return found;
}

/** The start of the comments right above an entry; null if there are none. */
function commentsAbove(
  text: string,
  scan: Scan,
  container: Container,
  entry: Entry,
): number | null {
  if (!startsLine(text, entry)) return null;
  const least = slotStart(container, container.entries.indexOf(entry));
  let top = entry.lineStart;
  for (const { start, end } of scan.comments.toReversed()) {
    if (end > top || start < least) continue;
    const isRightAbove = endsLine(text, end, top) && onlyBlanks(text, end, lastLineEnd(text, top));
    const lineStart = lineStartOf(text, start);
    if (!isRightAbove || lineStart < least || !onlyBlanks(text, lineStart, start)) break;
    top = lineStart;
  }
  return top < entry.lineStart ? top : null;
}

function lastLineEnd(text: string, lineStart: number): number {
  const at = lineStart - 1;
  return text[at] === "\n" && text[at - 1] === "\r" ? at - 1 : at;
}

function lineStartOf(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isNewline(text[at - 1])) at -= 1;
  return at;
}

function onlyBlanks(text: string, from: number, to: number): boolean {
  if (to < from) return false;
  for (let at = from; at < to; at += 1) if (!isBlank(text[at])) return false;
  return true;
}

function endsLine(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isNewline(text[at])) return true;
  return false;
}

function isIn(inner: Range, outer: Range): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Prints an entry below the parents that are missing at its target. */
export function printCarried(missing: ConfigPath, carried: Carried, value: Json): Print {
  const { above, beside } = carried;
  const [first, ...rest] = missing;
  const isNested = rest.length > 0;
  const needsLines = above.length + beside.length > 0 || /[\n\r]/u.test(carried.text ?? "");
  const entry = (style: Style, indent: string | null): string => {
    const name = typeof first === "string" ? printKey(first, style) + style.colon : "";
    if (!isNested)
      return linesAbove(carried, style, indent) + name + valueText(carried, value, style, indent);
    return name + nested(rest, carried, value, style, indent);
  };
  return { entry, needsLines, beside: isNested ? "" : behind(beside) };
}

function behind(comments: readonly string[]): string {
  return comments.length === 0 ? "" : ` ${comments.join(" ")}`;
}

function linesAbove({ above }: Carried, style: Style, indent: string | null): string {
  return above.map((one) => `${one}${style.eol}${indent ?? ""}`).join("");
}

function valueText(carried: Carried, value: Json, style: Style, indent: string | null): string {
  const { text } = carried;
  if (text === null) return printValue(value, style, indent);
  return indent === null ? text : indented(text, carried.indent, indent);
}

function nested(
  [part, ...rest]: ConfigPath,
  carried: Carried,
  value: Json,
  style: Style,
  indent: string | null,
): string {
  const inner = indent === null ? null : indent + style.unit;
  const name = printKey(String(part), style) + style.colon;
  const body =
    rest.length > 0
      ? name + nested(rest, carried, value, style, inner)
      : linesAbove(carried, style, inner) + name + valueText(carried, value, style, inner);
  if (inner === null) return `{${style.objectPad}${body}${style.objectPad}}`;
  const comma = style.trailingComma ? "," : "";
  const beside = rest.length > 0 ? "" : behind(carried.beside);
  return `{${style.eol}${inner}${body}${comma}${beside}${style.eol}${indent}}`;
}

/** Reindents lines, except those of a multi-line string or comment. */
function indented(text: string, from: string, to: string): string {
  if (from === to || /\\[\n\r]/u.test(text) || hasLongComment(text)) return text;
  return text.replace(
    /(?<end>\r\n|\n|\r)(?<blanks>[ \t]*)/gu,
    (all, end: string, blanks: string) =>
      blanks.startsWith(from) ? end + to + blanks.slice(from.length) : all,
  );
}

function hasLongComment(text: string): boolean {
  for (let at = text.indexOf("/*"); at >= 0; at = text.indexOf("/*", at + 2)) {
    const close = text.indexOf("*/", at + 2);
    if (close < 0 || endsLine(text, at, close)) return true;
  }
  return false;
}
