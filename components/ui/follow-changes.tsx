"use client";

/** Sends a form when a choice in it changes; without scripts its button does. */

import type { ReactNode } from "react";

export function FollowChanges({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <div
      onChange={({ target }) => {
        if (target instanceof HTMLInputElement) target.form?.requestSubmit();
      }}
    >
      {children}
    </div>
  );
}
