/** What single tokens of a JSON5 text mean; for the rare forms `json5` itself is asked, token by token. */

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

/** The number a word stands for, if it stands for one. */
export function numberOf(word: string): number | undefined {
  if (!DECIMAL.test(word) && !HEXADECIMAL.test(word) && !NAMED.test(word)) return undefined;
  // `Number` knows no sign before hexadecimal digits.
  const first = word[0];
  const size = Number(first === "-" || first === "+" ? word.slice(1) : word);
  return first === "-" ? -size : size;
}

/** What a string with escapes in it says, quotes included; undefined where it is none. */
export function textOf(token: string): string | undefined {
  const said = parsed(token);
  return typeof said === "string" ? said : undefined;
}

/** A key without quotes, whose letters and escapes follow the Unicode tables of `json5`. */
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
