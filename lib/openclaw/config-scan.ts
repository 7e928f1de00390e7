/**
 * A lossless map of a JSON5 text: where every key, value, comma and comment stands, and what habits
 * the text has. One pass, each character read a bounded number of times. The text must already have
 * been accepted by a parser; what the pass does not understand makes it throw `ScanError`.
 */

import JSON5 from "json5";
import {
  type Container,
  commentEnd,
  type Entry,
  type Habits,
  indentAt,
  isBlank,
  isNewline,
  isPlainKey,
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

  private step(): void {
    const char = this.text[this.at];
    this.at += 1;
    this.steps += 1;
    if (char === undefined || !isNewline(char)) return;
    const pair = char === "\r" && this.text[this.at] === "\n";
    if (pair) this.at += 1;
    if (this.habits.eol === "" && char <= "\r") this.habits.eol = pair ? "\r\n" : char;
    this.lineStart = this.at;
  }

  /** Skips whitespace and comments; true when a line ended outside a block comment. */
  private trivia(): boolean {
    let newline = false;
    for (;;) {
      const char = this.text[this.at];
      if (isNewline(char)) {
        newline = true;
        this.step();
      } else if (isBlank(char)) {
        this.step();
      } else if (char === "/") {
        const end = commentEnd(this.text, this.at);
        this.comments.push({ start: this.at, end });
        while (this.at < end) this.step();
      } else {
        return newline;
      }
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
    const start = this.at;
    const quote = this.text[start];
    if (quote === '"' || quote === "'") {
      this.step();
      while (this.text[this.at] !== quote) {
        if (this.at >= this.text.length) throw new ScanError(start);
        if (this.text[this.at] === "\\") this.step();
        this.step();
      }
      this.step();
      return;
    }
    while (this.at < this.text.length && !this.endsWord()) this.step();
    if (this.at === start) throw new ScanError(start);
  }

  private endsWord(): boolean {
    const char = this.text[this.at] as string;
    return ":,{}[]\"'/".includes(char) || isBlank(char) || isNewline(char);
  }

  private container(open: "{" | "[", depth: number): Container {
    if (depth > MAX_DEPTH) throw new ScanError(this.at, true);
    const { at: start, lineStart } = this;
    const kind = open === "{" ? "object" : "array";
    const close = open === "{" ? "}" : "]";
    const entries: Entry[] = [];
    this.step();
    const padded = isBlank(this.text[this.at]);
    let newline = this.trivia();
    const openNewline = newline;
    while (this.text[this.at] !== close) {
      const previous = entries.at(-1);
      if (previous !== undefined && previous.comma < 0) throw new ScanError(this.at);
      newline = this.entry(kind, depth, entries);
    }
    this.step();
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
      this.step();
      if (isBlank(this.text[this.at])) this.habits.spacedColons += 1;
      else this.habits.tightColons += 1;
      this.trivia();
    }
    const value = this.value(depth + 1);
    let newline = this.trivia();
    let comma = -1;
    if (this.text[this.at] === ",") {
      comma = this.at;
      this.step();
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
