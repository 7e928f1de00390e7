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

export interface DotenvScan {
  readonly assignments: readonly Assignment[];
  /** Work done, in characters looked at. */
  readonly steps: number;
}

export function scanDotenv(text: string): DotenvScan {
  return new DotenvScanner(text).run();
}

const SPACE = /\s/;
const NAME = /[\w.-]/;

/** What ends a line for a regular expression with the m flag. */
function endsLine(char: string | undefined): boolean {
  return char === "\n" || char === "\r" || char === "\u2028" || char === "\u2029";
}

function isQuote(char: string | undefined): char is '"' | "'" | "`" {
  return char === '"' || char === "'" || char === "`";
}

class DotenvScanner {
  private steps = 0;

  constructor(private readonly text: string) {}

  run(): DotenvScan {
    const assignments: Assignment[] = [];
    let at = 0;
    while (at < this.text.length) {
      const start = this.skip(at, SPACE);
      const found = this.assignment(start);
      if (found === null) {
        at = this.nextLine(start + 1);
      } else {
        assignments.push(found.assignment);
        at = this.nextLine(found.end);
      }
    }
    return { assignments, steps: this.steps };
  }

  /** One past the characters of a kind. */
  private skip(from: number, kind: RegExp): number {
    let at = from;
    while (at < this.text.length && kind.test(this.text[at] as string)) at += 1;
    this.steps += at - from + 1;
    return at;
  }

  /** Where the next line starts, at or after an offset. */
  private nextLine(from: number): number {
    let at = from;
    if (at > 0 && endsLine(this.text[at - 1])) return at;
    while (at < this.text.length && !endsLine(this.text[at])) at += 1;
    this.steps += at - from + 1;
    return at + 1;
  }

  private assignment(start: number): { assignment: Assignment; end: number } | null {
    const { text } = this;
    const word = this.skip(start, NAME);
    let nameStart = start;
    let nameEnd = word;
    if (text.slice(start, start + 6) === "export") {
      // After `export` a name must follow; where none does, `export` itself is the name.
      const next = this.skip(start + 6, SPACE);
      const end = this.skip(next, NAME);
      if (next > start + 6 && end > next) {
        nameStart = next;
        nameEnd = end;
      }
    }
    const from = nameEnd > nameStart ? this.separatorEnd(nameEnd) : null;
    if (from === null) return null;
    const value = this.quoted(from) ?? this.unquoted(from);
    const assignment: Assignment = {
      name: text.slice(nameStart, nameEnd),
      value: meaning(text.slice(value.start, value.end)),
      start,
      exported: nameStart > start,
      valueStart: value.start,
      valueEnd: value.end,
      quote: value.quote,
    };
    return { assignment, end: value.next };
  }

  /** One past `=`, or past a colon and the blank it needs; null when there is neither. */
  private separatorEnd(nameEnd: number): number | null {
    const equals = this.skip(nameEnd, SPACE);
    if (this.text[equals] === "=") return equals + 1;
    if (this.text[nameEnd] !== ":") return null;
    const blank = this.text[nameEnd + 1];
    if (blank === undefined || !SPACE.test(blank)) return null;
    return blank === "\r" && this.text[nameEnd + 2] === "\n" ? nameEnd + 3 : nameEnd + 2;
  }

  private quoted(from: number): Value | null {
    const start = this.skip(from, SPACE);
    const quote = this.text[start];
    if (!isQuote(quote)) return null;
    const escaped: number[] = [];
    let at = start + 1;
    for (; at < this.text.length; at += 1) {
      if (this.text[at] !== quote) continue;
      if (at === start + 1 || this.text[at - 1] !== "\\") break;
      escaped.push(at);
    }
    this.steps += at - start;
    if (at < this.text.length) escaped.push(at);
    for (const close of escaped.reverse()) {
      const next = this.lineRest(close + 1);
      if (next !== null) return { start, end: close + 1, next, quote };
    }
    return null;
  }

  /** After a quoted value only blanks and a comment may follow; the offset where that ends. */
  private lineRest(from: number): number | null {
    const { text } = this;
    const at = this.skip(from, SPACE);
    if (at === text.length) return at;
    if (text[at] === "#") return this.commentEnd(at);
    let last = at;
    while (last > from && !endsLine(text[last - 1])) last -= 1;
    this.steps += at - last;
    return last > from ? last - 1 : null;
  }

  private commentEnd(from: number): number {
    let at = from;
    while (at < this.text.length && !endsLine(this.text[at])) at += 1;
    this.steps += at - from;
    return at;
  }

  private unquoted(from: number): Value {
    const { text } = this;
    let end = from;
    while (end < text.length && !"#\r\n".includes(text[end] as string)) end += 1;
    this.steps += end - from;
    const raw = text.slice(from, end);
    const start = from + (raw.length - raw.trimStart().length);
    const isEmpty = raw.trim() === "";
    const next = text[end] === "#" ? this.commentEnd(end) : end;
    return isEmpty
      ? { start: from, end: from, next, quote: "" }
      : { start, end: from + raw.trimEnd().length, next, quote: "" };
  }
}

interface Value {
  readonly start: number;
  readonly end: number;
  /** Where the search for the next assignment goes on. */
  readonly next: number;
  readonly quote: Assignment["quote"];
}

/** What a value as written stands for. */
function meaning(written: string): string {
  const lines = written.replace(/\r\n?/g, "\n");
  const bare = lines.replace(/^(["'`])([\s\S]*)\1$/gm, "$2");
  if (!lines.startsWith('"')) return bare;
  return bare.replaceAll("\\n", "\n").replaceAll("\\r", "\r");
}
