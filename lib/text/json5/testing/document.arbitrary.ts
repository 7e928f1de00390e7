/**
 * Random JSON5 documents for the property tests, with the offsets of all they hold: odd whitespace,
 * comments in every place, both quotes, escapes in keys and strings, line continuations, numbers in
 * every form, `__proto__`, `$include`, keys written twice, byte order marks and every line ending.
 */

import type { ConfigPath, Json } from "@/lib/text/json5/types";

/** A source of choices that shrinks well: used up, it only makes the first and plainest choice. */
export class Tape {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}
  /** An integer from 0 to n - 1. */
  below(n: number): number {
    const byte = this.bytes[this.at] ?? 0;
    this.at += 1;
    return byte % n;
  }
  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] as T;
  }
  /** True about once in n times, never when used up. */
  oneIn(n: number): boolean {
    return this.below(n) === n - 1;
  }
}

export interface Placed {
  readonly path: ConfigPath;
  readonly kind: "object" | "array" | "scalar";
  readonly start: number;
  readonly end: number;
  readonly parent: Placed | null;
  /** Offset of the key or the item. */
  readonly entryStart: number;
  /** Filled for containers, in order. */
  readonly children: Placed[];
}
export interface Document {
  readonly text: string;
  /** Every value, the root first. A key written twice gives two values with one path. */
  readonly values: readonly Placed[];
  readonly comments: ReadonlyArray<{ readonly start: number; readonly end: number }>;
}

// biome-ignore format: a list to read, not to scroll
const KEYS = [
  "a", "b", "agents", "models", "env", "$include", "__proto__", "constructor", "x-y",
  "openai/gpt-5.5", "1", "007", "", "é", "//", "/*", "a:b", "it's", 'say "x"', "\u2028", "\\",
  "toString", "null", "\t",
] as const;
// biome-ignore format: a list to read, not to scroll
const NUMBERS = [
  "0", "-0", "+.5", ".5", "5.", "-5.e-3", "1e3", "1E+2", "0x1F", "-0XaB", "+0x0", "Infinity",
  "-Infinity", "+Infinity", "NaN", "-NaN", "12345678901234567890", "1.5", "18789",
] as const;
// biome-ignore format: a list to read, not to scroll
const CHARS = [
  "a", "k", " ", "/", "*", "//", "/*", "*/", "{", "}", "[", "]", ",", ":", "'", '"', "\\", "\n",
  "\r", "\t", "\0", "é", "😀", "\u2028", "\ud83d", "$", "`", "#", "\uFEFF",
] as const;
// biome-ignore format: a list to read, not to scroll
const BLANKS = [
  "", "", "", " ", " ", "  ", "\t", "\u00a0", "\v", "\f", "\u3000", "\uFEFF",
] as const;
const COMMENT_WORDS = [" note ", "", " { ", " }, ", ' "a": 1, ', " ' ", "/", " é", " * "] as const;

/** Print one random document whose root is an object. */
export function printDocument(tape: Tape): Document {
  return new Printer(tape).run();
}

class Printer {
  private text = "";
  private readonly values: Placed[] = [];
  private readonly comments: { start: number; end: number }[] = [];
  private readonly eols: readonly [string, ...string[]];
  private readonly plain: boolean;

  constructor(private readonly tape: Tape) {
    this.eols = tape.pick<readonly [string, ...string[]]>([
      ["\n"],
      ["\r\n"],
      ["\n", "\r\n"],
      ["\r"],
      ["\n", "\r\n", "\r", "\u2028", "\u2029"],
    ]);
    this.plain = tape.below(3) === 0;
  }

  run(): Document {
    if (this.tape.oneIn(5)) this.text += "\uFEFF";
    this.gap();
    this.value([], null, this.text.length, 0, true);
    this.gap();
    return { text: this.text, values: this.values, comments: this.comments };
  }

  /** Whitespace and comments. */
  private gap(): void {
    const { tape } = this;
    const many = this.plain ? tape.below(2) : tape.below(4);
    for (let i = 0; i < many; i += 1) {
      const kind = tape.below(this.plain ? 3 : 6);
      if (kind <= 1) this.text += this.plain ? " " : tape.pick(BLANKS);
      else if (kind <= 3)
        this.text += tape.pick(this.eols) + (this.plain ? "  " : tape.pick(BLANKS));
      else this.comment(kind === 4);
    }
  }

