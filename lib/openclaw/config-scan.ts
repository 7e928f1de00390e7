/**
 * A lossless map of a JSON5 text: where every key, value, comma and comment stands, and what habits
 * the text has. One pass, each character read a bounded number of times. The text must already have
 * been accepted by a parser; what the pass does not understand makes it throw `ScanError`.
 */

import JSON5 from "json5";
import {
  BACKSLASH,
  CR,
  commentEnd,
  DOUBLE,
  endsWord,
  indentAt,
  isBlank,
  isNewlineCode,
  isPlainKey,
  isSpaceCode,
  LF,
  LS,
  PS,
  SINGLE,
  SLASH,
} from "@/lib/openclaw/config-chars";
import {
  type Container,
  type Entry,
  type Habits,
  MAX_DEPTH,
  type Node,
  type Range,
  type Scan,
  ScanError,
} from "@/lib/openclaw/config-tree";

/** Map a JSON5 text. Throws ScanError when the text is not what a parser would accept. */
export function scanConfig(text: string): Scan {
  return new Scanner(text).run();
}

class Scanner {
  private at = 0;
  private steps = 0;
  private lineStart = 0;
  private readonly comments: Range[] = [];
  private readonly habits: Habits = {
    bareKeys: 0,
    doubleKeys: 0,
    singleKeys: 0,
    quotedPlainKeys: 0,
    doubleStrings: 0,
    singleStrings: 0,
    spacedColons: 0,
    tightColons: 0,
    trailingCommas: 0,
    noTrailingCommas: 0,
    paddedObjects: 0,
    tightObjects: 0,
    paddedArrays: 0,
    tightArrays: 0,
    unit: "",
    eol: "",
  };

  constructor(private readonly text: string) {}

  run(): Scan {
    this.trivia();
    const root = this.value(1);
    this.trivia();
    if (this.at < this.text.length) throw new ScanError(this.at);
    return { root, comments: this.comments, habits: this.habits, steps: this.steps };
  }

