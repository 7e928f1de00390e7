/** A notice in place: an icon, a bold sentence and what to do, never by colour alone. */

import type { ReactNode } from "react";
import { visibleText } from "@/lib/text/visible";

const TONES = {
  good: { sign: "✓", look: "bg-good", edge: "border-s-good" },
  info: { sign: "i", look: "bg-quiet", edge: "border-s-quiet" },
  warn: { sign: "!", look: "bg-warn", edge: "border-s-warn" },
  bad: { sign: "×", look: "bg-bad", edge: "border-s-bad" },
};

export interface NoticeProps {
  readonly tone: keyof typeof TONES;
  readonly title: string;
  readonly id?: string;
  readonly children?: ReactNode;
}

/** Errors are announced at once, everything else politely. */
export function Notice({ tone, title, id, children }: NoticeProps) {
  const { sign, look, edge } = TONES[tone];
  return (
    <div
      id={id}
      role={tone === "bad" ? "alert" : "status"}
      className={`appear notice my-5 flex gap-3 rounded-xl border border-s-4 border-line bg-surface p-4 pe-5 ${edge}`}
    >
      <span
        aria-hidden="true"
        className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full border border-transparent font-mono text-sm leading-none font-bold text-surface ${look}`}
      >
        {sign}
      </span>
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        {children && <div className="mt-1 break-words">{children}</div>}
      </div>
    </div>
  );
}

export function NoticeList({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <div className="notice-list my-5 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
      {children}
    </div>
  );
}

export function Details({ label, text }: Readonly<{ label: string; text: string }>) {
  if (text === "") return null;
  return (
    <details className="mt-2 text-sm">
      <summary>{label}</summary>
      <p dir="auto" className="mt-1 font-mono break-words">
        {visibleText(text)}
      </p>
    </details>
  );
}
