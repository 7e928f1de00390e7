/** Something to know, where it happened: a sign, a bold sentence, what to do; never told by colour alone. */

import type { ReactNode } from "react";

const TONES = {
  good: { sign: "✓", look: "border-good text-good" },
  info: { sign: "i", look: "border-line text-quiet" },
  warn: { sign: "!", look: "border-warn text-warn" },
  bad: { sign: "×", look: "border-bad text-bad" },
};

export interface NoticeProps {
  readonly tone: keyof typeof TONES;
  readonly title: string;
  readonly id?: string;
  readonly children?: ReactNode;
}

/** Errors are announced at once, everything else when the reader is ready. */
export function Notice({ tone, title, id, children }: NoticeProps) {
  const { sign, look } = TONES[tone];
  return (
    <div
      id={id}
      role={tone === "bad" ? "alert" : "status"}
      className={`appear my-5 rounded-lg border-s-4 bg-surface px-5 py-4 ${look}`}
    >
      <p className="font-semibold">
        <span aria-hidden="true" className="me-2 font-mono">
          {sign}
        </span>
        {title}
      </p>
      {children && <div className="mt-1 break-words text-ink">{children}</div>}
    </div>
  );
}

/** The server's own words, folded. */
export function Details({ label, text }: Readonly<{ label: string; text: string }>) {
  if (text === "") return null;
  return (
    <details className="mt-2 text-sm">
      <summary>{label}</summary>
      <p dir="auto" className="mt-1 font-mono break-words">
        {text}
      </p>
    </details>
  );
}
