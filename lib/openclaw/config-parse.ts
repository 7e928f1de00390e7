/**
 * Bytes of a config file to its text and meaning, as OpenClaw reads it: strict JSON first, then JSON5
 * (2026.2.9 reads JSON5 only; the meaning is the same). Unlike OpenClaw, which replaces bytes that are
 * not UTF-8, it refuses them, since an edited copy could not give them back.
 */

import JSON5 from "json5";
import { isNewline } from "@/lib/openclaw/config-chars";
import { scanConfig } from "@/lib/openclaw/config-scan";
import { type Scan, ScanError } from "@/lib/openclaw/config-tree";
import type { ConfigParseError, Json } from "@/lib/openclaw/config-types";
import { isJsonObject } from "@/lib/openclaw/config-value";
import { decodeUtf8 } from "@/lib/openclaw/utf8";
import { err, ok, type Result } from "@/lib/result";

export interface ParsedConfig {
  /** The exact text; encoding it as UTF-8 gives the bytes back, a byte order mark included. */
  readonly text: string;
  readonly value: Json;
  readonly bom: boolean;
}

const BOM = "\uFEFF";

/**
 * Parse the bytes of the main config file. An empty file or one of blanks and comments only is a
 * syntax error, as it is for OpenClaw 2026.2.9 and 2026.9.6 ("invalid end of input").
 */
export function parseConfig(bytes: Uint8Array): Result<ParsedConfig, ConfigParseError> {
  const parsed = parseDocument(bytes);
  if (!parsed.ok || isJsonObject(parsed.value.value)) return parsed;
  const start = scanConfig(parsed.value.text).root.start;
  return err({
    code: "not-an-object",
    ...positionAt(parsed.value.text, start),
    detail: Array.isArray(parsed.value.value) ? "array" : typeof parsed.value.value,
  });
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
  readonly value: Result<Json, ConfigParseError>;
  /** Made when first asked for. */
  map: Result<Scan, ConfigParseError> | null;
}

/** A write reads the same two texts again and again: before and after, for plan, proof and page. */
const REMEMBERED = 2;
const remembered = new Map<string, Reading>();

/** What was just read is not read again; nobody changes a value or a map. */
function reading(text: string): Reading {
  const found = remembered.get(text) ?? { value: parseAnew(text), map: null };
  // The one that was not asked for the longest stands first, and goes first.
  remembered.delete(text);
  remembered.set(text, found);
  for (const [oldest] of remembered) {
    if (remembered.size <= REMEMBERED) break;
    remembered.delete(oldest);
  }
  return found;
}

/** Parse and map a text. The map comes along because it is what finds the depth. */
export function readJson5(text: string): Result<{ value: Json; scan: Scan }, ConfigParseError> {
  const found = reading(text);
  if (!found.value.ok) return found.value;
  found.map ??= mapOf(text);
  return found.map.ok ? ok({ value: found.value.value, scan: found.map.value }) : found.map;
}

function mapOf(text: string): Result<Scan, ConfigParseError> {
  try {
    return ok(scanConfig(text));
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    const code = error.tooDeep ? "too-deep" : "syntax";
    return err({ code, ...positionAt(text, error.offset), detail: error.message });
  }
}

/** The meaning of a text, without its map. */
export function parseText(text: string): Result<Json, ConfigParseError> {
  return reading(text).value;
}

function parseAnew(text: string): Result<Json, ConfigParseError> {
  try {
    const value = JSON.parse(text) as Json;
    // Node 24.21 now and then reads the key "\t" as "\\"; what json5 makes of strict JSON is the same.
    return ok(text.includes("\\") ? JSON5.parse<Json>(text) : value);
  } catch {
    // Not strict JSON: the reason that counts is the JSON5 parser's.
  }
  try {
    return ok(JSON5.parse<Json>(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = error as SyntaxError & { lineNumber?: number; columnNumber?: number };
    const offset = offsetOf(text, place.lineNumber ?? 1, place.columnNumber ?? 1);
    const code = text[offset] === "`" ? "template-literal" : "syntax";
    return err({ code, ...positionAt(text, offset), detail: error.message });
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
