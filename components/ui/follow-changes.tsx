"use client";

/** Submits a form when a choice changes; without scripts its button does. */

import { type ReactNode, useEffect, useRef } from "react";

export function FollowChanges({ children }: Readonly<{ children: ReactNode }>) {
  const region = useRef<HTMLDivElement>(null);
  // The user may have chosen before the scripts ran, so no event was seen.
  useEffect(() => {
    for (const input of region.current?.querySelectorAll("input") ?? []) {
      if (input.checked !== input.defaultChecked) return input.form?.requestSubmit();
    }
  }, []);
  const planned = useRef(new WeakMap<HTMLInputElement, boolean>());
  // A box that was clicked keeps its state; one that a button elsewhere has changed gets the new one.
  useEffect(() => {
    for (const input of region.current?.querySelectorAll("input") ?? []) {
      const before = planned.current.get(input);
      if (before !== undefined && before !== input.defaultChecked) {
        input.checked = input.defaultChecked;
      }
      planned.current.set(input, input.defaultChecked);
    }
  });
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
