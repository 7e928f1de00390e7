/** Decodes single JSON5 tokens, and asks `json5` about rare forms. */

import JSON5 from "json5";
import { isPlainKey } from "@/lib/text/json5/characters";
import type { Json } from "@/lib/text/json5/types";

export const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const DECIMAL = /^[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const HEXADECIMAL = /^[+-]?0[xX][0-9a-fA-F]+$/;
const NAMED = /^[+-]?(?:Infinity|NaN)$/;

export function numberOf(word: string): number | undefined {
  if (!DECIMAL.test(word) && !HEXADECIMAL.test(word) && !NAMED.test(word)) return undefined;
  // `Number` rejects a sign before hexadecimal digits.
  const first = word[0];
  const size = Number(first === "-" || first === "+" ? word.slice(1) : word);
  return first === "-" ? -size : size;
}

/** Undefined for an invalid string; `token` includes its quotes. */
export function textOf(token: string): string | undefined {
  const said = parsed(token);
  return typeof said === "string" ? said : undefined;
}

/** Letters and escapes follow the Unicode tables of `json5`. */
export function unquotedKey(word: string): string | undefined {
  if (isPlainKey(word)) return word;
  const object = parsed(`{${word}:0}`);
  return object === undefined ? undefined : Object.keys(object as object)[0];
}

function parsed(token: string): Json | undefined {
  try {
    return JSON5.parse<Json>(token);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
