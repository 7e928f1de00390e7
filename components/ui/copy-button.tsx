"use client";

/** Copies a text that the page shows. */

import { useState } from "react";

export function CopyButton({
  text,
  label,
  copied,
}: Readonly<{ text: string; label: string; copied: string }>) {
  const [done, setDone] = useState(false);
  return (
    <button
      type="button"
      className="min-h-8 cursor-pointer rounded-md border border-line bg-surface px-3 text-sm"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
    >
      <span aria-live="polite">{done ? copied : label}</span>
    </button>
  );
}
