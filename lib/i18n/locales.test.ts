/** A language is chosen from what a browser, a terminal or a person says. */

import { expect, test } from "vitest";
import { localeOf } from "@/lib/i18n/locale-list.mjs";
import { DEFAULT_LOCALE, LOCALES, negotiateLocale } from "@/lib/i18n/locales";

test.each(LOCALES)("%s is found by its own tag, in any case, and by its POSIX name", (locale) => {
  expect(localeOf(locale)).toBe(locale);
  expect(localeOf(locale.toUpperCase())).toBe(locale);
  expect(localeOf(`${locale.replace("-", "_")}.UTF-8`)).toBe(locale);
  expect(negotiateLocale(`tlh, ${locale};q=0.5`)).toBe(locale);
});

test.each([
  ["fr-CA", "fr"],
  ["fr_FR@euro", "fr"],
  ["en-GB", "en"],
  ["tlh", null],
  ["zh-TW", null],
  ["C", null],
  ["", null],
  ["*", null],
  ["../fr", null],
])("%s: %s", (text, locale) => expect(localeOf(text)).toBe(locale));

test.each([
  [null, DEFAULT_LOCALE],
  ["", DEFAULT_LOCALE],
  ["*", DEFAULT_LOCALE],
  ["fr-CH, fr;q=0.9, en;q=0.8", "fr"],
  ["en;q=0.4, fr;q=0.9", "fr"],
  ["fr;q=0, en", "en"],
  ["tlh, x_x, fr", "fr"],
  [`${"tlh,".repeat(5000)}fr`, DEFAULT_LOCALE],
])("a browser that asks for %j", (header, locale) => expect(negotiateLocale(header)).toBe(locale));
