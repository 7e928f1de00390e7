/** Prints values as JSON5 in a given style; the default style is plain JSON. */

import { isPlainKey } from "@/lib/text/json5/characters";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray } from "@/lib/text/json5/value";

export type Quote = '"' | "'";

export interface Style {
  readonly eol: string;
  readonly unit: string;
  readonly bareKeys: boolean;
  readonly keyQuote: Quote;
  readonly quote: Quote;
  readonly colon: string;
  /** Whether a multi-line container ends with a comma. */
  readonly trailingComma: boolean;
  /** The blank between entries of a one-line container, and inside its brackets. */
  readonly gap: string;
  readonly objectPad: string;
  readonly arrayPad: string;
}

/** OpenClaw's own format (2026.2.9 to 2026.9.6): JSON with two spaces. */
export const PLAIN_JSON: Style = {
  eol: "\n",
  unit: "  ",
  bareKeys: false,
  keyQuote: '"',
  quote: '"',
  colon: ": ",
  trailingComma: false,
  gap: " ",
  objectPad: " ",
  arrayPad: "",
};

/**
 * @param indent the indentation of the line the value starts on; null writes it on one line
 */
export function printValue(value: Json, style: Style, indent: string | null): string {
  if (typeof value === "string") return printString(value, style.quote);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = indent === null ? null : indent + style.unit;
  const isArray = isJsonArray(value);
  const parts = isArray
    ? value.map((item) => printValue(item, style, inner))
    : Object.entries(value).map(
        ([key, item]) => printKey(key, style) + style.colon + printValue(item, style, inner),
      );
  const [open, close] = isArray ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  if (inner === null) {
    const pad = isArray ? style.arrayPad : style.objectPad;
    return `${open}${pad}${parts.join(`,${style.gap}`)}${pad}${close}`;
  }
  const tail = style.trailingComma ? "," : "";
  const lines = parts.join(`,${style.eol}${inner}`);
  return `${open}${style.eol}${inner}${lines}${tail}${style.eol}${indent}${close}`;
}

export function printKey(key: string, style: Style): string {
  return style.bareKeys && isPlainKey(key) ? key : printString(key, style.keyQuote);
}

export function printString(text: string, quote: Quote): string {
  // U+2028 and U+2029 are valid JSON, but `json5` warns of them.
  const json = JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) =>
    char === "\u2028" ? "\\u2028" : "\\u2029",
  );
  if (quote === '"') return json;
  const body = json.slice(1, -1).replace(/\\[\s\S]|'/g, (part) => {
    if (part === '\\"') return '"';
    return part === "'" ? "\\'" : part;
  });
  return `'${body}'`;
}
