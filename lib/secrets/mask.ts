/** The one masking function for everything file-like that is shown. */

import { maskSecret } from "@/lib/openai/api-key";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";

const TELLING_NAME = /key|token|secret|passw|credential|auth$/iu;
/** What a stored login calls its tokens; too common a name to tell anything elsewhere. */
const LOGIN_TOKEN = /^(?:access|refresh)$/u;
const TELLING_VALUE =
  /^(?:sk-|xox[abp]-|gh[pousr]_|AIza|eyJ[\w-]{10,}\.|[0-9a-f]{32,}$|\d{8,}:[\w-]{30,}$)/u;
// What follows looks through whole files: every repetition that something must still come after is
// bounded, so that the time grows with the size of the file and not with its square.
/** The same forms anywhere in a text: in comments, in lines switched off, inside an address. */
const LOOSE =
  /\b(?:sk-[\w-]{16,}|xox[a-z]-[\w-]{10,}|gh[pousr]_\w{16,}|github_pat_\w{16,}|AIza[\w-]{20,}|eyJ[\w-]{8,1024}\.[\w.-]{8,}|\d{8,32}:[\w-]{30,})/gu;
/** The password in `scheme://user:password@host`. */
const ADDRESS = /\b([a-z][\w+.-]{0,30}:\/\/[^\s:/@"'`]{0,256}):([^\s/@"'`]{1,1024})@/giu;
/** From the beginning of a comment to the end of its line; in a string it may only look like one. */
const COMMENT = /(?:#|\/\/|\*).*/gu;
/** A commented-out or otherwise unread assignment: `# OPENAI_API_KEY=…`, `// "token": "…"`. */
const ASSIGNED =
  /((?:key|token|secret|passw|credential)[\w.-]{0,64}["']?[\t ]{0,32}[=:][\t ]{0,32})("[^"\r\n]{6,}"|'[^'\r\n]{6,}'|[^\s"'$,;{[][^\s"',;]{5,})/giu;
const SHORTEST = 6;

/** Every secret in the files: by the name it stands under, or by its look. References stay readable. */
export function collectSecrets(
  config: Json,
  dotenv: string,
  more: readonly string[] = [],
): string[] {
  const found = new Set(more);
  const consider = (name: string, value: string) => {
    if (value.length < SHORTEST || /^\$\{[^}]*\}$/u.test(value)) return;
    if (TELLING_NAME.test(name) || TELLING_VALUE.test(value)) found.add(value);
  };
  // The whole path tells: `credentials.value` is as secret as `credentials`.
  const walk = (value: Json, name: string, reference: boolean): void => {
    if (typeof value === "string" && !reference) consider(name, value);
    else if (Array.isArray(value)) for (const entry of value) walk(entry, name, reference);
    else if (value !== null && typeof value === "object") {
      const members = Object.entries(value as Readonly<Record<string, Json>>);
      const isReference = members.some(([key, inner]) => key === "source" && inner === "env");
      const isLogin = members.some(([key, inner]) => key === "type" && inner === "oauth");
      const inside = TELLING_NAME.test(name) && members.every(([key]) => key !== "mode");
      for (const [key, inner] of members) {
        const isToken = isLogin && LOGIN_TOKEN.test(key);
        walk(inner, isToken ? `${key} token` : inside ? `${name}.${key}` : key, isReference);
      }
    }
  };
  walk(config, "", false);
  for (const [name, value] of readDotenv(dotenv)) consider(name, value);
  // A page shows line by line, so each line of a secret is a secret.
  const lines = [...found].flatMap((secret) => secret.split(/\r\n|\r|\n/u));
  return [...new Set([...found, ...lines])].filter((secret) => secret.trim() !== "");
}

/**
 * Replaces each secret, also where JSON escapes are written in it, by its mask; then what only looks
 * like one, since comments and lines switched off hold keys that no reader of values ever finds.
 */
export function maskText(text: string, secrets: readonly string[]): string {
  const masked = coverSecrets(text, secrets);
  return masked
    .replace(LOOSE, (found) => maskSecret(found))
    .replace(ADDRESS, (_, start: string) => `${start}:••••••••@`)
    .replace(COMMENT, (comment) =>
      comment.replace(ASSIGNED, (found, start: string, value: string) =>
        value.includes("••••") ? found : `${start}${maskSecret(value)}`,
      ),
    );
}

/** A letter further into the secrets that begin alike; `mask` where one of them ends. */
interface Branch {
  readonly next: Map<string, Branch>;
  mask: string | null;
}

/**
 * Covers every stretch that is a secret, in one pass, since a config may hold thousands of them.
 * Where two overlap, all that either covers goes.
 */
function coverSecrets(text: string, secrets: readonly string[]): string {
  const root: Branch = { next: new Map(), mask: null };
  for (const secret of secrets) {
    const mask = maskSecret(secret);
    for (const written of new Set([secret, JSON.stringify(secret).slice(1, -1)])) {
      let at = root;
      for (let index = 0; index < written.length; index += 1) {
        const letter = written.charAt(index);
        const next = at.next.get(letter) ?? { next: new Map(), mask: null };
        at.next.set(letter, next);
        at = next;
      }
      if (at !== root) at.mask = mask;
    }
  }
  const parts: string[] = [];
  let kept = 0;
  let from = 0;
  let until = 0;
  let mask = "";
  for (let index = 0; index < text.length; index += 1) {
    const found = longestAt(text, index, root);
    if (found === null) continue;
    if (index < until) {
      if (found.end > until) {
        until = found.end;
        mask = maskSecret(text.slice(from, until));
      }
      continue;
    }
    parts.push(text.slice(kept, from), mask);
    [kept, from, until, mask] = [until, index, found.end, found.mask];
  }
  parts.push(text.slice(kept, from), mask, text.slice(until));
  return parts.join("");
}

function longestAt(
  text: string,
  start: number,
  root: Branch,
): { readonly end: number; readonly mask: string } | null {
  let found: { end: number; mask: string } | null = null;
  let at: Branch | undefined = root;
  for (let index = start; index < text.length; index += 1) {
    at = at.next.get(text.charAt(index));
    if (at === undefined) break;
    if (at.mask !== null) found = { end: index + 1, mask: at.mask };
  }
  return found;
}
