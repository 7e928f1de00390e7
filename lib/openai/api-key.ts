/** Cleans a pasted OpenAI API key, checks its form and masks it. */

import { err, ok, type Result } from "@/lib/result";

export const MAX_KEY_LENGTH = 1024;

/** What was cleaned, or what looks unusual; none of it blocks the user. */
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

export type KeyRefusal =
  | { readonly code: "empty" }
  | { readonly code: "mask" }
  | { readonly code: "admin-key" }
  | { readonly code: "anthropic-key" }
  | { readonly code: "too-long"; readonly length: number; readonly limit: number }
  | { readonly code: "inner-whitespace"; readonly kind: "space" | "tab" | "line-break" | "other" }
  | {
      readonly code: "invalid-character";
      /** Each distinct character, as `U+00E9`, at most five. */
      readonly codePoints: readonly string[];
      readonly position: number;
    };

export interface CleanKey {
  readonly key: string;
  readonly notices: readonly KeyNotice[];
}

// Zero-width and other format characters are never part of a key, and nobody can see them.
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

/** Cleans a pasted key and checks its form. Unknown prefixes pass. Idempotent. */
export function cleanApiKey(pasted: string): Result<CleanKey, KeyRefusal> {
  // Rejects accidental pastes before running any pattern over them.
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

/** The user must confirm these before the key is sent, since it may be another service's secret. */
export type KeyQuestion = Extract<
  KeyNotice,
  { code: "other-vendor" | "session-token" | "email-address" | "short-word" }
>;

export function questionIn(notices: readonly KeyNotice[]): KeyQuestion | null {
  return notices.find((notice): notice is KeyQuestion => QUESTIONS.includes(notice.code)) ?? null;
}

const QUESTIONS: readonly KeyNotice["code"][] = [
  "other-vendor",
  "session-token",
  "email-address",
  "short-word",
];
/** Every known key is longer, while a password may be shorter. */
const SHORTEST_KEY = 16;

function formNotice(key: string): KeyNotice | null {
  const vendor = OTHER_VENDORS.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (vendor) return { code: "other-vendor", vendor };
  // A JWT is a session token, which would expire within days.
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/u.test(key)) return { code: "session-token" };
  if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/iu.test(key)) return { code: "email-address" };
  if (key.length < SHORTEST_KEY) return { code: "short-word" };
  return key.startsWith("sk-") ? null : { code: "unknown-prefix" };
}
