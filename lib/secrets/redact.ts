/** Removes secrets from text that another program or service wrote. */

import { stripVTControlCharacters } from "node:util";
import { findSecrets, indexOf } from "@/lib/secrets/cover";
import { spansIn } from "@/lib/secrets/mask";
import type { Span } from "@/lib/secrets/places";
import { TOKENS } from "@/lib/secrets/token-forms";
import { AS_WRITTEN, type Reading, writtenForms } from "@/lib/secrets/written-forms";

const MASK = "••••";
const MASKED_BY_OPENCLAW =
  /\b(sk-(?:[a-z]{1,20}-)?)[\w-]{0,200}?\.\.\.[\w-]{0,200}?([\w-]{4})(?![\w-])/g;
/** Beyond this number, only the plain form of each secret is searched. */
const MOST_SECRETS = 500;
const NONE: readonly string[] = [];

/**
 * Hides secrets of 8 or more characters (12 in hexadecimal), and anything like a token.
 * A key that OpenClaw masked (`sk-proj-...1a2b3c4d`) keeps its last four characters.
 */
export function redact(text: string, secrets: readonly string[] = NONE): string {
  // First, or the end that OpenClaw left of a known key would be hidden as a piece of it.
  const shown = plain(text).replace(MASKED_BY_OPENCLAW, `$1${MASK}$2`);
  const { whole, readings } = prepare(secrets);
  const spans = [
    ...findSecrets(shown, whole),
    ...readings.flatMap(([reading, pieces]) => stretchesIn(shown, reading, pieces)),
    ...spansIn(shown),
    ...wrappedTokens(shown),
  ];
  return hide(
    shown,
    spans.filter(({ start, end }) => shown.slice(start, end).trim() !== MASK),
  );
}

/** Redacts to one line of at most `limit` characters, without control or direction characters. */
export function redactWords(text: string, secrets: readonly string[], limit = 300): string {
  // Limits the scan, since the text may have megabytes.
  const shown = redact(text.slice(0, limit * 4), secrets)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cs}]/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}

const BEFORE_THE_END = 128 * 1024;

/** Keeps the last `limit` characters, because errors come at the end of long output. */
export function redactEnd(text: string, secrets: readonly string[], limit: number): string {
  const end = text.length <= BEFORE_THE_END ? text : text.slice(-BEFORE_THE_END);
  // A truncated token no longer has a recognizable shape.
  const whole = end === text ? text : end.slice(end.search(/\s|$/u));
  const shown = redact(whole, secrets);
  return shown.length <= limit && end === text ? shown : `…${shown.slice(1 - limit)}`;
}

/** Strips terminal codes first, since one inside a secret would hide it. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[^\P{Cc}\n\t]/gu, "");
}

interface Prepared {
  readonly whole: ReturnType<typeof indexOf>;
  /** The pieces of each form, by their length. */
  readonly readings: ReadonlyArray<readonly [Reading, ReadonlyMap<number, ReadonlySet<string>>]>;
}

const prepared = new WeakMap<readonly string[], Prepared>();

/** Kept, because a list of models has thousands of texts and one list of secrets. */
function prepare(secrets: readonly string[]): Prepared {
  const kept = prepared.get(secrets);
  if (kept) return kept;
  const known = secrets.filter((secret) => secret.trim() !== "");
  const isFew = known.length <= MOST_SECRETS;
  const forms = writtenForms(isFew ? known : []);
  const plain = forms.slice(0, 1).map(([reading]) => [reading, known] as const);
  const made = {
    whole: indexOf(secrets.filter((secret) => secret.length >= AS_WRITTEN.window)),
    readings: [...forms, ...(isFew ? [] : plain)].map(
      ([reading, all]) => [reading, piecesOf(reading, all)] as const,
    ),
  };
  prepared.set(secrets, made);
  return made;
}

