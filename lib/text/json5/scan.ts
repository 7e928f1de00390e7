/** Parses JSON5 text and maps every key, value, comma, comment and formatting habit, in linear time. */

import {
  BACKSLASH,
  CR,
  commentEnd,
  DOUBLE,
  indentAt,
  isBlank,
  isNewlineCode,
  isPlainKey,
  isSpaceCode,
  LF,
  SINGLE,
  SLASH,
} from "@/lib/text/json5/characters";
import { numberOf, textOf, unquotedKey, WORDS } from "@/lib/text/json5/tokens";
import {
  type Container,
  type Entry,
  type Habits,
  MAX_DEPTH,
  type Node,
  type Range,
  type Scan,
  ScanError,
} from "@/lib/text/json5/tree";
import type { Json } from "@/lib/text/json5/types";

/** Throws ScanError for text that `json5` would reject. */
export function scanConfig(text: string): Scan {
  return new Scanner(text).run();
}

const BLANK = 32;
const STAR = 42;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const PLAIN_DOUBLE = /[^"\\\n\r]*/y;
const PLAIN_SINGLE = /[^'\\\n\r]*/y;

/** A number, word or unquoted key; `\s` matches all JSON5 whitespace. */
const WORD = /[^\s:,{}[\]"'/]+/y;
const NONE: Record<string, Json> = {};

/** Plain assignment would set the prototype for `__proto__`. */
function define(members: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(members, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

class Scanner {
  private at = 0;
  private steps = 0;
  private lineStart = 0;
  private made: Json = null;
  private newline = false;
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
    const { made: value, comments, habits, steps } = this;
    return { value, root, comments, habits, steps };
  }

  private moveTo(end: number): void {
    const { text } = this;
    for (let at = this.at; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (isNewlineCode(code)) this.lineEndsAt(at, code);
    }
    this.steps += end - this.at;
    this.at = end;
  }

  private lineEndsAt(at: number, code: number): void {
    const { text } = this;
    if (code === LF) this.lineEnded(text.charCodeAt(at - 1) === CR ? "\r\n" : "\n", at);
    else if (code !== CR) this.lineEnded("", at);
    else if (text.charCodeAt(at + 1) !== LF) this.lineEnded("\r", at);
  }

  private lineEnded(eol: string, at: number): void {
    this.lineStart = at + 1;
    if (this.habits.eol === "") this.habits.eol = eol;
  }

  /** Skips whitespace and comments; true if a line ended outside a block comment. */
  private trivia(): boolean {
    const { text } = this;
    let newline = false;
    for (;;) {
      let end = this.at;
      let code = text.charCodeAt(end);
      while (code === BLANK || isSpaceCode(code)) {
        if (code !== BLANK && isNewlineCode(code)) {
          newline = true;
          this.lineEndsAt(end, code);
        }
        end += 1;
        code = text.charCodeAt(end);
      }
      this.steps += end - this.at;
      this.at = end;
      if (code !== SLASH) return newline;
      const start = this.at;
      this.comment(start);
      this.comments.push({ start, end: this.at });
    }
  }

  private comment(start: number): void {
    const { text } = this;
    const second = text.charCodeAt(start + 1);
    if (second !== SLASH && second !== STAR) throw new ScanError(start);
    const end = commentEnd(text, start);
    if (second === STAR) this.moveTo(end);
    else {
      this.steps += end - start;
      this.at = end;
    }
  }

  private value(depth: number): Node {
    const start = this.at;
    const code = this.text.charCodeAt(start);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      return this.container(code === OPEN_BRACE ? "{" : "[", depth);
    }
    if (code === DOUBLE || code === SINGLE) {
      if (code === DOUBLE) this.habits.doubleStrings += 1;
      else this.habits.singleStrings += 1;
      this.made = this.quoted(code);
    } else {
      const word = this.word();
      const known = WORDS.get(word);
      const made = known === undefined ? numberOf(word) : known;
      if (made === undefined) throw new ScanError(start);
      this.made = made;
    }
    return { kind: "scalar", start, end: this.at };
  }

  private quoted(quote: number): string {
    const { text, at: start } = this;
    const plain = quote === DOUBLE ? PLAIN_DOUBLE : PLAIN_SINGLE;
    plain.lastIndex = start + 1;
    plain.test(text);
    let end = plain.lastIndex;
    if (text.charCodeAt(end) === quote) {
      this.steps += end + 1 - start;
      this.at = end + 1;
      return text.slice(start + 1, end);
    }
    for (; text.charCodeAt(end) !== quote; end += 1) {
      if (end >= text.length) throw new ScanError(start);
      if (text.charCodeAt(end) === BACKSLASH) end += 1;
    }
    // Only an escape can continue a string on the next line; U+2028 does not end a line.
    this.moveTo(end + 1);
    const said = textOf(text.slice(start, end + 1));
    if (said === undefined) throw new ScanError(start);
    return said;
  }

  private word(): string {
    const { text, at: start } = this;
    WORD.lastIndex = start;
    if (!WORD.test(text)) throw new ScanError(start);
    const end = WORD.lastIndex;
    this.steps += end - start;
    this.at = end;
    return text.slice(start, end);
  }

  private container(open: "{" | "[", depth: number): Container {
    if (depth > MAX_DEPTH) throw new ScanError(this.at, true);
    const { at: start, lineStart } = this;
    const kind = open === "{" ? "object" : "array";
    const close = open === "{" ? CLOSE_BRACE : CLOSE_BRACKET;
    const entries: Entry[] = [];
    const items: Json[] | null = kind === "array" ? [] : null;
    const members: Record<string, Json> = items === null ? {} : NONE;
    this.at += 1;
    const padded = isBlank(this.text[this.at]);
    let newline = this.trivia();
    const openNewline = newline;
    let previous: Entry | null = null;
    while (this.text.charCodeAt(this.at) !== close) {
      if (previous !== null && previous.comma < 0) throw new ScanError(this.at);
      previous = this.entry(kind, depth);
      newline = this.newline;
      entries.push(previous);
      const { key } = previous;
      if (key === null) items?.push(this.made);
      else if (key === "__proto__") define(members, key, this.made);
      else members[key] = this.made;
    }
    this.at += 1;
    this.steps += 2;
    this.noteLayout(kind, lineStart, padded, openNewline, newline, entries);
    this.made = items ?? members;
    return { kind, start, end: this.at, lineStart, entries };
  }

  /** Reads one entry with its comma, setting `made` and `newline`. */
  private entry(kind: "object" | "array", depth: number): Entry {
    const { at: start, lineStart } = this;
    let key: string | null = null;
    let keyEnd = start;
    if (kind === "object") {
      key = this.key();
      keyEnd = this.at;
      this.trivia();
      if (this.text.charCodeAt(this.at) !== COLON) throw new ScanError(this.at);
      this.at += 1;
      this.steps += 1;
      if (isBlank(this.text[this.at])) this.habits.spacedColons += 1;
      else this.habits.tightColons += 1;
      this.trivia();
    }
    const value = this.value(depth + 1);
    this.newline = this.trivia();
    let comma = -1;
    if (this.text.charCodeAt(this.at) === COMMA) {
      comma = this.at;
      this.at += 1;
      this.steps += 1;
      this.newline = this.trivia();
    }
    return { start, lineStart, key, keyEnd, value, comma };
  }

  private key(): string {
    const start = this.at;
    const quote = this.text.charCodeAt(start);
    if (quote !== DOUBLE && quote !== SINGLE) {
      const key = unquotedKey(this.word());
      if (key === undefined) throw new ScanError(start);
      this.habits.bareKeys += 1;
      return key;
    }
    if (quote === DOUBLE) this.habits.doubleKeys += 1;
    else this.habits.singleKeys += 1;
    const key = this.quoted(quote);
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
