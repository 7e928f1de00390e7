/** The other languages, each by its own name; a form, so that it works before scripts do. */

import { getLocale, getTranslations } from "next-intl/server";
import { setLocale } from "@/app/actions";
import { PathField } from "@/components/ui/path-field";
import { LOCALES } from "@/lib/i18n/locales";

const OWN_NAMES = { en: "English", fr: "Français" };

export async function LanguageSwitch() {
  const [t, current] = [await getTranslations("app"), await getLocale()];
  return (
    <form action={setLocale} aria-label={t("language")} className="flex gap-3 text-sm">
      <PathField name="from" />
      {LOCALES.map((locale) => (
        <button
          key={locale}
          name="locale"
          value={locale}
          lang={locale}
          type="submit"
          aria-pressed={locale === current}
          className="min-h-6 min-w-6 cursor-pointer text-quiet underline-offset-4 hover:underline aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:underline"
        >
          {OWN_NAMES[locale]}
        </button>
      ))}
    </form>
  );
}
