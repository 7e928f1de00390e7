/** An OpenAI API key as people paste it: cleaned, judged by its form alone, and shown masked. */

import { err, ok, type Result } from "@/lib/result";

/** Longest key accepted; the longest ones OpenAI issues are under 200 characters. */
export const MAX_KEY_LENGTH = 1024;

/** What was done to the pasted text, or what looks unusual about the key. None of it stops anybody. */
export type KeyNotice =
  | { readonly code: "assignment-removed" }
  | { readonly code: "bearer-removed" }
  | { readonly code: "quotes-removed" }
  | { readonly code: "invisible-removed" }
  | { readonly code: "punctuation-removed" }
  | { readonly code: "other-vendor"; readonly vendor: string }
  | { readonly code: "session-token" }
  | { readonly code: "email-address" }
  | { readonly code: "short-word" }
  | { readonly code: "unknown-prefix" };

/** Why a pasted text cannot be an OpenAI API key. */
export type KeyRefusal =
  | { readonly code: "empty" }
  | { readonly code: "mask" }
  | { readonly code: "admin-key" }
  | { readonly code: "anthropic-key" }
  | { readonly code: "too-long"; readonly length: number; readonly limit: number }
  | { readonly code: "inner-whitespace"; readonly kind: "space" | "tab" | "line-break" | "other" }
  | {
      readonly code: "invalid-character";
      /** Each different character, as `U+00E9`, at most five. */
      readonly codePoints: readonly string[];
      /** 1-based position of the first one, in the cleaned text. */
      readonly position: number;
    };

export interface CleanKey {
  readonly key: string;
  readonly notices: readonly KeyNotice[];
}

// Zero-width and other format characters: never part of a key, and no eye can find them.
const INVISIBLE = /\p{Cf}|\u034f|\u115f|\u1160|\u3164|\uffa0|\p{Variation_Selector}/gu;
const QUOTE_MARKS = "\"'`“”„‟‘’‚‛«»‹›";
const QUOTED = new RegExp(`^[${QUOTE_MARKS}]+|[${QUOTE_MARKS}]+$`, "gu");
const ASSIGNMENT =
  /^(?:(?:export|set|setx|env|const|let)\s+)?(?:\$env:)?["']?(?:OPENAI_API_KEY|api_?key)["']?(?:\s*[:=]\s*|\s+(?=["'“]))/iu;
const SETX = /^setx\s+OPENAI_API_KEY\s+/iu;
const HEADER = /^(?:-H\s*|--header\s+)?["']?Authorization["']?\s*:\s*/iu;
const BEARER = /^Bearer\s+/iu;
const BEARER_ALONE = /^Bearer$/iu;
const MASKED = /[•●∙·…＊]|\*{3}|\.{3}|__OPENCLAW_REDACTED__|\[redacted\]|<redacted>/iu;

const OTHER_VENDORS: ReadonlyArray<readonly [prefix: string, vendor: string]> = [
  ["sk-or-", "OpenRouter"],
  ["gsk_", "Groq"],
  ["AIza", "Google"],
  ["xai-", "xAI"],
  ["hf_", "Hugging Face"],
  ["pplx-", "Perplexity"],
  ["nvapi-", "NVIDIA"],
  ["r8_", "Replicate"],
  ["ghp_", "GitHub"],
  ["gho_", "GitHub"],
  ["ghs_", "GitHub"],
  ["glpat-", "GitLab"],
  ["AKIA", "Amazon Web Services"],
  ["xoxb-", "Slack"],
  ["xoxp-", "Slack"],
  ["sk_live_", "Stripe"],
  ["sk_test_", "Stripe"],
  ["npm_", "npm"],
  ["github_pat_", "GitHub"],
];

/**
 * Cleans a pasted key and judges its form; prefixes are hints only, so an unknown one passes.
 * Idempotent: cleaning a cleaned key returns it unchanged.
 */
export function cleanApiKey(pasted: string): Result<CleanKey, KeyRefusal> {
  // Anything this long is a wrong clipboard; it is refused before any pattern runs over it.
  if (pasted.length > MAX_KEY_LENGTH * 8) {
    return err({ code: "too-long", length: pasted.length, limit: MAX_KEY_LENGTH });
  }
  const { key, notices } = unwrap(pasted);
  const refusal = refuse(key);
  if (refusal) return err(refusal);
  const form = formNotice(key);
  return ok({ key, notices: form ? [...notices, form] : notices });
}

function unwrap(pasted: string): CleanKey {
  const done = new Set<KeyNotice["code"]>();
  const step = (text: string, code: KeyNotice["code"], next: string): string => {
    if (next !== text) done.add(code);
    return next.trim();
  };
  let key = step(pasted, "invisible-removed", pasted.replace(INVISIBLE, ""));
  for (let before = ""; before !== key; ) {
    before = key;
    key = step(key, "quotes-removed", key.replace(QUOTED, ""));
    key = step(key, "punctuation-removed", key.replace(/[,;]+$/u, ""));
    key = step(key, "assignment-removed", key.replace(SETX, "").replace(ASSIGNMENT, ""));
    key = step(key, "bearer-removed", key.replace(HEADER, "").replace(BEARER, ""));
    key = key.replace(BEARER_ALONE, "");
  }
  const notices = [...done].map((code) => ({ code }) as KeyNotice);
  return { key, notices };
}

function refuse(key: string): KeyRefusal | null {
  if (key === "") return { code: "empty" };
  if (MASKED.test(key)) return { code: "mask" };
  const space = /\s/u.exec(key);
  if (space) {
    const kinds: Record<string, "space" | "tab" | "line-break"> = {
      " ": "space",
      "\t": "tab",
      "\n": "line-break",
      "\r": "line-break",
    };
    return { code: "inner-whitespace", kind: kinds[space[0]] ?? "other" };
  }
  const foreign = [...key.matchAll(/[^\u0021-\u007e]/gu)];
  if (foreign[0]) {
    const codePoints = [...new Set(foreign.map((match) => codePoint(match[0])))].slice(0, 5);
    return { code: "invalid-character", codePoints, position: foreign[0].index + 1 };
  }
  if (/^sk-admin-/iu.test(key)) return { code: "admin-key" };
  if (/^sk-ant-/iu.test(key)) return { code: "anthropic-key" };
  if (key.length > MAX_KEY_LENGTH) {
    return { code: "too-long", length: key.length, limit: MAX_KEY_LENGTH };
  }
  return null;
}

function codePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** What the person is asked about before it is sent to OpenAI: it may be a secret of another service. */
export type KeyQuestion = Extract<
  KeyNotice,
  { code: "other-vendor" | "session-token" | "email-address" | "short-word" }
>;

/** The question that the form of a key raises; null: it may be sent. */
export function questionIn(notices: readonly KeyNotice[]): KeyQuestion | null {
  return notices.find((notice): notice is KeyQuestion => QUESTIONS.includes(notice.code)) ?? null;
}

const QUESTIONS: readonly KeyNotice["code"][] = [
  "other-vendor",
  "session-token",
  "email-address",
  "short-word",
];
/** Shorter than any key that is known of; a password is. */
const SHORTEST_KEY = 16;

function formNotice(key: string): KeyNotice | null {
  const vendor = OTHER_VENDORS.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (vendor) return { code: "other-vendor", vendor };
  // A JWT is what a signed-in session holds; pasted here it would stop working within days.
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/u.test(key)) return { code: "session-token" };
  if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/iu.test(key)) return { code: "email-address" };
  if (key.length < SHORTEST_KEY) return { code: "short-word" };
  return key.startsWith("sk-") ? null : { code: "unknown-prefix" };
}
