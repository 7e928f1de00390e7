"use client";

/** A step's primary action and its quiet variant, with a border for forced colours. */

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";

/** Full width on phones, within reach of the thumb. */
const SHAPE =
  "button inline-flex min-h-11 cursor-pointer items-center rounded-lg px-5 py-2 text-start font-semibold no-underline max-sm:w-full max-sm:justify-center max-sm:text-center motion-safe:transition-colors";
const KINDS = {
  primary: "border border-transparent bg-accent text-on-accent hover:bg-accent-deep",
  quiet: "border border-quiet/50 bg-surface text-ink hover:border-quiet",
};

export function Button({
  kind = "primary",
  ...rest
}: Readonly<ComponentProps<"button"> & { kind?: keyof typeof KINDS }>) {
  // Shows at once that the button was pressed; the style waits for 300 ms.
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-busy={pending || undefined}
      {...rest}
      className={`${SHAPE} ${KINDS[kind]}`}
    />
  );
}

export function ButtonLink({
  kind = "primary",
  ...rest
}: Readonly<ComponentProps<"a"> & { kind?: keyof typeof KINDS }>) {
  return <a {...rest} className={`${SHAPE} ${KINDS[kind]}`} />;
}
