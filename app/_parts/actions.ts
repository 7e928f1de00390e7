"use server";

/** The form actions of the header's switches. */

import { cookies } from "next/headers";
import * as z from "zod";
import { action } from "@/app/_server/action";
import { isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { THEME_COOKIE, THEMES } from "@/lib/theme";

const PAGES = [
  "/",
  "/key",
  "/sign-in",
  "/sign-in/device",
  "/sign-in/paste",
  "/model",
  "/backup",
  "/review",
  "/done",
  "/open",
  "/who-answers",
  "/phone",
] as const;

export const setLocale = action(
  z.object({ locale: z.string(), from: z.enum(PAGES) }),
  "/",
  async (_visit, { locale, from }) => {
    if (isLocale(locale)) {
      (await cookies()).set(LOCALE_COOKIE, locale, { httpOnly: true, sameSite: "strict" });
    }
    return from;
  },
);

export const setTheme = action(
  z.object({ theme: z.enum(THEMES), from: z.enum(PAGES) }),
  "/",
  async (_visit, { theme, from }) => {
    (await cookies()).set(THEME_COOKIE, theme, { httpOnly: true, sameSite: "strict" });
    return from;
  },
);
