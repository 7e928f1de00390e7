"use client";

/** Shows the seconds of a wait; screen readers hear only its start and end. */

import { useEffect, useState } from "react";

/** Shorter waits show no seconds. */
const SHOWN_FROM = 2;
/** The id of the layout's live region, which must exist before its text changes. */
export const VOICE = "voice";

interface WaitingClockProps {
  readonly what: string;
  readonly over: string;
  /** In milliseconds when the page was made, as the browser's clock may differ; null hides the time. */
  readonly soFar: number | null;
  /** Contains `{seconds}`. */
  readonly words: string;
}

export function WaitingClock({ what, over, soFar, words }: WaitingClockProps) {
  const [seconds, setSeconds] = useState(Math.floor((soFar ?? 0) / 1000));

  useEffect(() => {
    const began = performance.now() - (soFar ?? 0);
    const count = () => {
      const now = Math.floor((performance.now() - began) / 1000);
      // The count must not go back after the answer's transit.
      setSeconds((shown) => Math.max(shown, now));
    };
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [soFar]);

  useEffect(() => {
    const say = (text: string) => {
      const voice = document.getElementById(VOICE);
      if (voice) voice.textContent = text;
    };
    say(what);
    return () => say(over);
  }, [what, over]);

  return (
    <span aria-hidden="true" className="min-w-10 text-end text-quiet tabular-nums">
      {soFar !== null && seconds >= SHOWN_FROM && words.replace("{seconds}", String(seconds))}
    </span>
  );
}
