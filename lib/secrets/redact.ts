/** The one redactor: takes secrets out of text that another program or service wrote. */

import { stripVTControlCharacters } from "node:util";
import { findSecrets, indexOf } from "@/lib/secrets/cover";
import { spansIn } from "@/lib/secrets/mask";
import type { Span } from "@/lib/secrets/places";
import { TOKENS } from "@/lib/secrets/token-forms";
import { AS_WRITTEN, type Reading, writtenForms } from "@/lib/secrets/written-forms";

const MASK = "••••";
/** Beyond this many secrets only their plain stretches are looked for. */
const MOST_SECRETS = 500;

/**
 * The text without any stretch of the given secrets (8 characters or more; in hexadecimal 12), whether
 * plain, spaced out, wrapped over lines or a box, reversed, or in base64, base64url, hexadecimal and
 * escapes; without anything else that looks like a key or token; without terminal codes. Lines stay lines.
 * Of a key that OpenClaw masked itself (`sk-proj-...1a2b3c4d`) the last four characters stay.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const shown = plain(text);
  const whole = indexOf(secrets.filter((secret) => secret.length >= AS_WRITTEN.window));
  const spans = [
    ...findSecrets(shown, whole),
    ...stretches(shown, secrets),
    ...spansIn(shown),
    ...wrappedTokens(shown),
  ];
  return hide(
    shown,
    spans.filter(({ start, end }) => shown.slice(start, end).trim() !== MASK),
  ).replace(
    /\b(sk-(?:[a-z]{1,20}-)?)[\w-]{0,200}?\.\.\.[\w-]{0,200}?([\w-]{4})(?![\w-])/g,
    `$1${MASK}$2`,
  );
}

/**
 * The same as one line of at most `limit` characters (default 300), for words that go into a sentence:
 * neither control nor direction-changing characters.
 */
export function redactWords(text: string, secrets: readonly string[], limit = 300): string {
  // Bounded before the scan: the text may be a page of megabytes.
  const shown = redact(text.slice(0, limit * 4), secrets)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cs}]/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}

/** So much is looked through for the end of a text. */
const BEFORE_THE_END = 128 * 1024;

/** The last `limit` characters of the same: a program may print megabytes before it says what went wrong. */
export function redactEnd(text: string, secrets: readonly string[], limit: number): string {
  const end = text.length <= BEFORE_THE_END ? text : text.slice(-BEFORE_THE_END);
  // A token that is cut in its middle has no shape any more.
  const whole = end === text ? text : end.slice(end.search(/\s|$/u));
  const shown = redact(whole, secrets);
  return shown.length <= limit && end === text ? shown : `…${shown.slice(1 - limit)}`;
}

/** Terminal codes first: one within a secret would hide it from every search. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/[^\P{Cc}\n\t]/gu, "");
}

function stretches(text: string, secrets: readonly string[]): Span[] {
  const known = secrets.filter((secret) => secret.trim() !== "");
  const forms = known.length > MOST_SECRETS ? writtenForms([]) : writtenForms(known);
  const found = forms.flatMap(([reading, all]) => stretchesIn(text, reading, all));
  if (known.length <= MOST_SECRETS) return found;
  const [[reading] = []] = forms;
  return reading ? stretchesIn(text, reading, known) : found;
}

/** Stretches of the forms in what is left of a text when only some characters count. */
function stretchesIn(text: string, reading: Reading, forms: readonly string[]): Span[] {
  const cased = (one: string) => (reading.ignoresCase ? one.toLowerCase() : one);
  const pieces = new Map<number, Set<string>>();
  for (const form of new Set(forms.map(cased))) {
    // What is left of a short one occurs by chance.
    const size = Math.min(reading.window, form.length);
    if (size < (reading === AS_WRITTEN ? 6 : reading.window)) continue;
    const known = pieces.get(size) ?? new Set();
    for (let at = 0; at + size <= form.length; at += 1) known.add(form.slice(at, at + size));
    pieces.set(size, known);
  }
  if (pieces.size === 0) return [];
  const places: number[] = [];
  let left = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (!reading.counts.test(char)) continue;
    places.push(at);
    left += char;
  }
  const read = cased(left).length === left.length ? cased(left) : left;
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
/** A line that is wrapped in the middle of a word is at least so long. */
const WRAPPED = 59;

/**
 * Where a program wraps its lines: a box with what is beside it, or a line of some length that ends in the middle of
 * a word that has a digit in the next line. Walked, since an expression that looks back costs a line's length at
 * each of its places.
 */
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

/** Whether the line begins with a word that has a digit in it. */
function beginsInWord(text: string, start: number): boolean {
  return /\d/u.test(text.slice(start, skip(text, start, /[\w-]/u)));
}

/** Tokens that nobody told us of, and that go on in the next line. */
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

/** Each span by one mask, and every line break in it kept. */
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
