/** A button with a short list of choices, using the browser's script-free popover. */

import type { ReactNode } from "react";

export interface MenuProps {
  /** Changes with the page, which closes the menu. */
  readonly id: string;
  readonly label: string;
  readonly sign: ReactNode;
  readonly current?: string;
  readonly children: ReactNode;
}

export function Menu({ id, label, sign, current, children }: MenuProps) {
  return (
    <div>
      <button
        type="button"
        popoverTarget={id}
        className="inline-flex min-h-9 min-w-9 cursor-pointer items-center justify-center gap-2 rounded-lg border border-transparent px-2 text-sm text-quiet hover:border-line hover:text-ink"
      >
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 fill-none stroke-current">
          {sign}
        </svg>
        <span className="sr-only">{label}</span>
        {current && <span> {current}</span>}
      </button>
      <div id={id} popover="auto" className="menu">
        {children}
      </div>
    </div>
  );
}

export const MENU_CHOICE =
  "menu-choice flex min-h-10 w-full cursor-pointer items-center gap-2 rounded-md px-3 text-start hover:bg-paper aria-pressed:font-semibold";
