// The languages in the order offered, readable by the page and by any Node version.

/** BCP 47 tags, which also name the files in messages/. The first is the fallback. */
export const LOCALES = /** @type {const} */ ([
  "en",
  "fr",
  "de",
  "es",
  "pt-BR",
  "ja",
  "zh-CN",
  "ar",
]);

/**
 * Accepts a tag or POSIX name (`pt`, `fr-CA`, `zh_CN.UTF-8`) in any region, but not in another script (`zh-TW`).
 * @param {string} text
 * @returns {(typeof LOCALES)[number] | null}
 */
export function localeOf(text) {
  const tag = text.replace(/[.@].*$/, "").replace(/_/g, "-");
  try {
    const asked = new Intl.Locale(tag).maximize();
    return (
      LOCALES.find((locale) => locale.toLowerCase() === tag.toLowerCase()) ||
      LOCALES.find((locale) => {
        const { language, script } = new Intl.Locale(locale).maximize();
        return language === asked.language && script === asked.script;
      }) ||
      null
    );
  } catch {
    // An empty text, `C` or `*`.
    return null;
  }
}
