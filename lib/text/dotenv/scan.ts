/**
 * Maps each assignment of a `.env` text to its offsets, in linear time.
 * Matches dotenv 17.4.2 (OpenClaw 2026.2.9 and 2026.9.6), oddities included.
 */

export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly exported: boolean;
  /** Includes quotes but no surrounding blanks; empty without a value. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly quote: "" | '"' | "'" | "`";
}

/** Matches up to the `=`, or the colon and the required blank. */
const HEAD = /(?:export\s+)?(?<name>[\w.-]+)(?:\s*=|:(?:\r\n|\s))/dy;
/** Only blanks and a comment may follow a quoted value. */
const REST = /\s*(?:#.*)?$/my;
const BARE = /[^#\r\n]*/y;
const COMMENT = /(?:#.*)?/y;
const SPACE = /\s*/y;
const LINE_END = /[\n\r\u2028\u2029]/g;

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
  readonly next: number;
  readonly quote: Assignment["quote"];
}

/** Null unless a quote opens here and closes with only a comment after it. */
function quoted(text: string, from: number): Value | null {
  const start = endOf(SPACE, text, from) ?? from;
  const quote = text[start];
  if (quote !== '"' && quote !== "'" && quote !== "`") return null;
  const closes: number[] = [];
  for (let at = text.indexOf(quote, start + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    closes.push(at);
    // An escaped quote closes only if no later quote does.
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

function nextLine(text: string, from: number): number {
  return endOf(LINE_END, text, Math.max(0, from - 1)) ?? text.length;
}

function meaning(written: string): string {
  const lines = written.replace(/\r\n?/g, "\n");
  const bare = lines.replace(/^(["'`])([\s\S]*)\1$/gm, "$2");
  if (!lines.startsWith('"')) return bare;
  return bare.replaceAll("\\n", "\n").replaceAll("\\r", "\r");
}
