/** The small pages served without Next.js: invalid link, redirecting, program ended. */

import { directionOf } from "@/lib/i18n/locales";
import type { Theme } from "@/lib/theme";

export interface LockedWords {
  readonly title: string;
  readonly what: string;
  readonly next: string;
}

const STYLE = `:root{color-scheme:light dark}[data-theme=light]{color-scheme:light}[data-theme=dark]{color-scheme:dark}body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:34rem;
margin:14vh auto 0;padding:0 1.5rem;background:light-dark(#fbf8f3,#171614);color:light-dark(#22201d,#efebe4)}
.brand{display:flex;align-items:center;gap:.75rem;font-weight:600}.brand svg{width:28px;height:28px}
h1{font-size:1.5rem;line-height:1.25}code{font-family:ui-monospace,monospace}`;

/** Explains how to get in. Its text never comes from the request. */
export function lockedPage(
  locale: string,
  nonce: string,
  words: LockedWords,
  theme: Theme = "system",
): string {
  return page(
    locale,
    nonce,
    words.title,
    `<main><h1>${escapeHtml(words.title)}</h1><p>${escapeHtml(words.what)}</p><p>${escapeHtml(words.next)}</p></main>`,
    "",
    theme,
  );
}

/** Redirects from our own page, because browsers withhold SameSite=Strict cookies on navigation from elsewhere. */
export function onwardPage(locale: string, nonce: string, title: string, to: string): string {
  const target = escapeHtml(to);
  return page(
    locale,
    nonce,
    title,
    `<main><p><a href="${target}">${escapeHtml(title)}</a></p></main>`,
    `<meta http-equiv="refresh" content="0;url=${target}">`,
  );
}

/** Inlined from `public/mark.svg`, because these pages load nothing. */
const BRAND = `<header class="brand" dir="ltr"><svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1b4f86"/><path d="M9 17l5 5 9-12" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg> OpenClaw Setup</header>`;

function page(
  locale: string,
  nonce: string,
  title: string,
  body: string,
  head = "",
  theme: Theme = "system",
): string {
  return `<!doctype html><html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}" data-theme="${theme}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<title>${escapeHtml(titled(title))}</title><style nonce="${nonce}">${STYLE}</style></head><body>${BRAND}${body}</body></html>`;
}

/** As the titles of all other pages end. */
function titled(title: string): string {
  return title.includes("OpenClaw Setup") ? title : `${title} · OpenClaw Setup`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}