  /** Moves on to an offset, noting the lines that end on the way. */
  private moveTo(end: number): void {
    const { text } = this;
    for (let at = this.at; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 13 && code < 0x2028) continue;
      if (code === LF) this.lineEnded(at > 0 && text.charCodeAt(at - 1) === CR ? "\r\n" : "\n", at);
      else if (code === CR) {
        if (text.charCodeAt(at + 1) !== LF) this.lineEnded("\r", at);
      } else if (code === LS || code === PS) this.lineEnded("", at);
    }
    this.steps += end - this.at;
    this.at = end;
  }

  private lineEnded(eol: string, at: number): void {
    this.lineStart = at + 1;
    if (this.habits.eol === "") this.habits.eol = eol;
  }

  /** Skips whitespace and comments; true when a line ended outside a block comment. */
  private trivia(): boolean {
    const { text } = this;
    let newline = false;
    for (;;) {
      let end = this.at;
      let code = text.charCodeAt(end);
      let ended = false;
      while (isSpaceCode(code)) {
        if (isNewlineCode(code)) ended = true;
        end += 1;
        code = text.charCodeAt(end);
      }
      if (ended) {
        newline = true;
        this.moveTo(end);
      } else {
        this.steps += end - this.at;
        this.at = end;
      }
      if (code !== SLASH) return newline;
      const start = this.at;
      this.moveTo(commentEnd(text, start));
      this.comments.push({ start, end: this.at });
    }
  }

  private value(depth: number): Node {
    const char = this.text[this.at];
    if (char === "{" || char === "[") return this.container(char, depth);
    const start = this.at;
    if (char === '"') this.habits.doubleStrings += 1;
    if (char === "'") this.habits.singleStrings += 1;
    this.token();
    return { kind: "scalar", start, end: this.at };
  }

  /** A string, number, word or unquoted key. */
  private token(): void {
    const { text, at: start } = this;
    const quote = text.charCodeAt(start);
    let end = start;
    if (quote === DOUBLE || quote === SINGLE) {
      let escapes = false;
      for (end += 1; text.charCodeAt(end) !== quote; end += 1) {
        if (end >= text.length) throw new ScanError(start);
        if (text.charCodeAt(end) !== BACKSLASH) continue;
        escapes = true;
        end += 1;
      }
      end += 1;
      // Only an escape can carry a string over a line ending; U+2028 in it ends no line of a file.
      if (escapes) {
        this.moveTo(end);
        return;
      }
    } else {
      while (end < text.length && !endsWord(text.charCodeAt(end))) end += 1;
      if (end === start) throw new ScanError(start);
    }
    this.steps += end - start;
    this.at = end;
  }

  private container(open: "{" | "[", depth: number): Container {
    if (depth > MAX_DEPTH) throw new ScanError(this.at, true);
    const { at: start, lineStart } = this;
    const kind = open === "{" ? "object" : "array";
    const close = open === "{" ? "}" : "]";
    const entries: Entry[] = [];
    this.at += 1;
    const padded = isBlank(this.text[this.at]);
    let newline = this.trivia();
    const openNewline = newline;
    while (this.text[this.at] !== close) {
      const previous = entries.at(-1);
      if (previous !== undefined && previous.comma < 0) throw new ScanError(this.at);
      newline = this.entry(kind, depth, entries);
    }
    this.at += 1;
    this.steps += 2;
    this.noteLayout(kind, lineStart, padded, openNewline, newline, entries);
    return { kind, start, end: this.at, lineStart, entries };
  }

  /** One entry with its comma; true when a line ended after it. */
  private entry(kind: "object" | "array", depth: number, entries: Entry[]): boolean {
    const { at: start, lineStart } = this;
    let key: string | null = null;
    let keyEnd = start;
    if (kind === "object") {
      key = this.key();
      keyEnd = this.at;
      this.trivia();
      if (this.text[this.at] !== ":") throw new ScanError(this.at);
      this.at += 1;
      this.steps += 1;
      if (isBlank(this.text[this.at])) this.habits.spacedColons += 1;
      else this.habits.tightColons += 1;
      this.trivia();
    }
    const value = this.value(depth + 1);
    let newline = this.trivia();
    let comma = -1;
    if (this.text[this.at] === ",") {
      comma = this.at;
      this.at += 1;
      this.steps += 1;
      newline = this.trivia();
    }
    entries.push({ start, lineStart, key, keyEnd, value, comma });
    return newline;
  }

  private key(): string {
    const start = this.at;
    this.token();
    const raw = this.text.slice(start, this.at);
    const quote = raw[0];
    if (quote !== '"' && quote !== "'") {
      this.habits.bareKeys += 1;
      return raw.replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
    if (quote === '"') this.habits.doubleKeys += 1;
    else this.habits.singleKeys += 1;
    const key = raw.includes("\\") ? JSON5.parse<string>(raw) : raw.slice(1, -1);
    if (isPlainKey(key)) this.habits.quotedPlainKeys += 1;
    return key;
  }

  private noteLayout(
    kind: "object" | "array",
    lineStart: number,
    padded: boolean,
    openNewline: boolean,
    closeNewline: boolean,
    entries: readonly Entry[],
  ): void {
    const first = entries[0];
    const last = entries.at(-1);
    if (first === undefined || last === undefined) return;
    if (openNewline || closeNewline) {
      if (last.comma >= 0) this.habits.trailingCommas += 1;
      else this.habits.noTrailingCommas += 1;
    } else if (kind === "object") {
      if (padded) this.habits.paddedObjects += 1;
      else this.habits.tightObjects += 1;
    } else if (padded) this.habits.paddedArrays += 1;
    else this.habits.tightArrays += 1;
    if (!openNewline || this.habits.unit !== "") return;
    const outer = indentAt(this.text, lineStart);
    const inner = indentAt(this.text, first.lineStart);
    if (inner.length > outer.length && inner.startsWith(outer)) {
      this.habits.unit = inner.slice(outer.length);
    }
  }
}
