/** Takes secrets out of what a program wrote, line by line, so that it may be shown or kept. */

import { stripVTControlCharacters } from "node:util";

const MASK = "••••";

/**
 * The text without the given secrets (plain, URL-encoded, or as JSON writes them), without anything
 * else that looks like a key or token, without terminal codes. Lines stay lines. Of a key that OpenClaw
 * masked itself (`sk-proj-...1a2b3c4d`) the last four characters stay.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let shown = plain(text);
  for (const form of formsOf(secrets)) shown = shown.replaceAll(form, MASK);
  return shown
    .replace(/\b(sk-(?:[a-z]+-)?)[\w-]*?\.\.\.[\w-]*?([\w-]{4})(?![\w-])/g, `$1${MASK}$2`)
    .replace(/\bsk-[A-Za-z0-9_-]{16,}/g, MASK)
    .replace(/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}/g, MASK)
    .replace(/\brt_[A-Za-z0-9._-]{8,}/g, MASK)
    .replace(/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${MASK}`);
}

/** Longest first, so that no part of one is left by another. Shorter ones occur by chance. */
function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return [...new Set(forms)].filter((form) => form.length >= 8).sort((a, b) => b.length - a.length);
}

function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cf}\p{Co}]/gu, "")
    .replace(/[^\P{Cc}\n\t]/gu, "");
}