function piecesOf(reading: Reading, forms: readonly string[]): Map<number, Set<string>> {
  const pieces = new Map<number, Set<string>>();
  for (const form of new Set(forms.map((one) => casedIn(reading, one)))) {
    // The remainder of a short secret would match by chance.
    const size = Math.min(reading.window, form.length);
    if (size < (reading === AS_WRITTEN ? 6 : reading.window)) continue;
    const known = pieces.get(size) ?? new Set();
    for (let at = 0; at + size <= form.length; at += 1) known.add(form.slice(at, at + size));
    pieces.set(size, known);
  }
  return pieces;
}

function casedIn(reading: Reading, text: string): string {
  return reading.ignoresCase ? text.toLowerCase() : text;
}

function stretchesIn(
  text: string,
  reading: Reading,
  pieces: ReadonlyMap<number, ReadonlySet<string>>,
): Span[] {
  if (pieces.size === 0) return [];
  const places: number[] = [];
  let left = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (!reading.counts.test(char)) continue;
    places.push(at);
    left += char;
  }
  const cased = casedIn(reading, left);
  const read = cased.length === left.length ? cased : left;
  const spans: Span[] = [];
  for (const [size, known] of pieces) {
    for (let at = 0; at + size <= read.length; at += 1) {
      if (!known.has(read.slice(at, at + size))) continue;
      const last = places[at + size - 1] ?? 0;
      spans.push({ start: places[at] ?? 0, end: last + 1 });
    }
  }
  return spans;
}

const BLANK = /[\t ]/u;
const BOX = /[\u2500-\u259f|]/u;
const WRAPPED = 59;

/** Finds line breaks in a box or a word; a look-behind expression would take quadratic time. */
function* wraps(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let line = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", line)) {
    const start = boxBefore(text, at);
    if (start < at) yield { start, end: boxAfter(text, at + 1) };
    else if (
      at - line >= WRAPPED &&
      /[\w-]/u.test(text.charAt(at - 1)) &&
      beginsInWord(text, at + 1)
    )
      yield { start: at, end: at + 1 };
    line = at + 1;
  }
}

function boxBefore(text: string, end: number): number {
  const box = skipBack(text, end, BLANK);
  const start = skipBack(text, box, BOX);
  return start === box ? end : skipBack(text, start, BLANK);
}

function skipBack(text: string, end: number, what: RegExp): number {
  let at = end;
  while (at > 0 && what.test(text.charAt(at - 1))) at -= 1;
  return at;
}

function boxAfter(text: string, start: number): number {
  return skip(text, skip(text, skip(text, start, BLANK), BOX), BLANK);
}

function skip(text: string, start: number, what: RegExp): number {
  let at = start;
  while (at < text.length && what.test(text.charAt(at))) at += 1;
  return at;
}

function beginsInWord(text: string, start: number): boolean {
  return /\d/u.test(text.slice(start, skip(text, start, /[\w-]/u)));
}

function wrappedTokens(text: string): Span[] {
  if (!text.includes("\n")) return [];
  const places: number[] = [];
  let joined = "";
  let from = 0;
  const take = (until: number) => {
    for (let at = from; at < until; at += 1) places.push(at);
    joined += text.slice(from, until);
  };
  for (const { start, end } of wraps(text)) {
    take(start);
    from = Math.max(from, end);
  }
  if (from === 0) return [];
  take(text.length);
  return [...joined.matchAll(TOKENS)].map(({ 0: token, index }) => ({
    start: places[index] ?? 0,
    end: (places[index + token.length - 1] ?? 0) + 1,
  }));
}

function hide(text: string, spans: readonly Span[]): string {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let kept = 0;
  for (let index = 0; index < sorted.length; ) {
    const { start } = sorted[index] as Span;
    let end = start;
    for (; index < sorted.length && (sorted[index] as Span).start <= end; index += 1) {
      end = Math.max(end, (sorted[index] as Span).end);
    }
    if (end <= start) {
      index += 1;
      continue;
    }
    const breaks = text.slice(start, end).match(/\n/gu) ?? [];
    parts.push(text.slice(kept, start), MASK, ...breaks.map((one) => `${one}${MASK}`));
    kept = end;
  }
  parts.push(text.slice(kept));
  return parts.join("");
}
