"use client";

/** Shows a concealed field for a moment; absent without scripts. */

import { useEffect, useState } from "react";

const SHOWN_MS = 10_000;

export interface RevealButtonProps {
  /** The id of a field with the class `concealed`. */
  readonly field: string;
  readonly label: string;
}

export function RevealButton({ field, label }: RevealButtonProps) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    document.getElementById(field)?.classList.toggle("concealed", !isShown);
    if (!isShown) return;
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [field, isShown]);
  return (
    <button
      type="button"
      aria-pressed={isShown}
      aria-controls={field}
      onClick={() => setShown(!isShown)}
      className="min-h-11 cursor-pointer rounded-lg border border-line bg-surface px-4 text-base aria-pressed:border-accent aria-pressed:text-accent [@media(scripting:none)]:hidden"
    >
      {label}
    </button>
  );
}
