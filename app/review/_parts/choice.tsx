/** A radio button with a name and an explanation. */

import type { ReactNode } from "react";

export interface ChoiceProps {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly value: string;
  readonly chosen: boolean;
  readonly disabled?: boolean;
  readonly title: string;
  readonly about: string;
  readonly children?: ReactNode;
}

export function Choice({
  type,
  name,
  value,
  chosen,
  disabled = false,
  title,
  about,
  children,
}: ChoiceProps) {
  return (
    <label className="mt-2 flex gap-3">
      <input
        type={type}
        name={name}
        value={value}
        defaultChecked={chosen}
        disabled={disabled}
        className="mt-1.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0 wrap-anywhere">
        {title}
        <span className="block text-base text-quiet">{about}</span>
        {children}
      </span>
    </label>
  );
}
