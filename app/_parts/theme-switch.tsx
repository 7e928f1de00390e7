/** Switches between light, dark and system theme, in a form that works without scripts. */

import { getTranslations } from "next-intl/server";
import { setTheme } from "@/app/_parts/actions";
import { MENU_CHOICE, Menu } from "@/components/ui/menu";
import { PathField } from "@/components/ui/path-field";
import { THEMES, type Theme } from "@/lib/theme";

const HALF_DISC = (
  <path d="M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Zm0 0v15m0-12h5.5m-5.5 3h7m-7 3h7m-7 3h5.5" />
);

export async function ThemeSwitch({ current }: Readonly<{ current: Theme }>) {
  const t = await getTranslations("app.theme");
  return (
    <Menu key={current} id="themes" label={t("label")} sign={HALF_DISC}>
      <form action={setTheme} aria-label={t("label")}>
        <PathField name="from" />
        {THEMES.map((theme) => (
          <button
            key={theme}
            name="theme"
            value={theme}
            type="submit"
            aria-pressed={theme === current}
            className={MENU_CHOICE}
          >
            {t(theme)}
          </button>
        ))}
      </form>
    </Menu>
  );
}
