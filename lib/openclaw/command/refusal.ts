/** Finds the provider's refusal in a command's output, and the sentence that states it. */

import { REFUSAL_SIGNS, type RefusalCode } from "@/lib/openclaw/releases/refusals";

export interface Refusal {
  readonly code: RefusalCode;
  /** At most 400 characters, with secrets still in it. */
  readonly sentence: string;
}

/** A specific sign wins over an earlier status: 2026.9.6 names the wrong host only in its log. */
export function refusalIn(texts: readonly string[]): Refusal | null {
  const lines = texts.flatMap((text) => text.split("\n").filter((line) => !BESIDE.test(line)));
  for (const { code, pattern } of REFUSAL_SIGNS) {
    const matching = lines.filter((line) => pattern.test(line));
    if (matching.length === 0) continue;
    const sentences = matching
      .slice(0, MOST_LINES)
      .map(sentenceOf)
      .filter((one) => one !== "");
    const plain = sentences.filter((one) => !FIELDS.test(one));
    // "fetch failed" says less than the sentence around it.
    const telling = plain.find((one) => pattern.test(one) && /\s\S+\s/u.test(one));
    return { code, sentence: telling ?? plain[0] ?? "" };
  }
  return null;
}

/** Other requests: memory asks for embeddings with the same key. */
const BESIDE = /^\[(?:memory|session-sqlite|sqlite\/transaction)[^\]]*\]/u;

/** Fields such as `status=401 elapsedMs=217` and web pages contain no sentence. */
const FIELDS = /\b\w+=\S+ \w+=|<html|<!doctype/iu;

const PLACES = [
  /\brawError=(?<words>.+)$/u,
  /\bmessage=(?<words>.+)$/u,
  /"message":\s*"(?<words>(?:[^"\\]|\\.)+)"/u,
  /\bdetail=(?<words>.+)$/u,
  /\berror="(?<words>[^"]+)"/u,
  /\berror=(?<words>.+?)(?: rawError=|$)/u,
] as const;

const MOST_LINES = 100;
const LONGEST_LINE = 4000;

/** Strips bracketed tags, field names and a leading status. */
export function sentenceOf(whole: string): string {
  const line = whole.slice(0, LONGEST_LINE);
  const found = PLACES.map((place) => place.exec(line)?.groups?.["words"]).find(Boolean);
  const words = (found ?? line)
    .replace(/\\"/gu, '"')
    .replace(/^\d{4}-\d\d-\d\dT\S+\s+/u, "")
    .replace(/^(?:\s*\[[^\]]*\])+\s*/u, "")
    .replace(/^Gateway \w+ blocked: /u, "")
    .replace(/^(?:Reason|Error|FailoverError|Failed[^:]{0,30}):\s*/u, "")
    .replace(/^No text output returned for provider "[^"]*" model "[^"]*":\s*/u, "")
    .replace(/^⚠️\s*/u, "")
    .replace(/^OpenAI API error \(\d{3}\):\s*/u, "")
    .replace(/^\d{3}\s+(?=\S)/u, "")
    .replace(/(?:;|(?<!\s))\s*(?:Retry-After: [\d.]+ seconds\.?|Ret\S*…)$/u, "")
    .replace(/\.\.$/u, ".")
    .trim();
  return words.length <= 400 ? words : `${words.slice(0, 399)}…`;
}
