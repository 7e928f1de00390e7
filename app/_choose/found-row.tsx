/** Shows one finding: an icon for its state, its name, and details below. */

import type { ReactNode } from "react";

const SIGNS = {
  good: { sign: "✓", look: "text-good" },
  none: { sign: "·", look: "text-quiet" },
  warn: { sign: "!", look: "text-warn" },
  bad: { sign: "×", look: "text-bad" },
};

export interface FoundRowProps {
  readonly tone: keyof typeof SIGNS;
  readonly about?: string | null;
  readonly children: ReactNode;
}

export function FoundRow({ tone, about = null, children }: FoundRowProps) {
  const { sign, look } = SIGNS[tone];
  const weight = tone === "warn" || tone === "bad" ? `font-semibold ${look}` : "";
  return (
    <li className="flex gap-3">
      <span aria-hidden="true" className={`w-4 shrink-0 text-center font-bold ${look}`}>
        {sign}
      </span>
      <div className={`min-w-0 wrap-anywhere ${weight}`}>
        {children}
        {about !== null && <p className="font-normal text-quiet">{about}</p>}
      </div>
    </li>
  );
}
