"use client";

/** Sends a form when a choice in it changes; without scripts its button does. */

import { type ReactNode, useEffect, useRef } from "react";

export function FollowChanges({ children }: Readonly<{ children: ReactNode }>) {
  const region = useRef<HTMLDivElement>(null);
  // A choice may be made before the scripts are there, and nothing has told of it then.
  useEffect(() => {
    for (const input of region.current?.querySelectorAll("input") ?? []) {
      if (input.checked !== input.defaultChecked) return input.form?.requestSubmit();
    }
  }, []);
  return (
    <div
      ref={region}
      onChange={({ target }) => {
        if (target instanceof HTMLInputElement) target.form?.requestSubmit();
      }}
    >
      {children}
    </div>
  );
}
