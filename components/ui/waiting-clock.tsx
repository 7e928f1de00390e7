"use client";

/** Counts the seconds of a wait for the eye alone, and says its start and its end, no more, to those who listen. */

import { useEffect, useState } from "react";

/** Before that nobody wonders. */
const SHOWN_FROM = 2;
/** The page's own voice: it is there before anything is said in it. See the layout. */
export const VOICE = "voice";

interface WaitingClockProps {
  readonly what: string;
  readonly over: string;
  /** Milliseconds when the page was made; null: not counted. The clock is the browser's, which may be another machine's. */
  readonly soFar: number | null;
  /** With `{seconds}` where the number goes. */
  readonly words: string;
}

export function WaitingClock({ what, over, soFar, words }: WaitingClockProps) {
  const [seconds, setSeconds] = useState(Math.floor((soFar ?? 0) / 1000));

  useEffect(() => {
    const began = performance.now() - (soFar ?? 0);
    const count = () => {
      const now = Math.floor((performance.now() - began) / 1000);
      // The way from the server took a moment, by which the count must not go back.
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
