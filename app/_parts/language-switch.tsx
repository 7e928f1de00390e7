/** Lists the languages by their own names, in a form that works without scripts. */

import { getLocale, getTranslations } from "next-intl/server";
import { setLocale } from "@/app/_parts/actions";
import { MENU_CHOICE, Menu } from "@/components/ui/menu";
import { PathField } from "@/components/ui/path-field";
import { DEFAULT_LOCALE, directionOf, isLocale, LOCALES, OWN_NAMES } from "@/lib/i18n/locales";

const GLOBE = (
  <path d="M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Zm0 0c2 2 3 4.6 3 7.5s-1 5.5-3 7.5c-2-2-3-4.6-3-7.5s1-5.5 3-7.5ZM2.5 10h15" />
);

export async function LanguageSwitch() {
  const [t, locale] = [await getTranslations("app"), await getLocale()];
  const current = isLocale(locale) ? locale : DEFAULT_LOCALE;
  return (
    <Menu
      key={current}
      id="languages"
      label={t("language")}
      sign={GLOBE}
      current={OWN_NAMES[current]}
    >
      <form action={setLocale} aria-label={t("language")}>
        <PathField name="from" />
        {LOCALES.map((choice) => (
          <button
            key={choice}
            name="locale"
            value={choice}
            lang={choice}
            dir={directionOf(choice)}
            type="submit"
            aria-pressed={choice === current}
            className={MENU_CHOICE}
          >
            {OWN_NAMES[choice]}
          </button>
        ))}
      </form>
    </Menu>
  );
}
