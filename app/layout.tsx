/** The frame of every page: language, appearance, the one voice of waits, the way to end. */

import "./globals.css";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageSwitch } from "@/app/_parts/language-switch";
import { ThemeSwitch } from "@/app/_parts/theme-switch";
import { GivenWords } from "@/app/_parts/words";
import { Lifeline } from "@/components/ui/lifeline";
import { Notice } from "@/components/ui/notice";
import { VOICE } from "@/components/wait/wait-voice";
import { END_PATH } from "@/lib/door/door";
import { directionOf } from "@/lib/i18n/locales";
import { THEME_COOKIE, themeOf } from "@/lib/theme";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  // Each page has its own title.
  return { description: t("description"), icons: { icon: "/mark.svg" } };
}

export default async function Layout({ children }: Readonly<{ children: ReactNode }>) {
  const [t, gone] = [await getTranslations("app"), await getTranslations("broken.gone")];
  // The only messages of client components, since a broken page has no server.
  const { broken, write } = await getMessages();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const locale = await getLocale();
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme={theme}>
      <body>
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:p-3 focus:bg-surface"
        >
          {t("skip")}
        </a>
        <header className="mx-auto flex max-w-5xl flex-wrap items-center gap-2 px-5 py-3">
          <p className="flex grow basis-[min-content] items-center gap-3 font-semibold">
            {/* biome-ignore lint/performance/noImgElement: a small drawing of our own, nothing to make smaller */}
            <img src="/mark.svg" alt="" width={28} height={28} className="max-w-none shrink-0" />
            {t("name")}
          </p>
          <div className="ms-auto -me-2 flex items-center">
            <ThemeSwitch current={theme} />
            <LanguageSwitch />
          </div>
        </header>
        <main id="content" className="mx-auto max-w-5xl px-5 pb-24">
          <Lifeline>
            <Notice tone="bad" title={gone("title")}>
              <p>{gone("next")}</p>
            </Notice>
          </Lifeline>
          <GivenWords words={flat({ broken, write })}>{children}</GivenWords>
        </main>
        <p id={VOICE} aria-live="polite" className="sr-only" />
        <footer className="mx-auto max-w-5xl px-5 pb-5">
          <form method="post" action={END_PATH} className="border-t border-line pt-5">
            <button
              type="submit"
              className="min-h-6 cursor-pointer text-sm text-quiet underline-offset-4 hover:underline"
            >
              {t("end")}
            </button>
          </form>
        </footer>
      </body>
    </html>
  );
}

function flat(messages: object, before = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([key, value]: [string, unknown]) => {
      if (typeof value === "string") return [[`${before}${key}`, value]];
      return value instanceof Object ? Object.entries(flat(value, `${before}${key}.`)) : [];
    }),
  );
}
