/** Folds to one line what stands behind the answer. */

import type { ReactNode } from "react";

export function Folded({
  isFolded,
  summary,
  children,
}: Readonly<{ isFolded: boolean; summary: string; children: ReactNode }>) {
  if (!isFolded) return children;
  return (
    <details className="my-8">
      <summary className="py-2 font-semibold">{summary}</summary>
      {children}
    </details>
  );
}
