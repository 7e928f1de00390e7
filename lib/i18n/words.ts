/** Provides the pages' messages to a terminal. */

import { createFormatter, createTranslator } from "use-intl/core";
import type { Locale } from "@/lib/i18n/locales";
import type messagesInEnglish from "@/messages/en.json";

export type Messages = typeof messagesInEnglish;

export function wordsIn(locale: Locale, messages: Messages) {
  const of = { locale, messages };
  const format = createFormatter({ locale });
  return {
    locale,
    list: (parts: readonly string[]) => format.list(parts),
    usd: (amount: number) =>
      format.number(amount, { style: "currency", currency: "USD", maximumFractionDigits: 3 }),
    /** `2026-09-23` in words. */
    day: (date: string) => format.dateTime(new Date(date), { dateStyle: "long", timeZone: "UTC" }),
    app: createTranslator({ ...of, namespace: "app" }),
    blocked: createTranslator({ ...of, namespace: "blocked" }),
    cli: createTranslator({ ...of, namespace: "cli" }),
    address: createTranslator({ ...of, namespace: "address" }),
    accountCheck: createTranslator({ ...of, namespace: "accountCheck" }),
    device: createTranslator({ ...of, namespace: "device" }),
    exported: createTranslator({ ...of, namespace: "export" }),
    done: createTranslator({ ...of, namespace: "done" }),
    credential: createTranslator({ ...of, namespace: "credential" }),
    found: createTranslator({ ...of, namespace: "found" }),
    gateway: createTranslator({ ...of, namespace: "gateway" }),
    handOver: createTranslator({ ...of, namespace: "handOver" }),
    preflight: createTranslator({ ...of, namespace: "preflight" }),
    choose: createTranslator({ ...of, namespace: "choose" }),
    model: createTranslator({ ...of, namespace: "model" }),
    launch: createTranslator({ ...of, namespace: "launch" }),
    wait: createTranslator({ ...of, namespace: "wait" }),
    paste: createTranslator({ ...of, namespace: "paste" }),
    signIn: createTranslator({ ...of, namespace: "signIn" }),
    doctor: createTranslator({ ...of, namespace: "doctor" }),
    immutable: createTranslator({ ...of, namespace: "immutable" }),
    key: createTranslator({ ...of, namespace: "key" }),
    keyCheck: createTranslator({ ...of, namespace: "keyCheck" }),
    keyQuestion: createTranslator({ ...of, namespace: "keyQuestion" }),
    keyRefusal: createTranslator({ ...of, namespace: "keyRefusal" }),
    olderInUse: createTranslator({ ...of, namespace: "olderInUse" }),
    planRefusal: createTranslator({ ...of, namespace: "planRefusal" }),
    preview: createTranslator({ ...of, namespace: "preview" }),
    rehearsal: createTranslator({ ...of, namespace: "rehearsal" }),
    repair: createTranslator({ ...of, namespace: "repair" }),
    review: createTranslator({ ...of, namespace: "review" }),
    signInProblem: createTranslator({ ...of, namespace: "signInProblem" }),
    terminal: createTranslator({ ...of, namespace: "terminal" }),
    who: createTranslator({ ...of, namespace: "who" }),
    write: createTranslator({ ...of, namespace: "write" }),
  };
}

export type Words = ReturnType<typeof wordsIn>;
