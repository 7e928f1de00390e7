/**
 * Parses config bytes as OpenClaw does, but refuses invalid UTF-8, which an edit would lose.
 * Our parser is ten times faster than `json5`, which explains errors and checks new text.
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
  /** Encoding it as UTF-8 restores the bytes, including a byte order mark. */
  readonly text: string;
  readonly value: Json;
  readonly bom: boolean;
}

const BOM = "\uFEFF";

/** Rejects empty text like OpenClaw 2026.2.9 and 2026.9.6; `begunConfig` recognizes that case. */
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

/** Adds an empty object to text of only blanks and comments; null for other text. */
export function begunConfig(text: string): string | null {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const isOpen = text.trim() !== "" && !/[\r\n]$/u.test(text);
  const bom = text.startsWith(BOM) ? BOM : "";
  const start = text.trim() === "" ? bom : `${text}${isOpen ? newline : ""}`;
  const begun = `${start}{}${newline}`;
  const read = readJson5(begun);
  return read.ok && read.value.root.start >= start.length ? begun : null;
}

/** Fails with the line and column of the first error. */
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
  /** The result of `json5`, computed on demand; its value is undefined after an error. */
  theirs: { readonly value: Json | undefined } | null;
}

/** A write parses the same two texts, before and after, several times. */
const REMEMBERED = 2;
const remembered = new Map<string, Reading>();

function reading(text: string): Reading {
  const found = remembered.get(text) ?? { ours: readAnew(text), theirs: null };
  // The least recently used text comes first and is evicted first.
  remembered.delete(text);
  remembered.set(text, found);
  for (const [oldest] of remembered) {
    if (remembered.size <= REMEMBERED) break;
    remembered.delete(oldest);
  }
  return found;
}

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

/** The error from `json5`, or null if it accepts the text. */
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
 * Whether OpenClaw's parsers read the text as this value in this key order.
 * `json5` runs only if strict JSON disagrees: Node 24.21 sometimes reads the key "\t" as "\\".
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

/** `json5` ends lines at LF only and reports a stray LF as column 0. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i += 1) start = text.indexOf("\n", start) + 1;
  return Math.max(0, start + column - 1);
}

/** 1-based; lines end at LF, CRLF or CR, as in editors. */
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
