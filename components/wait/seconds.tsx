"use client";

/** Counts the seconds of a wait; screen readers do not hear them. */

import { useEffect, useState } from "react";

const SHOWN_FROM = 2;

export interface SecondsProps {
  /** In milliseconds when the page was made, as the browser's clock may differ. */
  readonly soFar: number;
  readonly words: string;
}

export function Seconds({ soFar, words }: SecondsProps) {
  const [seconds, setSeconds] = useState(Math.floor(soFar / 1000));
  useEffect(() => {
    const began = performance.now() - soFar;
    const count = () => {
      const now = Math.floor((performance.now() - began) / 1000);
      // The count must not go back after the answer's transit.
      setSeconds((shown) => Math.max(shown, now));
    };
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [soFar]);
  return (
    <span aria-hidden="true" className="min-w-10 shrink-0 text-end text-quiet tabular-nums">
      {seconds >= SHOWN_FROM && words.replace("{seconds}", String(seconds))}
    </span>
  );
}