  private comment(block: boolean): void {
    const { tape } = this;
    const start = this.text.length;
    const words = tape.pick(COMMENT_WORDS);
    if (block) {
      const more = tape.oneIn(3) ? `${tape.pick(this.eols)}   ${tape.pick(COMMENT_WORDS)}` : "";
      this.text += `/*${words}${more}*/`;
    } else this.text += `//${words}`;
    this.comments.push({ start, end: this.text.length });
    if (!block) this.text += tape.pick(this.eols);
  }

  private value(
    path: ConfigPath,
    parent: Placed | null,
    entryStart: number,
    depth: number,
    asObject = false,
  ): void {
    const start = this.text.length;
    const room = depth < 7;
    const kind = asObject ? 0 : this.tape.below(room ? 7 : 5);
    const isObject = asObject || kind === 5;
    const isArray = kind === 6;
    const placed = {
      path,
      kind: isObject ? ("object" as const) : isArray ? ("array" as const) : ("scalar" as const),
      start,
      end: start,
      parent,
      entryStart,
      children: [] as Placed[],
    };
    this.values.push(placed);
    parent?.children.push(placed);
    if (isObject || isArray) this.container(placed, depth);
    else if (kind <= 2) this.string();
    else
      this.text += kind === 3 ? this.tape.pick(NUMBERS) : this.tape.pick(["true", "false", "null"]);
    placed.end = this.text.length;
  }

  private container(placed: Placed, depth: number): void {
    const isObject = placed.kind === "object";
    this.text += isObject ? "{" : "[";
    const count = this.tape.below(depth === 0 ? 7 : 5);
    for (let i = 0; i < count; i += 1) {
      this.gap();
      const entryStart = this.text.length;
      if (isObject) {
        const key = this.key();
        this.gap();
        this.text += ":";
        this.gap();
        this.value([...placed.path, key], placed, entryStart, depth + 1);
      } else this.value([...placed.path, i], placed, entryStart, depth + 1);
      this.gap();
      if (i < count - 1 || this.tape.oneIn(3)) this.text += ",";
    }
    this.gap();
    this.text += isObject ? "}" : "]";
  }

  private key(): string {
    const { tape } = this;
    const name = tape.below(3) === 0 ? `k${tape.below(40)}` : tape.pick(KEYS);
    if (/^[\p{L}$_][\p{L}$_\d]*$/u.test(name) && tape.below(2) === 0) {
      const escaped = tape.oneIn(4);
      this.text += escaped ? unicodeEscape(name.charAt(0)) + name.slice(1) : name;
    } else this.quoted(name);
    return name;
  }

  private string(): void {
    const length = this.tape.below(6);
    let content = "";
    for (let i = 0; i < length; i += 1) content += this.tape.pick(CHARS);
    this.quoted(content);
  }

  /** A string literal of the content, with more escapes than it needs. */
  private quoted(content: string): void {
    const { tape } = this;
    const quote = tape.pick(['"', "'"]);
    this.text += quote;
    for (const char of content.split("")) {
      if (!this.plain && tape.oneIn(12)) this.text += `\\${tape.pick(this.eols)}`;
      const must = char === quote || char === "\\" || char < " " || /[\ud800-\udfff]/.test(char);
      if (!must && !tape.oneIn(8)) this.text += char;
      else if (/[xu0-9'"\\bfnrtv\s]/.test(char) || must || tape.below(2) === 0) {
        const hex = char.charCodeAt(0).toString(16).padStart(2, "0");
        this.text += hex.length > 2 || tape.below(2) === 0 ? unicodeEscape(char) : `\\x${hex}`;
      } else this.text += `\\${char}`;
    }
    this.text += quote;
  }
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A random value to write. */
export function randomValue(tape: Tape, depth = 0): Json {
  switch (tape.below(depth < 2 ? 9 : 6)) {
    case 0:
      return "openai/gpt-5.5";
    case 1:
      return tape.pick([0, -0, 1.5, -3, 1e21, Number.NaN, Number.NEGATIVE_INFINITY]);
    case 2:
      return tape.pick([true, false, null]);
    case 3:
    case 4:
    case 5:
      return tape.pick(CHARS) + tape.pick(CHARS) + tape.pick(CHARS);
    case 6:
      return Array.from({ length: tape.below(3) }, () => randomValue(tape, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: tape.below(4) }, () => [
          tape.pick(KEYS),
          randomValue(tape, depth + 1),
        ]),
      );
  }
}

export function randomKey(tape: Tape): string {
  return tape.below(2) === 0 ? `new${tape.below(100)}` : tape.pick(KEYS);
}
