/**
 * Bytes of a config file to its text and meaning, as OpenClaw reads it: strict JSON or JSON5, which are
 * the same where both apply. The reader is our own, ten times as fast; what is wrong with a text it does
 * not take, `json5` says, and `isReadAs` asks `json5` about what is going to be written. Unlike OpenClaw, which replaces bytes that are
 * not UTF-8, it refuses them, since an edited copy could not give them back.
 */

import JSON5 from "json5";
import { err, ok, type Result } from "@/lib/result";
import { isNewline } from "@/lib/text/json5/characters";
import { scanConfig } from "@/lib/text/json5/scan";
import { type Scan, ScanError } from "@/lib/text/json5/tree";
import type { ConfigParseError, Json } from "@/lib/text/json5/types";
import { decodeUtf8 } from "@/lib/text/json5/utf8";
import { isJsonObject, sameJson } from "@/lib/text/json5/value";
import { isUnfilledAt } from "@/lib/text/unfilled";

export interface ParsedConfig {
  /** The exact text; encoding it as UTF-8 gives the bytes back, a byte order mark included. */
  readonly text: string;
  readonly value: Json;
  readonly bom: boolean;
}

const BOM = "\uFEFF";

/**
 * Parse the bytes of the main config file. An empty file or one of blanks and comments only is a
 * syntax error, as it is for OpenClaw 2026.2.9 and 2026.9.6 ("invalid end of input"); `begunConfig`
 * tells it from others.
 */
export function parseConfig(bytes: Uint8Array): Result<ParsedConfig, ConfigParseError> {
  const parsed = parseDocument(bytes);
  if (!parsed.ok || isJsonObject(parsed.value.value)) return parsed;
  const { text, value } = parsed.value;
  const read = readJson5(text);
  return err({
    code: "not-an-object",
    ...positionAt(text, read.ok ? read.value.root.start : 0),
    detail: Array.isArray(value) ? "array" : typeof value,
  });
}

/**
 * A text of nothing but blanks and comments with an empty object behind them, to be filled; null for any other.
 * It says as little as no file at all, and its comments stay.
 */
export function begunConfig(text: string): string | null {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const isOpen = text.trim() !== "" && !/[\r\n]$/u.test(text);
  const bom = text.startsWith(BOM) ? BOM : "";
  const start = text.trim() === "" ? bom : `${text}${isOpen ? newline : ""}`;
  const begun = `${start}{}${newline}`;
  const read = readJson5(begun);
  return read.ok && read.value.root.start >= start.length ? begun : null;
}

/** The same for a file that may hold any value, such as an included one. */
export function parseDocument(bytes: Uint8Array): Result<ParsedConfig, ConfigParseError> {
  const text = decodeUtf8(bytes);
  if (!text.ok) {
    const { lossyText, offset, detail } = text.error;
    return err({ code: "not-utf8", ...positionAt(lossyText, offset), detail });
  }
  const read = readJson5(text.value);
  if (!read.ok) return read;
  return ok({ text: text.value, value: read.value.value, bom: text.value.startsWith(BOM) });
}

interface Reading {
  readonly ours: Result<Scan, ConfigParseError>;
  /** What `json5` makes of it, undefined for nothing; made when first asked for. */
  theirs: { readonly value: Json | undefined } | null;
}

/** A write reads the same two texts again and again: before and after, for plan, proof and page. */
const REMEMBERED = 2;
const remembered = new Map<string, Reading>();

/** What was just read is not read again; nobody changes a value or a map. */
function reading(text: string): Reading {
  const found = remembered.get(text) ?? { ours: readAnew(text), theirs: null };
  // The one that was not asked for the longest stands first, and goes first.
  remembered.delete(text);
  remembered.set(text, found);
  for (const [oldest] of remembered) {
    if (remembered.size <= REMEMBERED) break;
    remembered.delete(oldest);
  }
  return found;
}

/** Read and map a text. */
export function readJson5(text: string): Result<Scan, ConfigParseError> {
  return reading(text).ours;
}

function readAnew(text: string): Result<Scan, ConfigParseError> {
  try {
    return ok(scanConfig(text));
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    const code = error.tooDeep ? "too-deep" : "syntax";
    const own = { code, ...positionAt(text, error.offset), detail: error.message } as const;
    return err(reasonAgainst(text) ?? own);
  }
}

/** Why `json5` does not take a text; null where it does. */
function reasonAgainst(text: string): ConfigParseError | null {
  try {
    JSON5.parse(text);
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = error as SyntaxError & { lineNumber?: number; columnNumber?: number };
    const offset = offsetOf(text, place.lineNumber ?? 1, place.columnNumber ?? 1);
    const code =
      text[offset] === "`"
        ? "template-literal"
        : isUnfilledAt(text, offset)
          ? "placeholder"
          : "syntax";
    return { code, ...positionAt(text, offset), detail: error.message };
  }
}

/**
 * Whether the parsers that OpenClaw uses read a text as this value, in this order of keys. `json5` is
 * slow and asked only where the text is no strict JSON that says the same. (Node 24.21 now and then
 * reads the key "\t" as "\\", so no other answer of `JSON.parse` counts.)
 */
export function isReadAs(text: string, value: Json): boolean {
  const strict = attempt(() => JSON.parse(text) as Json);
  if (strict !== undefined && sameJson(strict, value, true)) return true;
  const read = reading(text);
  read.theirs ??= { value: attempt(() => JSON5.parse<Json>(text)) };
  const { value: theirs } = read.theirs;
  return theirs !== undefined && sameJson(theirs, value, true);
}

function attempt(parse: () => Json): Json | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Offset of json5's position: it ends lines at LF only, and reports a stray LF as column 0. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i += 1) start = text.indexOf("\n", start) + 1;
  return Math.max(0, start + column - 1);
}

/** 1-based line and column of an offset; lines end as editors see it, at LF, CRLF or CR. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = text.startsWith(BOM) ? 1 : 0;
  for (let i = 0; i < offset; i += 1) {
    const char = text[i];
    if (!isNewline(char) || (char as string) > "\r") continue;
    if (char === "\r" && text[i + 1] === "\n") continue;
    line += 1;
    start = i + 1;
  }
  return { line, column: Math.max(1, offset - start + 1) };
}
