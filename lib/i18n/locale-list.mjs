// The languages, in the order they are offered. Read by the page and, on any Node, by the launcher.

/** Each by its BCP 47 tag, which is also the name of its file in messages/. The first is the fallback. */
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
 * The language meant by a tag or a POSIX name (`pt`, `fr-CA`, `zh_CN.UTF-8`), or null. Another region
 * of a language will do, another script will not: `zh-TW` is not answered in simplified characters.
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
    // No tag at all: an empty text, `C`, `*`.
    return null;
  }
}
