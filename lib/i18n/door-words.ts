/** The server's own messages outside the page: terminal, rejected visitors and the end. */

import type { Locale } from "@/lib/i18n/locales";
import { ended as endedAr, locked as lockedAr, terminal as terminalAr } from "@/messages/ar.json";
import { ended as endedDe, locked as lockedDe, terminal as terminalDe } from "@/messages/de.json";
import { ended as endedEn, locked as lockedEn, terminal as terminalEn } from "@/messages/en.json";
import { ended as endedEs, locked as lockedEs, terminal as terminalEs } from "@/messages/es.json";
import { ended as endedFr, locked as lockedFr, terminal as terminalFr } from "@/messages/fr.json";
import { ended as endedJa, locked as lockedJa, terminal as terminalJa } from "@/messages/ja.json";
import {
  ended as endedPtBr,
  locked as lockedPtBr,
  terminal as terminalPtBr,
} from "@/messages/pt-BR.json";
import {
  ended as endedZhCn,
  locked as lockedZhCn,
  terminal as terminalZhCn,
} from "@/messages/zh-CN.json";

interface DoorWords {
  readonly ended: typeof endedEn;
  readonly locked: typeof lockedEn;
  readonly terminal: typeof terminalEn;
}

export const DOOR_WORDS: Readonly<Record<Locale, DoorWords>> = {
  en: { ended: endedEn, locked: lockedEn, terminal: terminalEn },
  fr: { ended: endedFr, locked: lockedFr, terminal: terminalFr },
  de: { ended: endedDe, locked: lockedDe, terminal: terminalDe },
  es: { ended: endedEs, locked: lockedEs, terminal: terminalEs },
  "pt-BR": { ended: endedPtBr, locked: lockedPtBr, terminal: terminalPtBr },
  ja: { ended: endedJa, locked: lockedJa, terminal: terminalJa },
  "zh-CN": { ended: endedZhCn, locked: lockedZhCn, terminal: terminalZhCn },
  ar: { ended: endedAr, locked: lockedAr, terminal: terminalAr },
};
