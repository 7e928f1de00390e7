"use client";

/** Tells screen readers the start and the end of a wait. */

import { useEffect } from "react";

/** The id of the layout's live region, which must exist before its text changes. */
export const VOICE = "voice";

export function WaitVoice({ what, over }: Readonly<{ what: string; over: string }>) {
  useEffect(() => {
    const say = (text: string) => {
      const voice = document.getElementById(VOICE);
      if (voice) voice.textContent = text;
    };
    say(what);
    return () => say(over);
  }, [what, over]);
  return null;
}
