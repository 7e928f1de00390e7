/** Light, dark or as the system has it; a form, so that it works before scripts do. */

import { getTranslations } from "next-intl/server";
import { setTheme } from "@/app/actions";
import { PathField } from "@/components/ui/path-field";
import { THEMES, type Theme } from "@/lib/theme";

export async function ThemeSwitch({ current }: Readonly<{ current: Theme }>) {
  const t = await getTranslations("app.theme");
  return (
    <form action={setTheme} aria-label={t("label")} className="flex gap-3 text-sm">
      <PathField name="from" />
      {THEMES.map((theme) => (
        <button
          key={theme}
          name="theme"
          value={theme}
          type="submit"
          aria-pressed={theme === current}
          className="min-h-6 min-w-6 cursor-pointer text-quiet underline-offset-4 hover:underline aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:underline"
        >
          {t(theme)}
        </button>
      ))}
    </form>
  );
}
