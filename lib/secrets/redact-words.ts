/** Takes a secret, and what could fake or break a page, out of text that somebody else wrote. */

const MASK = "••••";
/** Any stretch of a secret this long is hidden; shorter ones occur by chance and give nothing away. */
const WINDOW = 8;

/**
 * The text without any stretch (8 characters or more) of the given secrets, without anything that
 * looks like another API key or token, without control and direction-changing characters, at most
 * `limit` characters long (default 300).
 */
export function redact(text: string, secrets: readonly string[], limit = 300): string {
  // Bounded before the scan: the text may be a page of megabytes.
  let shown = printable(text.slice(0, limit * 4));
  for (const secret of secrets) shown = hideStretches(shown, secret);
  shown = shown
    .replace(/\bsk-[A-Za-z0-9_-]{16,}/g, MASK)
    .replace(/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}/g, MASK);
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}

function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

function hideStretches(text: string, secret: string): string {
  if (secret.length === 0) return text;
  const window = Math.min(WINDOW, secret.length);
  const pieces = new Set<string>();
  for (let at = 0; at + window <= secret.length; at++) pieces.add(secret.slice(at, at + window));
  let out = "";
  let at = 0;
  while (at < text.length) {
    if (!pieces.has(text.slice(at, at + window))) {
      out += text[at++];
      continue;
    }
    let end = at + window;
    // Grow while the window ending one further is also a piece: the whole stretch goes at once.
    while (end < text.length && pieces.has(text.slice(end + 1 - window, end + 1))) end++;
    out += MASK;
    at = end;
  }
  return out;
}
