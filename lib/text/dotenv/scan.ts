/**
 * A map of a `.env` text: each assignment with its offsets. It reads what the dotenv library reads
 * (17.4.2, used by OpenClaw 2026.2.9 and 2026.9.6), oddities included, since a value that only we
 * see is of no use: blanks and line endings may stand around `=`, a quoted value may begin on a later
 * line and go over several, a quote may close at an escaped one if nothing but a comment follows,
 * and a line that fits nothing is skipped. Linear in the length of the text.
 */

export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Offset of the name, or of the `export` before it. */
  readonly start: number;
  readonly exported: boolean;
  /** The value as written, quotes included and blanks around it not; empty when there is none. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The quote around the value, "" when it has none. */
  readonly quote: "" | '"' | "'" | "`";
}

/** An assignment as far as its `=`, or the colon and the blank it needs. */
const HEAD = /(?:export\s+)?(?<name>[\w.-]+)(?:\s*=|:(?:\r\n|\s))/dy;
/** After a quoted value only blanks and a comment may follow. */
const REST = /\s*(?:#.*)?$/my;
const BARE = /[^#\r\n]*/y;
const COMMENT = /(?:#.*)?/y;
const SPACE = /\s*/y;
/** What ends a line for a regular expression with the m flag. */
const LINE_END = /[\n\r\u2028\u2029]/g;

/** Every assignment of a text, in its order. */
export function scanDotenv(text: string): readonly Assignment[] {
  const assignments: Assignment[] = [];
  let at = 0;
  while (at < text.length) {
    const start = endOf(SPACE, text, at) ?? at;
    const head = matchAt(HEAD, text, start);
    if (!head) {
      at = nextLine(text, start + 1);
      continue;
    }
    const [nameStart, nameEnd] = head.indices?.groups?.["name"] ?? [start, start];
    const value = quoted(text, HEAD.lastIndex) ?? bare(text, HEAD.lastIndex);
    assignments.push({
      name: text.slice(nameStart, nameEnd),
      value: meaning(text.slice(value.start, value.end)),
      start,
      exported: nameStart > start,
      valueStart: value.start,
      valueEnd: value.end,
      quote: value.quote,
    });
    at = nextLine(text, value.next);
  }
  return assignments;
}

interface Value {
  readonly start: number;
  readonly end: number;
  /** Where the search for the next assignment goes on. */
  readonly next: number;
  readonly quote: Assignment["quote"];
}

/** Null where no quote opens here, or none closes with nothing but a comment after it. */
function quoted(text: string, from: number): Value | null {
  const start = endOf(SPACE, text, from) ?? from;
  const quote = text[start];
  if (quote !== '"' && quote !== "'" && quote !== "`") return null;
  const closes: number[] = [];
  for (let at = text.indexOf(quote, start + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    closes.push(at);
    // One behind a backslash closes only where no later one does.
    if (at === start + 1 || text[at - 1] !== "\\") break;
  }
  for (const close of closes.reverse()) {
    const next = endOf(REST, text, close + 1);
    if (next !== null) return { start, end: close + 1, next, quote };
  }
  return null;
}

function bare(text: string, from: number): Value {
  const end = endOf(BARE, text, from) ?? from;
  const next = endOf(COMMENT, text, end) ?? end;
  const raw = text.slice(from, end);
  const isEmpty = raw.trim() === "";
  return {
    start: isEmpty ? from : end - raw.trimStart().length,
    end: isEmpty ? from : from + raw.trimEnd().length,
    next,
    quote: "",
  };
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}

function endOf(sticky: RegExp, text: string, at: number): number | null {
  return matchAt(sticky, text, at) ? sticky.lastIndex : null;
}

/** Where the next line starts, at or after an offset. */
function nextLine(text: string, from: number): number {
  return endOf(LINE_END, text, Math.max(0, from - 1)) ?? text.length;
}

/** What a value as written stands for. */
function meaning(written: string): string {
  const lines = written.replace(/\r\n?/g, "\n");
  const bare = lines.replace(/^(["'`])([\s\S]*)\1$/gm, "$2");
  if (!lines.startsWith('"')) return bare;
  return bare.replaceAll("\\n", "\n").replaceAll("\\r", "\r");
}
