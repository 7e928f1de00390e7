"use client";

/** Filters the list of models on the page; without scripts the whole list is shown. */

import { type ReactNode, useId, useRef, useState } from "react";

export function ModelSearch({
  label,
  none,
  children,
}: Readonly<{ label: string; none: string; children: ReactNode }>) {
  const list = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(true);
  const id = useId();
  const narrow = (wanted: string) => {
    let any = false;
    for (const row of list.current?.querySelectorAll<HTMLElement>("[data-model]") ?? []) {
      row.hidden = !row.dataset["model"]?.includes(wanted.trim().toLowerCase());
      row.classList.toggle("hidden", row.hidden);
      any ||= !row.hidden;
    }
    setLeft(any);
  };
  return (
    <>
      <label htmlFor={id} className="block text-base">
        {label}
      </label>
      <input
        id={id}
        type="search"
        dir="ltr"
        autoComplete="off"
        onChange={(event) => narrow(event.target.value)}
        className="mt-1 mb-3 block min-h-11 w-full rounded-lg border border-quiet bg-surface px-4"
      />
      <div ref={list}>{children}</div>
      <p role="status">{left ? "" : none}</p>
    </>
  );
}
