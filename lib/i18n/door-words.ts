/** What is said outside the page, by the server itself: in the terminal and to those it does not let in. */

import type { Locale } from "@/lib/i18n/locales";
import { locked as lockedEn, terminal as terminalEn } from "@/messages/en.json";
import { locked as lockedFr, terminal as terminalFr } from "@/messages/fr.json";

interface DoorWords {
  readonly locked: typeof lockedEn;
  readonly terminal: typeof terminalEn;
}

export const DOOR_WORDS: Readonly<Record<Locale, DoorWords>> = {
  en: { locked: lockedEn, terminal: terminalEn },
  fr: { locked: lockedFr, terminal: terminalFr },
};
