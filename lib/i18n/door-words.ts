/** What is said outside the page, by the server itself: in the terminal and to those it does not let in. */

import type { Locale } from "@/lib/i18n/locales";
import { locked as lockedAr, terminal as terminalAr } from "@/messages/ar.json";
import { locked as lockedDe, terminal as terminalDe } from "@/messages/de.json";
import { locked as lockedEn, terminal as terminalEn } from "@/messages/en.json";
import { locked as lockedEs, terminal as terminalEs } from "@/messages/es.json";
import { locked as lockedFr, terminal as terminalFr } from "@/messages/fr.json";
import { locked as lockedJa, terminal as terminalJa } from "@/messages/ja.json";
import { locked as lockedPtBr, terminal as terminalPtBr } from "@/messages/pt-BR.json";
import { locked as lockedZhCn, terminal as terminalZhCn } from "@/messages/zh-CN.json";

interface DoorWords {
  readonly locked: typeof lockedEn;
  readonly terminal: typeof terminalEn;
}

export const DOOR_WORDS: Readonly<Record<Locale, DoorWords>> = {
  en: { locked: lockedEn, terminal: terminalEn },
  fr: { locked: lockedFr, terminal: terminalFr },
  de: { locked: lockedDe, terminal: terminalDe },
  es: { locked: lockedEs, terminal: terminalEs },
  "pt-BR": { locked: lockedPtBr, terminal: terminalPtBr },
  ja: { locked: lockedJa, terminal: terminalJa },
  "zh-CN": { locked: lockedZhCn, terminal: terminalZhCn },
  ar: { locked: lockedAr, terminal: terminalAr },
};
