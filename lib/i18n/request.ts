/** Chooses a request's language for next-intl: the page's choice, the launcher's, the browser's. */

import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import {
  directionOf,
  isLocale,
  LOCALE_COOKIE,
  type Locale,
  negotiateLocale,
} from "@/lib/i18n/locales";

export default getRequestConfig(async () => {
  const locale = await requestLocale();
  return {
    locale,
    messages: await messagesOf(locale),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
});

async function requestLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (isLocale(chosen)) return chosen;
  const requestHeaders = await headers();
  // Set by the server from `--locale`; the door removes a visitor's own header.
  const launched = requestHeaders.get("x-setup-locale");
  return isLocale(launched) ? launched : negotiateLocale(requestHeaders.get("accept-language"));
}

type Messages = typeof import("@/messages/en.json");
const isolated = new Map<Locale, Messages>();

async function messagesOf(locale: Locale): Promise<Messages> {
  const messages: Messages = (await import(`../../messages/${locale}.json`)).default;
  if (directionOf(locale) === "ltr") return messages;
  const known = isolated.get(locale);
  if (known) return known;
  // Loaded only for right-to-left languages.
  const { isolateAll } = await import("@/lib/i18n/isolate");
  const made = isolateAll(messages);
  isolated.set(locale, made);
  return made;
}
