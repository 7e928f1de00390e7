/** Classifies characters of JSON5 text and finds the ends of comments and lines. */

import { ScanError } from "@/lib/text/json5/tree";

export const LF = 10;
export const CR = 13;
const LS = 0x2028;
const PS = 0x2029;
export const SLASH = 47;
export const DOUBLE = 34;
export const SINGLE = 39;
export const BACKSLASH = 92;

export function isNewlineCode(code: number): boolean {
  return code === LF || code === CR || code === LS || code === PS;
}

export function isSpaceCode(code: number): boolean {
  if (code < 0xa0) return code === 32 || (code >= 9 && code <= 13);
  return OTHER_SPACES.has(code) || (code >= 0x2000 && code <= 0x200a);
}
const OTHER_SPACES = new Set([0xa0, 0x1680, LS, PS, 0x202f, 0x205f, 0x3000, 0xfeff]);

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
/** ASCII only, so that every parser agrees. */
export function isPlainKey(key: string): boolean {
  return PLAIN_KEY.test(key);
}

export function isNewline(char: string | undefined): boolean {
  return char !== undefined && isNewlineCode(char.charCodeAt(0));
}

export function isBlank(char: string | undefined): boolean {
  if (char === undefined) return false;
  const code = char.charCodeAt(0);
  return isSpaceCode(code) && !isNewlineCode(code);
}

export function indentAt(text: string, lineStart: number): string {
  let end = lineStart;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return text.slice(lineStart, end);
}

/** Returns the offset after the comment; a line comment ends before its line ending. */
export function commentEnd(text: string, start: number): number {
  if (text[start + 1] === "*") {
    const close = text.indexOf("*/", start + 2);
    if (close < 0) throw new ScanError(start);
    return close + 2;
  }
  LINE_END.lastIndex = start + 2;
  return LINE_END.test(text) ? LINE_END.lastIndex - 1 : text.length;
}
const LINE_END = /[\n\r\u2028\u2029]/g;
