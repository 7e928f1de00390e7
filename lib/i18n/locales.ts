/** The page's languages, and how one is chosen. */

import { LOCALES, localeOf } from "@/lib/i18n/locale-list.mjs";

export { LOCALES };
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = LOCALES[0];

/** Each language's own name, since its readers may know no other. */
export const OWN_NAMES: Readonly<Record<Locale, string>> = {
  en: "English",
  fr: "Français",
  de: "Deutsch",
  es: "Español",
  "pt-BR": "Português (Brasil)",
  ja: "日本語",
  "zh-CN": "简体中文",
  ar: "العربية",
};

const RIGHT_TO_LEFT: readonly string[] = ["ar"];
/** Browsers send fewer; the rest of a longer header is ignored. */
const MOST_WANTED = 20;
export const LOCALE_COOKIE = "openclaw-setup-locale";

export function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.includes(locale) ? "rtl" : "ltr";
}

/** Matches an `Accept-Language` header (RFC 9110, section 12.5.4), else the default. */
export function negotiateLocale(header: string | null): Locale {
  const wanted = (header ?? "")
    .split(",", MOST_WANTED)
    .map((part, order) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = parameters.map((p) => /^\s*q=([\d.]+)$/u.exec(p)?.[1]).find(Boolean);
      return { tag, weight: q ? Number(q) : 1, order };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  for (const { tag } of wanted) {
    const locale = localeOf(tag);
    if (locale) return locale;
  }
  return DEFAULT_LOCALE;
}
